"""What readers and staff ask of a meeting's process."""

from collections.abc import Collection

from application.bets.decide import CorrectMarket
from application.bets.process import MeetingProcesses
from application.meetings.shared import as_host, as_member
from application.shared.unit_of_work import UnitOfWork, Work
from domain.bets.errors import MarketNotFound
from domain.shared.ids import MarketId, MeetingId
from domain.users.principal import Principal, Role


class DisputeResult:
    """For a day every member of the club may object to a proposed result. Then nothing is paid before a host
    or staff has ruled, and after a week without a ruling everybody gets the stake back.
    """

    def __init__(self, unit_of_work: UnitOfWork, processes: MeetingProcesses) -> None:
        self._unit_of_work = unit_of_work
        self._processes = processes

    async def __call__(self, meeting_id: MeetingId, market_id: MarketId, reader: Principal) -> None:
        """Raises what `DisputeMarket` does, and `ProcessesUnavailable`."""
        async with self._unit_of_work() as work:
            await as_member(work, meeting_id, reader.user_id)
            await _demand_market(work, meeting_id, market_id)
        await self._processes.dispute(meeting_id, market_id, reader.user_id)


class RuleOnResult:
    """A host of the club, or staff, decides a proposed result: who won, or that it is void. Not somebody with
    points on the meeting. A ruling is carried out at once.
    """

    def __init__(self, unit_of_work: UnitOfWork, processes: MeetingProcesses) -> None:
        self._unit_of_work = unit_of_work
        self._processes = processes

    async def __call__(
        self,
        meeting_id: MeetingId,
        market_id: MarketId,
        reader: Principal,
        winners: Collection[str] | None,
    ) -> None:
        """Raises what `RuleMarket` does, and `ProcessesUnavailable`."""
        staff = bool(reader.roles & {Role.STAFF, Role.ADMIN})
        async with self._unit_of_work() as work:
            if not staff:
                await as_host(work, meeting_id, reader.user_id)
            await _demand_market(work, meeting_id, market_id)
        await self._processes.rule(meeting_id, market_id, reader.user_id, winners, staff=staff)


class CorrectResult:
    """Staff corrects a market that has ended: all that it moved is reversed on the books, and the right
    result is carried out in a new round. Whoever has spent what was won by mistake owes it.
    """

    def __init__(self, correct_market: CorrectMarket, processes: MeetingProcesses) -> None:
        self._correct_market = correct_market
        self._processes = processes

    async def __call__(self, market_id: MarketId, staff: Principal, winners: Collection[str] | None) -> None:
        """Raises what `CorrectMarket` does. Where the process engine is away, the correction waits for it."""
        meeting_id = await self._correct_market(market_id, staff.user_id, winners)
        await self._processes.start_meeting(meeting_id)


async def _demand_market(work: Work, meeting_id: MeetingId, market_id: MarketId) -> None:
    """Raise `MarketNotFound` for one that is not of this meeting, before its process is asked."""
    if (await work.markets.get(market_id)).meeting_id != meeting_id:
        raise MarketNotFound("There is no such market.")
