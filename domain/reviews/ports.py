"""What reviews need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.reviews.review import Review
from domain.reviews.state import ReportReason
from domain.reviews.work_rating import WorkRating
from domain.shared.ids import OrderId, ReviewId, UserId, WorkId


class Reviews(Protocol):
    """The reviews, in the caller's transaction. Whoever loads a review for a change waits until nobody else
    changes one of the same work: that is what keeps summaries exact.
    """

    async def writings_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """When this reader wrote or changed reviews, also such as are gone. Until the transaction ends the
        same reader's other writings wait, so that a limit is a limit. Call it before anything is loaded.
        """
        ...

    async def get(self, review_id: ReviewId) -> Review:
        """Load it for a change; raises `ReviewNotFound`, also for one that was withdrawn."""
        ...

    async def read(self, review_id: ReviewId) -> Review:
        """Load it as it is, without waiting, for what does not change it; raises `ReviewNotFound`."""
        ...

    async def of(self, work_id: WorkId, reader: UserId) -> Review | None:
        """The reader's review of that work, for a change."""
        ...

    async def rejected(self, work_id: WorkId, reader: UserId) -> bool:
        """Whether staff ever rejected what this reader wrote about the work, also if it is gone."""
        ...

    async def alike(self, likeness: str, but: ReviewId) -> bool:
        """Whether another review has, or had, the same `Words.likeness`."""
        ...

    async def add(self, review: Review) -> None:
        """Keep a new one, where `of` found none."""
        ...

    async def save(self, review: Review) -> None:
        """Keep what changed, with its history and events; its version grows if there is any history."""
        ...


class WorkRatings(Protocol):
    """Summaries, in the caller's transaction."""

    async def of(self, work_id: WorkId) -> WorkRating:
        """The work's summary; nobody else changes it, or the work's reviews, until the transaction ends."""
        ...

    async def save(self, rating: WorkRating) -> None:
        """Keep it, and show it on every edition of the work."""
        ...


class ReviewVotes(Protocol):
    """Who found what helpful. Each answers with the new number."""

    async def cast(self, review_id: ReviewId, reader: UserId, at: datetime) -> int:
        """Count this reader, once."""
        ...

    async def take_back(self, review_id: ReviewId, reader: UserId) -> int:
        """Do not count this reader any more."""
        ...


class ReviewReports(Protocol):
    """Who thinks that a review breaks the house rules."""

    async def made_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """When this reader reported reviews; the same reader's other reports wait until the end of the
        transaction.
        """
        ...

    async def file(self, review: Review, reader: UserId, reason: ReportReason, at: datetime) -> int:
        """Count this reader for what the review says now, once, also if staff has settled the report since;
        answers how many readers' reports are open.
        """
        ...

    async def settle(self, review_id: ReviewId) -> None:
        """Staff has decided: none is open any more."""
        ...


class ProofsOfPurchase(Protocol):
    """What readers bought, as far as reviews ask."""

    async def proof(self, reader: UserId, work_id: WorkId) -> OrderId | None:
        """The newest order with which the reader paid for an edition of the work and kept it: the money was
        taken, and not all of it went back for that book.
        """
        ...

    async def concerned(self, order_id: OrderId) -> Sequence[ReviewId]:
        """The reviews about which the order says something: its reader's, of the works in it, and those it
        has proved so far; in the order of their works.
        """
        ...
