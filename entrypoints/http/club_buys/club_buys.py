"""/v1/club-buys: what clubs wait for together."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.club_buys.hold_club_buy import CloseClubBuy, OpenClubBuy
from application.club_buys.join_club_buy import JoinClubBuy
from application.club_buys.see_club_buys import ListClubBuys, SeeClubBuy
from application.club_buys.views import ClubBuyDetail, ClubBuyPage
from domain.shared.ids import ClubBuyId, ClubId
from domain.users.principal import Principal
from entrypoints.http.club_buys.schemas import NewClubBuy, ShareBody
from entrypoints.http.clubs.clubs import Limit, NextOfBefore
from entrypoints.http.watches.beginning import watch_path


class ClubBuys(Controller):
    """For members of the club."""

    path = "/club-buys"
    tags = ("Club buys",)

    @post(description=OpenClubBuy.__doc__)
    async def open(
        self,
        data: JSONBody[NewClubBuy],
        reader: NamedDependency[Principal],
        open_club_buy: NamedDependency[OpenClubBuy],
        see_club_buy: NamedDependency[SeeClubBuy],
    ) -> Response[ClubBuyDetail]:
        """Let us wait for it together (a host)."""
        buy_id = await open_club_buy(reader.user_id, ClubId(data.club_id), data.isbn(), data.latest_date)
        where = {"Location": f"/v1/club-buys/{buy_id}"}
        return Response(await see_club_buy(reader.user_id, buy_id), status_code=201, headers=where)

    @get("/{buy_id:uuid}", description=SeeClubBuy.__doc__)
    async def see(
        self,
        buy_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_club_buy: NamedDependency[SeeClubBuy],
    ) -> ClubBuyDetail:
        """One of them."""
        return await see_club_buy(reader.user_id, ClubBuyId(buy_id))

    @post("/{buy_id:uuid}/shares", description=JoinClubBuy.__doc__)
    async def join(
        self,
        buy_id: FromPath[UUID],
        data: JSONBody[ShareBody],
        reader: NamedDependency[Principal],
        join_club_buy: NamedDependency[JoinClubBuy],
        see_club_buy: NamedDependency[SeeClubBuy],
    ) -> Response[ClubBuyDetail]:
        """I want it, too."""
        watch_id = await join_club_buy(reader.user_id, ClubBuyId(buy_id), data.wish())
        seen = await see_club_buy(reader.user_id, ClubBuyId(buy_id))
        return Response(seen, status_code=201, headers={"Location": watch_path(watch_id)})

    @post("/{buy_id:uuid}/close", status_code=204, description=CloseClubBuy.__doc__)
    async def close(
        self,
        buy_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        close_club_buy: NamedDependency[CloseClubBuy],
    ) -> None:
        """Nobody more (a host)."""
        await close_club_buy(reader.user_id, ClubBuyId(buy_id))


@get("/clubs/{club_id:uuid}/club-buys", tags=["Club buys"], description=ListClubBuys.__doc__)
async def buys_of_club(
    club_id: FromPath[UUID],
    reader: NamedDependency[Principal],
    list_club_buys: NamedDependency[ListClubBuys],
    limit: Limit = 20,
    cursor: NextOfBefore = None,
) -> ClubBuyPage:
    """The latest opened first."""
    return await list_club_buys(reader.user_id, ClubId(club_id), limit, cursor)
