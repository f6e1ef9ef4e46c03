"""What happens to reviews. Whose they are and what they say is nobody's business outside."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import WorkId


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRated(DomainEvent):
    """The work's summary reads so from now on: how many readers gave one star, two stars, …"""

    name: ClassVar[str] = "work_rated"
    ones: int
    twos: int
    threes: int
    fours: int
    fives: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewPublished(DomainEvent):
    """Readers see it and its stars count."""

    name: ClassVar[str] = "review_published"
    work_id: WorkId
    rating: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRevised(DomainEvent):
    """Its author changed a published review, and it stays published."""

    name: ClassVar[str] = "review_revised"
    work_id: WorkId
    rating: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewHeld(DomainEvent):
    """It waits for a member of staff; `reasons` say what for."""

    name: ClassVar[str] = "review_held"
    work_id: WorkId
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRejected(DomainEvent):
    """Staff found that it breaks the house rules."""

    name: ClassVar[str] = "review_rejected"
    work_id: WorkId
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewWithdrawn(DomainEvent):
    """Its author took it back; its words are gone."""

    name: ClassVar[str] = "review_withdrawn"
    work_id: WorkId
