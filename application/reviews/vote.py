"""Say that a review helped."""

from application.reviews.shared import seen
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import BookId, ReviewId, UserId


class CastVote:
    """A reader finds somebody else's published review helpful; once, however often she says so."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, book_id: BookId, review_id: ReviewId) -> int:
        """How many readers find it helpful now. Raises `BookNotFound`, `ReviewNotFound`, `OwnReview`."""
        async with self._unit_of_work() as work:
            (await seen(work, book_id, review_id)).demand_another(reader)
            return await work.review_votes.cast(review_id, reader, self._clock.now())


class TakeVoteBack:
    """A reader does not find it helpful after all; without a vote nothing changes."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, reader: UserId, book_id: BookId, review_id: ReviewId) -> int:
        """How many readers find it helpful now. Raises `BookNotFound`, `ReviewNotFound`, `OwnReview`."""
        async with self._unit_of_work() as work:
            (await seen(work, book_id, review_id)).demand_another(reader)
            return await work.review_votes.take_back(review_id, reader)
