"""What one person does with reviews, in memory and over the API."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from application.reviews.views import ReviewQuery, ReviewSort
from domain.reviews.state import RejectionReason, ReportReason
from domain.shared.ids import BookId, ReviewId
from entrypoints.http.reviews.schemas import ReviewBody
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told

NEWEST = {"Cache-Control": "no-cache"}


class ReviewsInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any
    _staff: Any

    async def review(self, book: UUID, words: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            body = said(words, ReviewBody)
            await self._use.write_review()(me.user_id, BookId(book), body.rating, body.words())
            return told(await self._use.see_own_review()(BookId(book), me.user_id))

    async def own_review(self, book: UUID) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.see_own_review()(BookId(book), me.user_id))

    async def revise_review(self, book: UUID, review: str, words: Mapping[str, Any]) -> None:
        async with self._signed_in() as me:
            body = said(words, ReviewBody)
            await self._use.revise_review()(
                me.user_id, BookId(book), _id(review), rating=body.rating, words=body.words(), seen=None
            )

    async def withdraw_review(self, book: UUID, review: str) -> None:
        async with self._signed_in() as me:
            await self._use.withdraw_review()(me.user_id, BookId(book), _id(review), None)

    async def reviews(self, book: UUID, sort: str = "newest") -> Sequence[Told]:
        query = ReviewQuery(book_id=BookId(book), sort=ReviewSort(sort))
        return told((await self._use.list_reviews()(query)).items)

    async def find_helpful(self, book: UUID, review: str) -> None:
        async with self._signed_in() as me:
            await self._use.cast_vote()(me.user_id, BookId(book), _id(review))

    async def report_review(self, book: UUID, review: str, reason: str) -> None:
        async with self._signed_in() as me:
            await self._use.report_review()(me.user_id, BookId(book), _id(review), ReportReason(reason))

    async def held_reviews(self) -> Sequence[Told]:
        async with self._staff():
            return told((await self._use.see_held()(100, None)).items)

    async def review_history(self, review: str) -> Sequence[Told]:
        async with self._staff():
            return told(await self._use.see_history()(_id(review)))

    async def decide_review(self, review: str, version: int, reason: str | None) -> None:
        async with self._staff(), self._signed_in() as me:
            if reason is None:
                await self._use.approve_review()(_id(review), me.user_id, version)
            else:
                rejection = RejectionReason(reason)
                await self._use.reject_review()(_id(review), rejection, me.user_id, version)


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class ReviewsOverHttp:
    """The same over the API."""

    async def review(self: AsksTheShop, book: UUID, words: Mapping[str, Any]) -> Told:
        return await self._ask("POST", f"/v1/books/{book}/reviews", words)

    async def own_review(self: AsksTheShop, book: UUID) -> Told:
        return await self._ask("GET", f"/v1/books/{book}/reviews/mine")

    async def revise_review(self: AsksTheShop, book: UUID, review: str, words: Mapping[str, Any]) -> None:
        await self._ask("PUT", f"/v1/books/{book}/reviews/{review}", words, **{"If-Match": "*"})

    async def withdraw_review(self: AsksTheShop, book: UUID, review: str) -> None:
        await self._ask("DELETE", f"/v1/books/{book}/reviews/{review}")

    async def reviews(self: AsksTheShop, book: UUID, sort: str = "newest") -> Sequence[Told]:
        found = await self._ask("GET", f"/v1/books/{book}/reviews?limit=100&sort={sort}", **NEWEST)
        items: Sequence[Told] = found["items"]
        return items

    async def find_helpful(self: AsksTheShop, book: UUID, review: str) -> None:
        await self._ask("PUT", f"/v1/books/{book}/reviews/{review}/vote")

    async def report_review(self: AsksTheShop, book: UUID, review: str, reason: str) -> None:
        await self._ask("PUT", f"/v1/books/{book}/reviews/{review}/report", {"reason": reason})

    async def held_reviews(self: AsksTheShop) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", "/v1/reviews/held?limit=100"))["items"]
        return items

    async def review_history(self: AsksTheShop, review: str) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", f"/v1/reviews/{review}/history"))["items"]
        return items

    async def decide_review(self: AsksTheShop, review: str, version: int, reason: str | None) -> None:
        seen = {"If-Match": f'"{version}"'}
        if reason is None:
            await self._ask("POST", f"/v1/reviews/{review}/approve", **seen)
        else:
            await self._ask("POST", f"/v1/reviews/{review}/reject", {"reason": reason}, **seen)


def _id(review: str) -> ReviewId:
    return ReviewId(UUID(review))
