"""A story in plain words: what became of an order or a purchase, for the reader and for support alike."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimelineKind(StrEnum):
    """What sort of thing happened."""

    STEP = "step"
    RETRY = "retry"
    COMPENSATION = "compensation"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One sentence. It names no person, street or card: it is shown, logged and kept."""

    at: datetime
    kind: TimelineKind
    text: str
