"""What readers think of a work: the sum of all its published reviews, whatever edition they read."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.reviews.events import WorkRated
from domain.reviews.rating import PLACES, StarCounts
from domain.shared.events import Aggregate
from domain.shared.ids import WorkId


@dataclass(kw_only=True, slots=True)
class WorkRating(Aggregate):
    """Changes in the transaction that changes a review, so that it is the sum at every moment."""

    work_id: WorkId
    counts: StarCounts = field(default_factory=StarCounts)

    def exchange(self, before: int | None, after: int | None, at: datetime) -> None:
        """A review that counted so many stars counts so many now; None: it does not count."""
        if before == after:
            return
        self.counts = self.counts.exchanged(before, after)
        given = dict(zip(PLACES, self.counts.in_order, strict=True))
        self._record(WorkRated(aggregate_id=self.work_id, occurred_at=at, **given))
