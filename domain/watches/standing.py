"""Where a watch stands, and what it tells about itself."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.shared.events import Aggregate
from domain.shared.money import Money
from domain.shared.timeline import TimelineEntry, TimelineKind
from domain.watches.errors import WatchCannotMove
from domain.watches.notices import Notice, NoticeKind
from domain.watches.status import MOVES, WatchStatus


@dataclass(kw_only=True, slots=True)
class Standing(Aggregate):
    """A status, a story in plain words, and what the reader is still to be told, oldest first."""

    status: WatchStatus = WatchStatus.ACTIVE
    notices: tuple[Notice, ...] = ()
    told: int = 0  # how many notices there have been: the number of the last one
    needs_attention: str | None = None
    version: int = 0
    _story: list[TimelineEntry] = field(default_factory=list, init=False, repr=False, compare=False)

    def park(self, reason: str, at: datetime) -> None:
        """Nobody but a person can go on from here; the watch waits for an operator."""
        if self.needs_attention != reason:
            self.needs_attention = reason
            self._tell(at, f"Our staff is looking after this watch: {reason}", TimelineKind.ATTENTION)

    def take_back(self, note: str, at: datetime) -> None:
        """An operator has dealt with what parked it."""
        if self.needs_attention is not None:
            self.needs_attention = None
            self._tell(at, note, TimelineKind.ATTENTION)

    def drain_story(self) -> list[TimelineEntry]:
        """Hand over the sentences told since the last save, oldest first."""
        story, self._story = self._story, []
        return story

    def _move(self, status: WatchStatus) -> bool:
        if status is self.status:
            return False
        if status not in MOVES[self.status]:
            raise WatchCannotMove(f"The watch is {self.status} and cannot become {status}.")
        self.status = status
        return True

    def _tell(self, at: datetime, text: str, kind: TimelineKind = TimelineKind.STEP) -> None:
        self._story.append(TimelineEntry(at, kind, text))

    def _notify(self, kind: NoticeKind, price: Money | None = None) -> None:
        self.told += 1
        self.notices = (*self.notices, Notice(self.told, kind, price))
