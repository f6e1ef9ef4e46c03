"""What clubs wait for together."""

from dependency_injector import providers

from application.club_buys.hold_club_buy import CloseClubBuy, OpenClubBuy
from application.club_buys.join_club_buy import JoinClubBuy
from application.club_buys.see_club_buys import ListClubBuys, SeeClubBuy
from entrypoints.wiring.watches import WatchesUseCases


class ClubBuysUseCases(WatchesUseCases):
    """What clubs wait for together."""

    adapters = WatchesUseCases.adapters

    open_club_buy = providers.Singleton(
        OpenClubBuy, adapters.unit_of_work, adapters.bookstores, adapters.ids, adapters.clock
    )
    close_club_buy = providers.Singleton(CloseClubBuy, adapters.unit_of_work, adapters.clock)
    join_club_buy = providers.Singleton(
        JoinClubBuy, adapters.unit_of_work, adapters.bookstores, adapters.ids, adapters.clock
    )
    see_club_buy = providers.Singleton(
        SeeClubBuy, adapters.club_buy_views, WatchesUseCases.club_prices, adapters.clock
    )
    list_club_buys = providers.Singleton(
        ListClubBuys, adapters.club_buy_views, adapters.club_views, adapters.clock
    )
