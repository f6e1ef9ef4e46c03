"""/v1/meetings/{meeting_id}/markets."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.bets.ask_process import CorrectResult, DisputeResult, RuleOnResult
from application.bets.see_bets import SeeMarkets
from domain.shared.ids import MarketId, MeetingId
from domain.users.principal import Principal
from entrypoints.http.bets.schemas import CardAnswer, RulingBody


class Markets(Controller):
    """What is bet on a meeting, and how its results are decided."""

    path = "/meetings/{meeting_id:uuid}/markets"
    tags = ("bets",)

    @get(description=SeeMarkets.__doc__)
    async def see(
        self,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_markets: NamedDependency[SeeMarkets],
    ) -> CardAnswer:
        """What stands on each horse, and the odds."""
        return CardAnswer.of(await see_markets(MeetingId(meeting_id), reader.user_id))

    @post("/{market_id:uuid}/dispute", status_code=200, description=DisputeResult.__doc__)
    async def dispute(
        self,
        meeting_id: FromPath[UUID],
        market_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        dispute_result: NamedDependency[DisputeResult],
        see_markets: NamedDependency[SeeMarkets],
    ) -> CardAnswer:
        """Object to a proposed result."""
        await dispute_result(MeetingId(meeting_id), MarketId(market_id), reader)
        return CardAnswer.of(await see_markets(MeetingId(meeting_id), reader.user_id))

    @post("/{market_id:uuid}/ruling", status_code=204, description=RuleOnResult.__doc__)
    async def rule(
        self,
        meeting_id: FromPath[UUID],
        market_id: FromPath[UUID],
        data: JSONBody[RulingBody],
        reader: NamedDependency[Principal],
        rule_on_result: NamedDependency[RuleOnResult],
    ) -> None:
        """Decide a proposed result (hosts and staff)."""
        await rule_on_result(MeetingId(meeting_id), MarketId(market_id), reader, data.winners)

    @post("/{market_id:uuid}/correction", status_code=204, description=CorrectResult.__doc__)
    async def correct(
        self,
        meeting_id: FromPath[UUID],  # noqa: ARG002 - the market's id says which meeting
        market_id: FromPath[UUID],
        data: JSONBody[RulingBody],
        staff: NamedDependency[Principal],
        correct_result: NamedDependency[CorrectResult],
    ) -> None:
        """Correct a market that has ended (staff)."""
        await correct_result(MarketId(market_id), staff, data.winners)
