"""GET /v1/books/{book_id}/reviews and what is below it: open to everybody."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter

from application.reviews.see_reviews import ListReviews, SeeOwnReview, SeeReview
from application.reviews.views import LONGEST_PAGE, ReviewDetail, ReviewQuery, ReviewSort
from application.shared.answers import Answer, Life, about_work
from domain.reviews.rating import STARS
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, ReviewId
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import fingerprint
from entrypoints.http.answers.ready import answer_at_once, answered
from entrypoints.http.books.versions import version_tag
from entrypoints.http.reviews.schemas import ReviewList

_PARAMETERS: Final = frozenset(ReviewQuery.__dataclass_fields__) - {"book_id"}
# Not shared: what is sealed in the database lies open nowhere else but in memory.
LIFE: Final = Life(fresh=1.0)
_encode: Final = msgspec.json.Encoder().encode


async def provide_review_query(
    *,
    request: Request[Any, Any, Any],
    book_id: FromPath[UUID],
    rating: Annotated[
        int | None, QueryParameter(ge=STARS.start, le=STARS.stop - 1, description="Only with so many stars.")
    ] = None,
    verified: Annotated[bool, QueryParameter(description="Only of readers who bought it here.")] = False,
    sort: FromQuery[ReviewSort] = ReviewSort.NEWEST,
    limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")] = 20,
    cursor: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> ReviewQuery:
    """What the visitor asks for; a misspelt filter is told, not passed over."""
    for name in request.query_params:
        if name not in _PARAMETERS:
            raise InvalidInput(name, f"There is no such filter; use {', '.join(sorted(_PARAMETERS))}.")
    return ReviewQuery(
        book_id=BookId(book_id), rating=rating, verified=verified, sort=sort, limit=limit, cursor=cursor
    )


class ReadReviews(Controller):
    """Lists are as fresh as the page of the book; send `Cache-Control: no-cache` for the very newest."""

    path = "/books/{book_id:uuid}/reviews"
    tags = ("Reviews",)

    @get(
        description=ListReviews.__doc__,
        before_request=answer_at_once,
        dependencies={"review_query": Provide(provide_review_query)},
    )
    async def list_reviews(
        self,
        request: Request[Any, Any, Any],
        review_query: NamedDependency[ReviewQuery],
        list_reviews: NamedDependency[ListReviews],
        answers: NamedDependency[Answers],
    ) -> Response[ReviewList]:
        """What readers think of the work, a page at a time."""

        async def ask() -> Answer:
            page = await list_reviews(review_query)
            body = _encode(ReviewList(page.items, page.next))
            return Answer(body, f'"{fingerprint(body)}"', frozenset({about_work(page.work_id)}))

        return await answered(request, answers, ask, LIFE)

    @get("/mine", description=SeeOwnReview.__doc__)
    async def see_own(
        self,
        book_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_own_review: NamedDependency[SeeOwnReview],
    ) -> Response[ReviewDetail]:
        """My review of the work, with the ETag that changes need."""
        return page_of(await see_own_review(BookId(book_id), reader.user_id))

    @get("/{review_id:uuid}", description=SeeReview.__doc__)
    async def see(
        self,
        book_id: FromPath[UUID],
        review_id: FromPath[UUID],
        visitor: NamedDependency[Principal | None],
        see_review: NamedDependency[SeeReview],
    ) -> Response[ReviewDetail]:
        """One review."""
        return page_of(await see_review(BookId(book_id), ReviewId(review_id), visitor))


def page_of(review: ReviewDetail, status: int = 200, **headers: str) -> Response[Any]:
    """A review with its tag. What its author sees is nobody else's."""
    body = _encode(review)
    told = {"ETag": version_tag(review.version, body), "Cache-Control": "private, no-cache", **headers}
    return Response(body, status_code=status, media_type="application/json", headers=told)
