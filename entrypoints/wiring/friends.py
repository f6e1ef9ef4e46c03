"""Who is friends with whom."""

from dependency_injector import providers

from application.friends.answer_request import AcceptFriend, DeclineFriend
from application.friends.ask_reader import AskReader
from application.friends.calling_cards import RenewCallingCard, SeeCallingCard, SignCallingCard
from application.friends.part_ways import BlockReader, EndFriendship, UnblockReader
from application.friends.see_friends import ListAcquaintances, SeeAcquaintance
from entrypoints.wiring.accounts import AccountsUseCases


class FriendsUseCases(AccountsUseCases):
    """Who is friends with whom."""

    adapters = AccountsUseCases.adapters

    list_acquaintances = providers.Singleton(ListAcquaintances, adapters.friend_views)
    see_acquaintance = providers.Singleton(SeeAcquaintance, adapters.friend_views)
    ask_reader = providers.Singleton(AskReader, adapters.unit_of_work, adapters.clock)
    accept_friend = providers.Singleton(AcceptFriend, adapters.unit_of_work, adapters.clock)
    decline_friend = providers.Singleton(DeclineFriend, adapters.unit_of_work, adapters.clock)
    end_friendship = providers.Singleton(EndFriendship, adapters.unit_of_work, adapters.clock)
    block_reader = providers.Singleton(BlockReader, adapters.unit_of_work, adapters.clock)
    unblock_reader = providers.Singleton(UnblockReader, adapters.unit_of_work)
    see_calling_card = providers.Singleton(SeeCallingCard, adapters.unit_of_work, adapters.card_codes)
    sign_calling_card = providers.Singleton(SignCallingCard, adapters.unit_of_work, adapters.card_codes)
    renew_calling_card = providers.Singleton(RenewCallingCard, adapters.unit_of_work, adapters.card_codes)
