"""/v1/bets."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from application.bets.place_bet import PlaceBet
from application.bets.see_bets import ListBets, SeeBet
from application.bets.views import LONGEST_PAGE
from application.bets.withdraw_bet import WithdrawBet
from domain.shared.ids import BetId, MeetingId
from domain.users.principal import Principal
from entrypoints.http.bets.schemas import BetAnswer, BetBody, BetPage, placed


class Bets(Controller):
    """A reader's bets. Points are a game and have no cash value."""

    path = "/bets"
    tags = ("bets",)

    @post(description=PlaceBet.__doc__)
    async def place(
        self,
        data: JSONBody[BetBody],
        reader: NamedDependency[Principal],
        place_bet: NamedDependency[PlaceBet],
    ) -> Response[BetAnswer]:
        """Stake points."""
        wish = data.wish()
        bet = await place_bet(reader.user_id, wish)
        return Response(placed(bet, wish), headers={"Location": f"/v1/bets/{bet.id}"})

    @get(description=ListBets.__doc__)
    async def list_bets(
        self,
        reader: NamedDependency[Principal],
        list_bets: NamedDependency[ListBets],
        meeting_id: FromQuery[UUID | None] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")] = 20,
        cursor: FromQuery[UUID | None] = None,
    ) -> BetPage:
        """My bets."""
        found, following = await list_bets(
            reader.user_id,
            meeting_id=MeetingId(meeting_id) if meeting_id else None,
            before=BetId(cursor) if cursor else None,
            limit=limit,
        )
        return BetPage([BetAnswer.of(view) for view in found], str(following) if following else None)

    @get("/{bet_id:uuid}", description=SeeBet.__doc__)
    async def see(
        self,
        bet_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_bet: NamedDependency[SeeBet],
    ) -> BetAnswer:
        """One bet, and why I got what I got."""
        return BetAnswer.of(await see_bet(BetId(bet_id), reader.user_id))

    @delete("/{bet_id:uuid}", status_code=200, description=WithdrawBet.__doc__)
    async def withdraw(
        self,
        bet_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        withdraw_bet: NamedDependency[WithdrawBet],
        see_bet: NamedDependency[SeeBet],
    ) -> BetAnswer:
        """Take a bet back."""
        await withdraw_bet(reader.user_id, BetId(bet_id))
        return BetAnswer.of(await see_bet(BetId(bet_id), reader.user_id))
