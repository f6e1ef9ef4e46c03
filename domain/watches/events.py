"""What happens to a watch, as the outside hears it. Ids and amounts only."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchBegun(DomainEvent):
    """A reader waits for a price."""

    name: ClassVar[str] = "watch_begun"
    user_id: UserId
    isbn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchChanged(DomainEvent):
    """The reader changed, paused, resumed, cancelled or vetoed: its process must look."""

    name: ClassVar[str] = "watch_changed"
    user_id: UserId
    isbn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchEnded(DomainEvent):
    """There is nothing more to watch for."""

    name: ClassVar[str] = "watch_ended"
    user_id: UserId
    isbn: str
    reason: str
    bought: int
