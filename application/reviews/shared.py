"""What all changes of reviews have in common."""

from collections.abc import Sequence
from datetime import datetime

from application.shared.unit_of_work import Work
from domain.books.book import Book
from domain.reviews.errors import ReviewNotFound
from domain.reviews.limits import in_a_hurry
from domain.reviews.review import Review
from domain.reviews.state import Suspicion
from domain.reviews.suspicion import Circumstances, suspicions
from domain.reviews.words import Words
from domain.shared.ids import BookId, ReviewId, UserId, WorkId


async def found(work: Work, book_id: BookId, review_id: ReviewId) -> Review:
    """The review, for a change, if the book is an edition of the work it speaks of, sold or not."""
    return _of_work(await work.reviews.get(review_id), await work.books.get(book_id))


async def seen(work: Work, book_id: BookId, review_id: ReviewId) -> Review:
    """The same for who changes nothing in it: those who vote do not wait for those who write."""
    return _of_work(await work.reviews.read(review_id), await work.books.get(book_id))


async def suspected(
    work: Work,
    *,
    review_id: ReviewId,
    work_id: WorkId,
    reader: UserId,
    words: Words,
    lately: Sequence[datetime],
    at: datetime,
) -> tuple[Suspicion, ...]:
    """Why a person should see these words before readers do."""
    likeness = words.likeness
    circumstances = Circumstances(
        seen_elsewhere=likeness is not None and await work.reviews.alike(likeness, but=review_id),
        in_a_hurry=in_a_hurry(lately, at),
        rejected_before=await work.reviews.rejected(work_id, reader),
    )
    return suspicions(words, circumstances)


async def recount(work: Work, review: Review, *, before: int | None, at: datetime) -> None:
    """The work's summary follows the review, in the same transaction; `before`: the stars that counted."""
    if before == review.counted:
        return
    rating = await work.work_ratings.of(review.work_id)
    rating.exchange(before, review.counted, at)
    await work.work_ratings.save(rating)


def _of_work(review: Review, book: Book) -> Review:
    if review.work_id != book.work_id:
        raise ReviewNotFound
    return review
