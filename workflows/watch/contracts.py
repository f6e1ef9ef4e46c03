"""What goes into a watch's process, and what it can be told meanwhile. Ids, dates and words only."""

from dataclasses import dataclass
from datetime import datetime


def workflow_id(watch_id: object) -> str:
    """One process a watch, for ever."""
    return f"watch-{watch_id}"


@dataclass(frozen=True)
class WatchInput:
    """The input: all else is written in the shop's books, so a process that begins anew has lost nothing.
    `written` is the notice of which a mail was sent last.
    """

    watch_id: str
    written: int = 0


@dataclass(frozen=True)
class WatchResult:
    """The end of the story."""

    words: str


@dataclass(frozen=True)
class NextStep:
    """What a look came to. `then`: wait (for news, or until `until`), call_off (the purchase of that attempt)
    or end. `notice`: what the reader is to be told meanwhile; 0: nothing.
    """

    then: str
    status: str
    words: str
    until: datetime | None = None
    notice: int = 0
    attempt: int = 0


@dataclass(frozen=True)
class ToTell:
    """A notice to the reader."""

    watch_id: str
    notice: int


@dataclass(frozen=True)
class Wish:
    """What an operator wants of the watch, on the reader's behalf: pause, resume, cancel or veto."""

    watch_id: str
    verb: str
