"""Tell staff that a review breaks the house rules."""

from application.reviews.shared import found, recount
from application.shared.unit_of_work import UnitOfWork
from domain.reviews.limits import WINDOW, demand_room_to_report
from domain.reviews.state import ReportReason
from domain.shared.clock import Clock
from domain.shared.ids import BookId, ReviewId, UserId, WorkId


class ReportReview:
    """A reader reports somebody else's published review, once for what it says. When enough readers have, it
    is not shown any more until a member of staff has looked at it.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self, reader: UserId, book_id: BookId, review_id: ReviewId, reason: ReportReason
    ) -> WorkId:
        """The work it speaks of. Raises `BookNotFound`, `ReviewNotFound`, `OwnReview`, `TooManyReports`."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            demand_room_to_report(await work.review_reports.made_since(reader, now - WINDOW), now)
            review = await found(work, book_id, review_id)
            review.demand_another(reader)
            before = review.counted
            review.report(await work.review_reports.file(review, reader, reason, now), now)
            await work.reviews.save(review)
            await recount(work, review, before=before, at=now)
        return review.work_id
