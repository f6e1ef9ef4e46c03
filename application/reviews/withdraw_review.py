"""Take one's review back."""

from application.reviews.shared import found, recount
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import BookId, ReviewId, UserId, WorkId


class WithdrawReview:
    """Its author takes a review back for good, in whatever state it is: it counts no more, its words and the
    votes for it are deleted, and she may write another.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self, reader: UserId, book_id: BookId, review_id: ReviewId, seen: int | None
    ) -> WorkId:
        """The work it spoke of. `seen` is the version looked at before; None: whatever it is. Raises
        `BookNotFound`, `ReviewNotFound`, `NotYourReview`, `StaleVersion`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            review = await found(work, book_id, review_id)
            review.demand_author(reader)
            if seen is not None:
                review.expect(seen)
            before = review.counted
            review.withdraw(now)
            await work.reviews.save(review)
            await recount(work, review, before=before, at=now)
        return review.work_id
