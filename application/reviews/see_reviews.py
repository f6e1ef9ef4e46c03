"""Read what readers think."""

from application.reviews.views import ReviewDetail, ReviewPage, ReviewQuery, ReviewViews
from domain.reviews.errors import ReviewNotFound
from domain.reviews.state import ReviewState
from domain.shared.ids import BookId, ReviewId, UserId
from domain.users.principal import Principal, Role


class ListReviews:
    """Anybody may read the published reviews of a work; all its editions share them."""

    def __init__(self, views: ReviewViews) -> None:
        self._views = views

    async def __call__(self, query: ReviewQuery) -> ReviewPage:
        """Raises `BookNotFound`, and `InvalidInput` for a foreign cursor."""
        return await self._views.of_work(query)


class SeeReview:
    """Anybody may read a published review. Its author and staff see it in any state, with the reasons."""

    def __init__(self, views: ReviewViews) -> None:
        self._views = views

    async def __call__(self, book_id: BookId, review_id: ReviewId, who: Principal | None) -> ReviewDetail:
        """Raises `ReviewNotFound`."""
        review = await self._views.one(book_id, review_id, who.user_id if who else None)
        staff = who is not None and bool(who.roles & {Role.STAFF, Role.ADMIN})
        if review.state != ReviewState.PUBLISHED and not (review.yours or staff):
            raise ReviewNotFound
        return review


class SeeOwnReview:
    """A reader sees what she wrote about a work, published or not."""

    def __init__(self, views: ReviewViews) -> None:
        self._views = views

    async def __call__(self, book_id: BookId, reader: UserId) -> ReviewDetail:
        """Raises `ReviewNotFound` where she has written nothing."""
        return await self._views.own(book_id, reader)
