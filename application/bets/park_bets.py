"""Hand the bets of a meeting to a person, and take them back."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import MeetingId


class ParkBets:
    """What cannot be done by itself waits for an operator, visibly; every stake stays where it is."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, meeting_id: MeetingId, reason: str) -> None:
        """`reason` is shown to operators."""
        await _note(self._unit_of_work, meeting_id, reason)


class ResumeBets:
    """An operator has dealt with it."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, meeting_id: MeetingId) -> None:
        """The process goes on."""
        await _note(self._unit_of_work, meeting_id, None)


async def _note(unit_of_work: UnitOfWork, meeting_id: MeetingId, reason: str | None) -> None:
    async with unit_of_work() as work:
        card = await work.markets.card(meeting_id)
        if card is not None:
            card.needs_attention = reason
            await work.markets.save_card(card)
