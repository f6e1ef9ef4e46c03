"""Change one's mind about a work."""

from application.reviews.shared import found, recount, suspected
from application.shared.unit_of_work import UnitOfWork
from domain.reviews.limits import WINDOW, demand_room_to_write
from domain.reviews.words import Words
from domain.shared.clock import Clock
from domain.shared.ids import BookId, ReviewId, UserId


class ReviseReview:
    """Only its author changes a review, and must have seen its newest version. What it says now is looked at
    as if it were new; what it said before is kept for staff. A rejected one goes to staff again.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        book_id: BookId,
        review_id: ReviewId,
        *,
        rating: int,
        words: Words,
        seen: int | None,
    ) -> None:
        """`seen` is the version the change was made on; None: whatever it is. Raises `BookNotFound`,
        `ReviewNotFound`, `NotYourReview`, `StaleVersion`, `TooManyReviews`, and `InvalidInput`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            lately = await work.reviews.writings_since(reader, now - WINDOW)
            demand_room_to_write(lately, now)
            review = await found(work, book_id, review_id)
            review.demand_author(reader)
            if seen is not None:
                review.expect(seen)
            before = review.counted
            suspicions = await suspected(
                work,
                review_id=review_id,
                work_id=review.work_id,
                reader=reader,
                words=words,
                lately=lately,
                at=now,
            )
            review.revise(rating, words, suspicions, now)
            await work.reviews.save(review)
            await recount(work, review, before=before, at=now)
