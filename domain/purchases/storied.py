"""What a purchase tells about itself."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.purchases.standing import Standing
from domain.shared.timeline import TimelineEntry, TimelineKind


@dataclass(kw_only=True, slots=True)
class Storied(Standing):
    """A story in plain words. `needs_attention` says why a person must look, None while nobody must."""

    needs_attention: str | None = None
    _story: list[TimelineEntry] = field(default_factory=list, init=False, repr=False, compare=False)

    def park(self, reason: str, at: datetime) -> None:
        """Nobody but a person can go on from here; the purchase waits for an operator, nothing is lost."""
        if self.needs_attention != reason:
            self.needs_attention = reason
            self._tell(at, f"Our staff is looking after this purchase: {reason}", TimelineKind.ATTENTION)

    def resume(self, note: str, at: datetime) -> None:
        """An operator has dealt with what parked it."""
        if self.needs_attention is not None:
            self.needs_attention = None
            self._tell(at, note, TimelineKind.ATTENTION)

    def note(self, kind: TimelineKind, text: str, at: datetime) -> None:
        """Add a sentence to the story without a change of state."""
        self._tell(at, text, kind)

    def drain_story(self) -> list[TimelineEntry]:
        """Hand over the sentences told since the last save, oldest first."""
        story, self._story = self._story, []
        return story

    def _tell(self, at: datetime, text: str, kind: TimelineKind = TimelineKind.STEP) -> None:
        self._story.append(TimelineEntry(at, kind, text))
