"""What meetings need from outside."""

from collections.abc import Sequence
from typing import Protocol

from domain.meetings.attendee import Attendee
from domain.meetings.meeting import Meeting
from domain.shared.ids import MeetingId, UserId, WorkId


class Meetings(Protocol):
    """The meetings with those who read for them, in the caller's transaction."""

    async def add(self, meeting: Meeting) -> None:
        """Keep a new one with its events."""
        ...

    async def get(self, meeting_id: MeetingId) -> Meeting:
        """Load it for a change: whoever else would change it, or attend it, waits. Raises
        `MeetingNotFound`.
        """
        ...

    async def read(self, meeting_id: MeetingId) -> Meeting:
        """Load it for an attendee's change: it stays as it is until the transaction ends, while others attend
        it too. Raises `MeetingNotFound`.
        """
        ...

    async def save(self, meeting: Meeting) -> None:
        """Keep what changed, with its events; its version grows if anything did. Raises `StaleVersion`."""
        ...

    async def attendee(self, meeting_id: MeetingId, reader: UserId) -> Attendee | None:
        """What is known of her here; nobody else changes it, or makes her known, until the transaction
        ends.
        """
        ...

    async def attendees(self, meeting_id: MeetingId) -> Sequence[Attendee]:
        """Everybody who answered, came or read, in the order of their coming; as they are, without
        waiting.
        """
        ...

    async def keep(self, attendee: Attendee) -> None:
        """Keep her, if she is new or anything happened, with her notes and events; her version grows. Raises
        `StaleVersion`.
        """
        ...


class WorkLengths(Protocol):
    """How long works are, as far as the catalogue knows."""

    async def pages(self, work_id: WorkId) -> int | None:
        """Of the edition in the middle of those that tell; None where none does."""
        ...
