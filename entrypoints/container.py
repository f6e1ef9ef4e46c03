"""The only place where ports meet adapters. Tests override a provider; nothing else is patched."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from dependency_injector import containers, providers
from redis.asyncio import Redis

from adapters.mail.smtp import SmtpMailer
from adapters.postgres.database import Database
from adapters.postgres.probe import PostgresProbe
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.queries.offers import PostgresOffers
from adapters.postgres.queries.promotions import PostgresCouponStandings
from adapters.postgres.queries.users import PostgresAccounts, PostgresAccountViews
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.redis.carts import ValkeyCarts
from adapters.redis.client import connect
from adapters.redis.login_throttle import ValkeyAttempts
from adapters.redis.probe import RedisProbe
from adapters.redis.rate_limiter import SharedRateLimiter
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.cart_tokens import SignedCartTokens
from adapters.security.device_tokens import SignedDeviceTokens
from adapters.security.passwords import Argon2Passwords
from adapters.security.random_secrets import RandomSecrets
from adapters.security.vault import EnvelopeVault
from adapters.system.clock import SystemClock
from adapters.system.ids import TimeOrderedIds
from adapters.system.tcp_probe import TcpProbe
from adapters.telemetry.logging import request_id
from adapters.telemetry.metrics import PrometheusMeasurements
from application.books.add_book import AddBook
from application.books.list_books import ListBooks
from application.books.list_categories import ListCategories
from application.books.read_book import ReadBook
from application.books.revise_book import ReviseBook
from application.books.withdraw_book import WithdrawBook
from application.carts.add_to_cart import AddToCart
from application.carts.change_cart import ChangeCart
from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from application.carts.remove_ordered import RemoveOrdered
from application.carts.view_cart import ViewCart
from application.health.check_readiness import CheckReadiness
from application.promotions.create_coupon import CreateCoupon
from application.promotions.see_coupon import SeeCoupon
from application.quotes.make_quote import MakeQuote
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from application.shared.rate_limiter import LimitReader, RateLimiter, UnlimitedRate
from application.users.authenticate import Authenticate
from application.users.change_profile import ChangeProfile
from application.users.change_roles import GrantRole, RevokeRole
from application.users.end_sessions import EndOtherSessions, EndSession
from application.users.list_sessions import ListSessions
from application.users.list_staff import ListStaff
from application.users.log_in import LogIn
from application.users.refresh_session import RefreshSession
from application.users.register_user import RegisterUser
from application.users.rotate_keys import RotateKeys
from application.users.see_profile import SeeProfile
from application.users.throttle import Throttle
from domain.shipping.rates import RateTable
from entrypoints.dependencies import declared_dependencies
from entrypoints.http.books.answers import Answers
from entrypoints.settings import Settings


def _limited(redis: Redis, per_minute: int) -> RateLimiter:
    return SharedRateLimiter(redis, per_minute) if per_minute else UnlimitedRate()


class Adapters(containers.DeclarativeContainer):
    """One of each outside thing a process speaks to."""

    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(TimeOrderedIds)
    database = providers.Singleton(Database, settings.provided.database.url)
    vault = providers.Singleton(
        EnvelopeVault, settings.provided.security.encryption_keys, settings.provided.security.blind_index_key
    )
    unit_of_work = providers.Singleton(PostgresUnitOfWork, database=database, vault=vault)
    accounts = providers.Singleton(PostgresAccounts, database, vault)
    redis = providers.Singleton(connect, settings.provided.redis.url)
    measurements = providers.Singleton(PrometheusMeasurements)
    mailer = providers.Singleton(
        SmtpMailer,
        settings.provided.mail.smtp_host,
        settings.provided.mail.smtp_port,
        settings.provided.mail.sender,
        settings.provided.mail.smtp_username,
        settings.provided.mail.smtp_password,
    )
    request_id = providers.Object(request_id)
    rate_limiter = providers.Singleton(_limited, redis, settings.provided.http.rate_limit_per_minute)
    leaned_on = providers.Singleton(
        declared_dependencies,
        postgres=providers.Singleton(PostgresProbe, database),
        redis=providers.Singleton(RedisProbe, redis),
        temporal=providers.Singleton(TcpProbe, settings.provided.temporal.address),
    )
    access_tokens = providers.Singleton(Ed25519AccessTokens, settings.provided.security.token_signing_key)
    account_views = providers.Singleton(PostgresAccountViews, database, vault)
    passwords = providers.Singleton(Argon2Passwords)
    secrets = providers.Singleton(RandomSecrets)
    device_tokens = providers.Singleton(SignedDeviceTokens, settings.provided.security.cookie_key)
    attempt_counters = providers.Singleton(ValkeyAttempts, redis)
    carts = providers.Singleton(ValkeyCarts, redis)
    cart_tokens = providers.Singleton(SignedCartTokens, settings.provided.security.cookie_key)
    offers = providers.Singleton(PostgresOffers, database)
    catalogue = providers.Singleton(PostgresCatalogue, database)
    coupon_standings = providers.Singleton(PostgresCouponStandings, database)
    carriage_rates = providers.Singleton(RateTable)


class UseCases(containers.DeclarativeContainer):
    """Every use case under the name by which handlers and activities ask for it."""

    adapters = providers.DependenciesContainer()

    list_books = providers.Singleton(ListBooks, adapters.catalogue)
    read_book = providers.Singleton(ReadBook, adapters.catalogue)
    list_categories = providers.Singleton(ListCategories, adapters.catalogue)
    book_answers = providers.Singleton(Answers, adapters.measurements)
    add_book = providers.Singleton(AddBook, adapters.unit_of_work, adapters.ids, adapters.clock)
    revise_book = providers.Singleton(ReviseBook, adapters.unit_of_work, adapters.clock)
    withdraw_book = providers.Singleton(WithdrawBook, adapters.unit_of_work, adapters.clock)
    check_readiness = providers.Singleton(CheckReadiness, adapters.leaned_on, adapters.clock)
    limit_reader = providers.Singleton(LimitReader, adapters.rate_limiter)
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
    grant_role = providers.Singleton(GrantRole, adapters.unit_of_work, adapters.clock)
    revoke_role = providers.Singleton(RevokeRole, adapters.unit_of_work, adapters.clock)
    rotate_keys = providers.Singleton(RotateKeys, adapters.unit_of_work, adapters.vault)
    guest_carts = providers.Singleton(GuestCarts, adapters.cart_tokens, adapters.ids)
    view_cart = providers.Singleton(ViewCart, adapters.carts, adapters.offers)
    add_to_cart = providers.Singleton(AddToCart, adapters.carts, adapters.offers, adapters.clock)
    change_cart = providers.Singleton(ChangeCart, adapters.carts, adapters.offers)
    merge_carts = providers.Singleton(MergeCarts, adapters.carts, adapters.clock, adapters.ids)
    remove_ordered = providers.Singleton(RemoveOrdered, adapters.carts, adapters.clock)
    price_cart = providers.Singleton(
        PriceCart,
        carts=adapters.carts,
        offers=adapters.offers,
        coupon_standings=adapters.coupon_standings,
        carriage_rates=adapters.carriage_rates,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    make_quote = providers.Singleton(MakeQuote, price_cart, adapters.unit_of_work)
    take_quote = providers.Singleton(TakeQuote, adapters.carts, adapters.unit_of_work, adapters.clock)
    create_coupon = providers.Singleton(CreateCoupon, adapters.unit_of_work, adapters.clock)
    see_coupon = providers.Singleton(SeeCoupon, adapters.unit_of_work)


class Container(containers.DeclarativeContainer):
    """The whole shop."""

    settings = providers.Dependency(instance_of=Settings)
    adapters = providers.Container(Adapters, settings=settings)
    use_cases = providers.Container(UseCases, adapters=adapters)


def use_case_providers(container: Container) -> Mapping[str, providers.Provider[Any]]:
    """Each use case's provider by name."""
    found = container.use_cases.providers
    return {name: provider for name, provider in found.items() if name != "adapters"}


@asynccontextmanager
async def opened(container: Container) -> AsyncIterator[Container]:
    """Connections open while the process runs, and are given back when it ends."""
    database: Database = container.adapters.database()
    await database.open()
    try:
        yield container
    finally:
        await container.adapters.redis().aclose()
        await database.close()
