"""A meeting: a club, a work, a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from domain.meetings.arrangements import Arrangements
from domain.meetings.errors import MeetingHasBegun, MeetingIsOver, MeetingNotBegun
from domain.meetings.events import (
    MeetingCancelled,
    MeetingClosed,
    MeetingHeld,
    MeetingRearranged,
    MeetingRescheduled,
    MeetingScheduled,
    SealsOpened,
)
from domain.meetings.schedule import Schedule
from domain.meetings.status import MEETING_MOVES, MeetingStatus
from domain.shared.errors import StaleVersion
from domain.shared.events import Aggregate
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId

# Readers come early, and a host with a list at the door begins then.
DOORS_OPEN: Final = timedelta(hours=1)
# From here on everybody may know how far the others are: it is too late to bet on it.
SEALS_OPEN: Final = timedelta(hours=24)


@dataclass(kw_only=True, slots=True)
class Meeting(Aggregate):
    """`arranged_by` said the newest of its arrangements, and her key seals them. `first_at` is when it was to
    begin at first. `version` counts saved changes; calendars number their updates by it.
    """

    id: MeetingId
    club_id: ClubId
    work_id: WorkId
    schedule: Schedule
    arrangements: Arrangements
    arranged_by: UserId
    scheduled_at: datetime
    changed_at: datetime
    first_at: datetime
    status: MeetingStatus = MeetingStatus.SCHEDULED
    seals_opened_at: datetime | None = None
    version: int = 1

    @classmethod
    def arrange(
        cls,
        *,
        id: MeetingId,  # noqa: A002 - the aggregate's own name for it
        club_id: ClubId,
        work_id: WorkId,
        schedule: Schedule,
        arrangements: Arrangements,
        by: UserId,
        at: datetime,
    ) -> Self:
        """A club will meet."""
        schedule.demand_ahead(at)
        meeting = cls(
            id=id,
            club_id=club_id,
            work_id=work_id,
            schedule=schedule,
            arrangements=arrangements,
            arranged_by=by,
            scheduled_at=at,
            changed_at=at,
            first_at=schedule.starts_at,
        )
        meeting._record(
            MeetingScheduled(
                aggregate_id=id,
                occurred_at=at,
                club_id=club_id,
                work_id=work_id,
                starts_at=schedule.starts_at,
            )
        )
        return meeting

    # -- what it is ----------------------------------------------------------------------------------

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return self.schedule.starts_at

    def shows_sealed(self, now: datetime) -> bool:
        """Whether what readers sealed is open by now."""
        return self.seals_opened_at is not None or now >= self.starts_at - SEALS_OPEN

    def expect(self, version: int) -> None:
        """Whoever changes it must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"The meeting is at version {self.version}, you saw {version}: read it again.",
                version=self.version,
            )

    def demand_open(self) -> None:
        """Raise `MeetingIsOver` once nothing about it changes any more."""
        if self.status.is_over:
            raise MeetingIsOver(self.status.value)

    def demand_doors_open(self, now: datetime) -> None:
        """Raise `MeetingNotBegun` until an hour before it begins."""
        self.demand_open()
        if now < self.starts_at - DOORS_OPEN:
            raise MeetingNotBegun

    # -- what happens to it --------------------------------------------------------------------------

    def reschedule(self, schedule: Schedule, at: datetime) -> None:
        """Another time, or another clock on the wall."""
        self._demand_ahead(at)
        if schedule == self.schedule:
            return
        before, self.schedule = self.starts_at, schedule
        if before != schedule.starts_at:
            schedule.demand_ahead(at)
        self.changed_at = at
        self._record(
            MeetingRescheduled(
                aggregate_id=self.id,
                occurred_at=at,
                club_id=self.club_id,
                before=before,
                starts_at=self.starts_at,
                first_at=self.first_at,
            )
        )

    def rearrange(self, arrangements: Arrangements, by: UserId, at: datetime) -> None:
        """Another place, link or agenda."""
        self.demand_open()
        if arrangements != self.arrangements:
            self.arrangements, self.arranged_by, self.changed_at = arrangements, by, at
            self._record(MeetingRearranged(aggregate_id=self.id, occurred_at=at, club_id=self.club_id))

    def cancel(self, at: datetime) -> None:
        """It will not take place."""
        if self.status is MeetingStatus.CANCELLED:
            return
        self._demand_ahead(at)
        if self._move(MeetingStatus.CANCELLED, at):
            self._record(MeetingCancelled(aggregate_id=self.id, occurred_at=at, club_id=self.club_id))

    def hold(self, at: datetime) -> None:
        """Somebody was seen there."""
        self.demand_doors_open(at)
        if self._move(MeetingStatus.HELD, at):
            self._record(MeetingHeld(aggregate_id=self.id, occurred_at=at, club_id=self.club_id))

    def close(self, at: datetime) -> None:
        """All is told; closing again changes nothing."""
        if self.status is MeetingStatus.CLOSED:
            return
        self.demand_open()
        if at < self.starts_at:
            raise MeetingNotBegun
        self.open_seals(at)
        if self._move(MeetingStatus.CLOSED, at):
            self._record(MeetingClosed(aggregate_id=self.id, occurred_at=at, club_id=self.club_id))

    def open_seals(self, at: datetime) -> None:
        """From here on everybody may see how far the others are."""
        if self.seals_opened_at is None:
            self.seals_opened_at = at
            self._record(SealsOpened(aggregate_id=self.id, occurred_at=at, club_id=self.club_id))

    def _demand_ahead(self, at: datetime) -> None:
        self.demand_open()
        if self.status is not MeetingStatus.SCHEDULED or at >= self.starts_at:
            raise MeetingHasBegun

    def _move(self, status: MeetingStatus, at: datetime) -> bool:
        if status is self.status:
            return False
        if status not in MEETING_MOVES[self.status]:
            raise MeetingIsOver(self.status.value)
        self.status, self.changed_at = status, at
        return True
