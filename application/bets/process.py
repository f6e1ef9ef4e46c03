"""The process that looks after a meeting's bets, as use cases see it."""

from collections.abc import Collection
from typing import Protocol

from domain.shared.ids import MarketId, MeetingId, UserId


class MeetingProcesses(Protocol):
    """One for each meeting. Raises `ProcessesUnavailable` when the engine does not answer."""

    async def start_meeting(self, meeting_id: MeetingId) -> None:
        """Start it, or find it started or over: both are success."""
        ...

    async def meeting_moved(self, meeting_id: MeetingId) -> None:
        """A hint to look again: it was moved or is over, or somebody reads far ahead or will not come."""
        ...

    async def dispute(self, meeting_id: MeetingId, market_id: MarketId, by: UserId) -> None:
        """As `DisputeMarket`, which it carries out."""
        ...

    async def rule(
        self,
        meeting_id: MeetingId,
        market_id: MarketId,
        by: UserId,
        winners: Collection[str] | None,
        *,
        staff: bool,
    ) -> None:
        """As `RuleMarket`, which it carries out."""
        ...
