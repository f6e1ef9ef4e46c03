"""/v1/reviews: what waits for staff, and what staff decides."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from application.reviews.moderate import ApproveReview, RejectReview, SeeHeld, SeeHistory
from application.reviews.views import LONGEST_PAGE, HeldPage
from application.shared.answers import about_work
from domain.shared.ids import ReviewId
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.books.versions import seen_version
from entrypoints.http.reviews.schemas import History, Rejection
from entrypoints.http.reviews.writing import IfMatch

Limit = Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")]
NextOfBefore = Annotated[str | None, QueryParameter(description="The `next` of the page before.")]


class ModerateReviews(Controller):
    """A decision names the version that was looked at: `If-Match: "<version>"`."""

    path = "/reviews"
    tags = ("Reviews",)

    @get("/held", description=SeeHeld.__doc__)
    async def held(
        self,
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        see_held: NamedDependency[SeeHeld],
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> HeldPage:
        """The queue."""
        return await see_held(limit, cursor)

    @get("/{review_id:uuid}/history", description=SeeHistory.__doc__)
    async def history(
        self,
        review_id: FromPath[UUID],
        staff: NamedDependency[Principal],  # noqa: ARG002 - as above
        see_history: NamedDependency[SeeHistory],
    ) -> History:
        """Its story."""
        return History(await see_history(ReviewId(review_id)))

    @post("/{review_id:uuid}/approve", status_code=204, description=ApproveReview.__doc__)
    async def approve(
        self,
        *,
        review_id: FromPath[UUID],
        staff: NamedDependency[Principal],
        approve_review: NamedDependency[ApproveReview],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> None:
        """Let it stand."""
        seen = seen_version(if_match, needed=True, what="review")
        work_id = await approve_review(ReviewId(review_id), staff.user_id, seen)
        await answers.changed(about_work(work_id))

    @post("/{review_id:uuid}/reject", status_code=204, description=RejectReview.__doc__)
    async def reject(
        self,
        *,
        review_id: FromPath[UUID],
        data: JSONBody[Rejection],
        staff: NamedDependency[Principal],
        reject_review: NamedDependency[RejectReview],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> None:
        """It breaks a house rule."""
        seen = seen_version(if_match, needed=True, what="review")
        work_id = await reject_review(ReviewId(review_id), data.reason, staff.user_id, seen)
        await answers.changed(about_work(work_id))
