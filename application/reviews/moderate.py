"""Decide about reviews."""

from collections.abc import Sequence

from application.reviews.shared import recount
from application.reviews.views import LONGEST_PAGE, HeldPage, HistoryLine, ReviewViews
from application.shared.unit_of_work import UnitOfWork
from domain.reviews.state import RejectionReason
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import ReviewId, UserId, WorkId


class SeeHeld:
    """Staff sees what waits for a decision, the oldest first, with what is suspicious about it."""

    def __init__(self, views: ReviewViews) -> None:
        self._views = views

    async def __call__(self, limit: int, cursor: str | None) -> HeldPage:
        """Raises `InvalidInput` for a foreign cursor."""
        if not 1 <= limit <= LONGEST_PAGE:
            raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
        return await self._views.held(limit, cursor)


class SeeHistory:
    """Staff sees everything that was said in a review and done to it. What its author took back, or an erased
    author wrote, is gone from there as well.
    """

    def __init__(self, views: ReviewViews) -> None:
        self._views = views

    async def __call__(self, review_id: ReviewId) -> Sequence[HistoryLine]:
        """Oldest first; raises `ReviewNotFound`."""
        return await self._views.history(review_id)


class ApproveReview:
    """A member of staff lets a review stand, also one that was rejected. Whoever decides must have seen its
    newest version. The reports about it are settled.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, review_id: ReviewId, by: UserId, seen: int | None) -> WorkId:
        """The work it speaks of. Raises `ReviewNotFound`, `StaleVersion`."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            review = await work.reviews.get(review_id)
            if seen is not None:
                review.expect(seen)
            before = review.counted
            review.approve(by, now)
            await work.reviews.save(review)
            await work.review_reports.settle(review_id)
            await recount(work, review, before=before, at=now)
        return review.work_id


class RejectReview:
    """A member of staff finds that a review breaks a house rule: it is not shown, and its author sees why.
    Whoever decides must have seen its newest version. The reports about it are settled.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self, review_id: ReviewId, reason: RejectionReason, by: UserId, seen: int | None
    ) -> WorkId:
        """The work it speaks of. Raises `ReviewNotFound`, `StaleVersion`."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            review = await work.reviews.get(review_id)
            if seen is not None:
                review.expect(seen)
            before = review.counted
            review.reject(reason, by, now)
            await work.reviews.save(review)
            await work.review_reports.settle(review_id)
            await recount(work, review, before=before, at=now)
        return review.work_id
