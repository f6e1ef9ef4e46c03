"""Say what one thinks of a work."""

from application.reviews.shared import recount, suspected
from application.shared.unit_of_work import UnitOfWork
from domain.books.errors import BookNotFound
from domain.reviews.errors import AlreadyReviewed
from domain.reviews.limits import WINDOW, demand_room_to_write
from domain.reviews.review import Review
from domain.reviews.words import Words
from domain.shared.clock import Clock
from domain.shared.ids import BookId, IdSource, ReviewId, UserId


class WriteReview:
    """Every reader may review a work once, whichever of its editions she read, bought here or not. What looks
    like spam, like a quarrel or like somebody's address is shown to staff before it is shown to readers.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(self, reader: UserId, book_id: BookId, rating: int, words: Words) -> ReviewId:
        """Raises `BookNotFound`, `AlreadyReviewed`, `TooManyReviews`, and `InvalidInput` for the stars."""
        now, review_id = self._clock.now(), ReviewId(self._ids.new())
        async with self._unit_of_work() as work:
            lately = await work.reviews.writings_since(reader, now - WINDOW)
            demand_room_to_write(lately, now)
            book = await work.books.get(book_id)
            if book.withdrawn_at is not None:
                raise BookNotFound("There is no such book in the catalogue.")
            standing = await work.reviews.of(book.work_id, reader)
            if standing is not None:
                raise AlreadyReviewed(standing.id)
            suspicions = await suspected(
                work,
                review_id=review_id,
                work_id=book.work_id,
                reader=reader,
                words=words,
                lately=lately,
                at=now,
            )
            review = Review.write(
                id=review_id,
                work_id=book.work_id,
                reader=reader,
                rating=rating,
                words=words,
                suspicions=suspicions,
                purchase=await work.proofs.proof(reader, book.work_id),
                at=now,
            )
            await work.reviews.add(review)
            await recount(work, review, before=None, at=now)
        return review_id
