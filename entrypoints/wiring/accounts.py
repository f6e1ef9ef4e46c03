"""Signing up, in and out, and who may do what."""

from dependency_injector import providers

from application.users.authenticate import Authenticate
from application.users.change_profile import ChangeProfile
from application.users.change_roles import GrantRole, RevokeRole
from application.users.end_sessions import EndOtherSessions, EndSession
from application.users.erase_account import EraseAccountOf, EraseOwnAccount
from application.users.list_sessions import ListSessions
from application.users.list_staff import ListStaff
from application.users.log_in import LogIn
from application.users.refresh_session import RefreshSession
from application.users.register_user import RegisterUser
from application.users.rotate_keys import RotateKeys
from application.users.see_profile import SeeProfile
from application.users.throttle import Throttle
from entrypoints.wiring.search import SearchUseCases


class AccountsUseCases(SearchUseCases):
    """Signing up, in and out, and who may do what."""

    adapters = SearchUseCases.adapters

    authenticate = providers.Singleton(
        Authenticate, adapters.access_tokens, adapters.accounts, adapters.clock
    )
    throttle = providers.Singleton(
        Throttle, adapters.attempt_counters, adapters.vault, adapters.device_tokens, adapters.clock
    )
    register_user = providers.Singleton(
        RegisterUser,
        unit_of_work=adapters.unit_of_work,
        passwords=adapters.passwords,
        throttle=throttle,
        ids=adapters.ids,
        clock=adapters.clock,
    )
    log_in = providers.Singleton(
        LogIn,
        accounts=adapters.accounts,
        unit_of_work=adapters.unit_of_work,
        passwords=adapters.passwords,
        throttle=throttle,
        tokens=adapters.access_tokens,
        secrets=adapters.secrets,
        ids=adapters.ids,
        clock=adapters.clock,
    )
    refresh_session = providers.Singleton(
        RefreshSession, adapters.unit_of_work, adapters.access_tokens, adapters.secrets, adapters.clock
    )
    end_session = providers.Singleton(EndSession, adapters.unit_of_work, adapters.clock)
    end_other_sessions = providers.Singleton(EndOtherSessions, adapters.unit_of_work, adapters.clock)
    list_sessions = providers.Singleton(ListSessions, adapters.account_views, adapters.clock)
    list_staff = providers.Singleton(ListStaff, adapters.account_views)
    see_profile = providers.Singleton(SeeProfile, adapters.account_views)
    change_profile = providers.Singleton(
        ChangeProfile, adapters.unit_of_work, adapters.passwords, throttle, adapters.clock
    )
    erase_own_account = providers.Singleton(
        EraseOwnAccount, adapters.unit_of_work, adapters.passwords, throttle, adapters.clock
    )
    erase_account_of = providers.Singleton(EraseAccountOf, adapters.unit_of_work, adapters.clock)
    grant_role = providers.Singleton(GrantRole, adapters.unit_of_work, adapters.clock)
    revoke_role = providers.Singleton(RevokeRole, adapters.unit_of_work, adapters.clock)
    rotate_keys = providers.Singleton(RotateKeys, adapters.unit_of_work, adapters.vault)
