"""A thread: what a club talks about, be it a meeting's book or anything else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, MeetingId, ThreadId, UserId, WorkId
from domain.shared.wording import one_line
from domain.threads.errors import ThreadClosed

LONGEST_TITLE: Final = 120  # one line on a phone, twice


@dataclass(kw_only=True, slots=True)
class Thread:
    """`work_id` is what the meeting reads: progress in that work opens the posts. A thread about no meeting
    gives nothing away. `closed_by` is the host who closed it.
    """

    id: ThreadId
    club_id: ClubId
    opened_by: UserId
    opened_at: datetime
    title: str | None
    meeting_id: MeetingId | None = None
    work_id: WorkId | None = None
    closed_at: datetime | None = None
    closed_by: UserId | None = None

    def demand_open(self) -> None:
        """Raise `ThreadClosed`."""
        if self.closed_at is not None:
            raise ThreadClosed

    def close(self, by: UserId, at: datetime) -> None:
        """Nothing is added from here on."""
        if self.closed_at is None:
            self.closed_at, self.closed_by = at, by

    def reopen(self) -> None:
        """It goes on."""
        self.closed_at = self.closed_by = None


def thread_title(text: str) -> str:
    """What a thread is about, on one line; raises `InvalidInput`."""
    title = one_line("title", text, LONGEST_TITLE)
    if title is None:
        raise InvalidInput("title", "Say what the thread is about.")
    return title
