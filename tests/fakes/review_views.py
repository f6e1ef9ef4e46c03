"""Reviews in memory as readers and staff see them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from application.reviews.views import (
    HeldPage,
    HeldReview,
    HistoryLine,
    ReviewDetail,
    ReviewPage,
    ReviewQuery,
    ReviewSort,
    ReviewSummary,
)
from domain.books.errors import BookNotFound
from domain.reviews.errors import ReviewNotFound
from domain.reviews.history import Deed
from domain.reviews.review import Review
from domain.reviews.state import ReviewState
from domain.reviews.words import Words
from domain.shared.ids import BookId, ReviewId, UserId
from tests.fakes.work import InMemoryWork


@dataclass(frozen=True)
class InMemoryReviewViews:
    """The `ReviewViews` port. Pages are the real one's concern: here everything is on one."""

    work: InMemoryWork

    async def of_work(self, query: ReviewQuery) -> ReviewPage:
        book = await self.work.books.get(query.book_id)
        if book.withdrawn_at is not None:
            raise BookNotFound("There is no such book in the catalogue.")
        found = [
            await self._summary(review)
            for review in self.work.reviews.all_standing()
            if review.work_id == book.work_id and review.state is ReviewState.PUBLISHED
        ]
        wanted = [
            review
            for review in found
            if query.rating in {None, review.rating} and (review.verified_purchase or not query.verified)
        ]
        return ReviewPage(
            book.work_id, sorted(wanted, key=lambda r: _place(query.sort, r), reverse=True), None
        )

    async def one(self, book_id: BookId, review_id: ReviewId, reader: UserId | None) -> ReviewDetail:
        book = await self.work.books.get(book_id)
        review = self.work.reviews.standing(review_id)
        if review.work_id != book.work_id:
            raise ReviewNotFound
        return await self._detail(review, reader)

    async def own(self, book_id: BookId, reader: UserId) -> ReviewDetail:
        review = await self.work.reviews.of((await self.work.books.get(book_id)).work_id, reader)
        if review is None:
            raise ReviewNotFound
        return await self._detail(review, reader)

    async def held(self, limit: int, cursor: str | None) -> HeldPage:
        waiting = [r for r in self.work.reviews.all_standing() if r.state is ReviewState.HELD]
        return HeldPage([await self._held(r) for r in sorted(waiting, key=lambda r: r.id)], None)

    async def history(self, review_id: ReviewId) -> Sequence[HistoryLine]:
        found = [entry for of, entry in self.work.reviews.history if of == review_id]
        if not found:
            raise ReviewNotFound
        lines = []
        for entry in found:
            spoke = entry.deed in {Deed.WRITTEN, Deed.REVISED}
            said = self.work.reviews.said.get((review_id, entry.revision)) if spoke else None
            rating, words = said or (None, Words())
            lines.append(
                HistoryLine(
                    at=entry.at,
                    deed=entry.deed.value,
                    by=entry.by,
                    state=entry.state.value,
                    reasons=list(entry.reasons),
                    rating=rating,
                    **asdict(words),
                )
            )
        return lines

    async def _summary(self, review: Review) -> ReviewSummary:
        return ReviewSummary(
            review_id=review.id,
            rating=review.rating,
            **asdict(review.words),
            verified_purchase=await self._verified(review),
            helpful=self.work.reviews.helpful(review.id),
            written_at=review.written_at,
            revised_at=review.revised_at,
        )

    async def _detail(self, review: Review, reader: UserId | None) -> ReviewDetail:
        return ReviewDetail(
            **asdict(await self._summary(review)),
            work_id=review.work_id,
            version=review.version,
            state=review.state.value,
            reasons=list(review.reasons),
            yours=review.reader == reader,
        )

    async def _held(self, review: Review) -> HeldReview:
        return HeldReview(
            review_id=review.id,
            version=review.version,
            work_id=review.work_id,
            work_title=(await self.work.works.get(review.work_id)).facts.title,
            reader_id=review.reader,
            rating=review.rating,
            **asdict(review.words),
            verified_purchase=await self._verified(review),
            reasons=list(review.reasons),
            reports=dict(self.work.reviews.open_reports(review.id)),
            written_at=review.written_at,
            revised_at=review.revised_at,
        )

    async def _verified(self, review: Review) -> bool:
        """The relay marks reviews when orders say so; here the orders are asked."""
        return await self.work.proofs.proof(review.reader, review.work_id) is not None


def _place(sort: ReviewSort, review: ReviewSummary) -> tuple[int, ReviewId]:
    match sort:
        case ReviewSort.HELPFUL:
            return review.helpful, review.review_id
        case ReviewSort.RATING:
            return review.rating, review.review_id
        case ReviewSort.NEWEST:
            return 0, review.review_id
