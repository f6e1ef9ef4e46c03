"""Writing, changing and taking back a review, for its author; voting and reporting, for other readers."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from application.reviews.report_review import ReportReview
from application.reviews.revise_review import ReviseReview
from application.reviews.see_reviews import SeeReview
from application.reviews.views import ReviewDetail
from application.reviews.vote import CastVote, TakeVoteBack
from application.reviews.withdraw_review import WithdrawReview
from application.reviews.write_review import WriteReview
from application.shared.answers import about_work
from domain.shared.ids import BookId, ReviewId
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.books.versions import seen_version
from entrypoints.http.reviews.reading import page_of
from entrypoints.http.reviews.schemas import Helpful, Report, ReviewBody

IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", required=False, description="The ETag of the review as you read it."),
]


class WriteReviews(Controller):
    """Changes name the version they were made on; who saw an older one is told 412 and reads again."""

    path = "/books/{book_id:uuid}/reviews"
    tags = ("Reviews",)

    @post(description=WriteReview.__doc__)
    async def write(
        self,
        *,
        book_id: FromPath[UUID],
        data: JSONBody[ReviewBody],
        reader: NamedDependency[Principal],
        write_review: NamedDependency[WriteReview],
        see_review: NamedDependency[SeeReview],
        answers: NamedDependency[Answers],
    ) -> Response[ReviewDetail]:
        """My review; its `state` says whether it is published."""
        review_id = await write_review(reader.user_id, BookId(book_id), data.rating, data.words())
        review = await see_review(BookId(book_id), review_id, reader)
        await answers.changed(about_work(review.work_id))
        return page_of(review, status=201, Location=f"/v1/books/{book_id}/reviews/{review_id}")

    @put("/{review_id:uuid}", description=ReviseReview.__doc__)
    async def revise(
        self,
        *,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        data: JSONBody[ReviewBody],
        reader: NamedDependency[Principal],
        revise_review: NamedDependency[ReviseReview],
        see_review: NamedDependency[SeeReview],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> Response[ReviewDetail]:
        """Say everything anew: what is missing is not said any more."""
        await revise_review(
            reader.user_id,
            BookId(book_id),
            ReviewId(review_id),
            rating=data.rating,
            words=data.words(),
            seen=seen_version(if_match, needed=True, what="review"),
        )
        review = await see_review(BookId(book_id), ReviewId(review_id), reader)
        await answers.changed(about_work(review.work_id))
        return page_of(review)

    @delete("/{review_id:uuid}", description=WithdrawReview.__doc__)
    async def withdraw(
        self,
        *,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        withdraw_review: NamedDependency[WithdrawReview],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> None:
        """Take it back; If-Match is optional here."""
        seen = seen_version(if_match, needed=False, what="review")
        work_id = await withdraw_review(reader.user_id, BookId(book_id), ReviewId(review_id), seen)
        await answers.changed(about_work(work_id))

    @put("/{review_id:uuid}/vote", description=CastVote.__doc__)
    async def vote(
        self,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        cast_vote: NamedDependency[CastVote],
    ) -> Helpful:
        """It helped me."""
        return Helpful(await cast_vote(reader.user_id, BookId(book_id), ReviewId(review_id)))

    @delete("/{review_id:uuid}/vote", status_code=200, description=TakeVoteBack.__doc__)
    async def take_vote_back(
        self,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        take_vote_back: NamedDependency[TakeVoteBack],
    ) -> Helpful:
        """It did not help me."""
        return Helpful(await take_vote_back(reader.user_id, BookId(book_id), ReviewId(review_id)))

    @put("/{review_id:uuid}/report", status_code=204, description=ReportReview.__doc__)
    async def report(
        self,
        *,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        data: JSONBody[Report],
        reader: NamedDependency[Principal],
        report_review: NamedDependency[ReportReview],
        answers: NamedDependency[Answers],
    ) -> None:
        """A person should look at this."""
        work_id = await report_review(reader.user_id, BookId(book_id), ReviewId(review_id), data.reason)
        await answers.changed(about_work(work_id))
