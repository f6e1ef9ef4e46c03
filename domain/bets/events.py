"""What happens to bets, as the outside hears it. Ids and amounts only."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class MarketLocked(DomainEvent):
    """No bet is taken or given back any more."""

    name: ClassVar[str] = "market_locked"
    meeting_id: MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class MarketProposed(DomainEvent):
    """A result is proposed; until the window closes it can be disputed."""

    name: ClassVar[str] = "market_proposed"
    meeting_id: MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class MarketSettled(DomainEvent):
    """Winners have their points."""

    name: ClassVar[str] = "market_settled"
    meeting_id: MeetingId
    round: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MarketVoided(DomainEvent):
    """Everybody has the exact stake back."""

    name: ClassVar[str] = "market_voided"
    meeting_id: MeetingId
    round: int
    reason: str
