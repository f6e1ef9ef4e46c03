"""Reviews in memory, with votes, reports and summaries, proven equal to the real by the contract suite."""

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from domain.orders.refund import RefundStatus
from domain.orders.status import PaymentStatus
from domain.reviews.errors import ReviewNotFound
from domain.reviews.history import Deed, HistoryEntry
from domain.reviews.review import Review
from domain.reviews.state import ReportReason, ReviewState
from domain.reviews.words import Words
from domain.reviews.work_rating import WorkRating
from domain.shared.events import DomainEvent
from domain.shared.ids import OrderId, ReviewId, UserId, WorkId
from tests.fakes.books import InMemoryBooks
from tests.fakes.orders import InMemoryOrders

KEPT_MONEY = {PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED}


@dataclass
class Report:
    """What a reader thinks is wrong with a revision."""

    revision: int
    reason: ReportReason
    at: datetime
    settled: bool = False


class InMemoryReviews:
    """The `Reviews` port; what belongs to it is kept here as well."""

    def __init__(self) -> None:
        self.kept: dict[ReviewId, Review] = {}
        self.said: dict[tuple[ReviewId, int], tuple[int, Words]] = {}
        self.history: list[tuple[ReviewId, HistoryEntry]] = []
        self.votes: dict[ReviewId, set[UserId]] = {}
        self.reports: dict[tuple[ReviewId, UserId], Report] = {}
        self.ratings: dict[WorkId, WorkRating] = {}
        self.events: list[DomainEvent] = []

    def __deepcopy__(self, memo: object) -> "InMemoryReviews":
        return self  # others speak to this very one, before and after something was undone

    async def writings_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        writings = {Deed.WRITTEN, Deed.REVISED}
        return [e.at for _, e in self.history if e.by == reader and e.deed in writings and e.at > since]

    async def get(self, review_id: ReviewId) -> Review:
        return deepcopy(self.standing(review_id))

    async def read(self, review_id: ReviewId) -> Review:
        return await self.get(review_id)

    async def of(self, work_id: WorkId, reader: UserId) -> Review | None:
        for review in self.all_standing():
            if (review.work_id, review.reader) == (work_id, reader):
                return deepcopy(review)
        return None

    async def rejected(self, work_id: WorkId, reader: UserId) -> bool:
        mine = {r.id for r in self.kept.values() if (r.work_id, r.reader) == (work_id, reader)}
        return any(review_id in mine and entry.deed is Deed.REJECTED for review_id, entry in self.history)

    async def alike(self, likeness: str, but: ReviewId) -> bool:
        return any(
            words.likeness == likeness for (review_id, _), (_, words) in self.said.items() if review_id != but
        )

    async def add(self, review: Review) -> None:
        self._keep(review)

    async def save(self, review: Review) -> None:
        review.version += 1 if review.has_history else 0
        self._keep(review)
        if review.state is ReviewState.WITHDRAWN:
            self.said = {key: said for key, said in self.said.items() if key[0] != review.id}
            self.reports = {key: report for key, report in self.reports.items() if key[0] != review.id}
            self.votes.pop(review.id, None)

    def all_standing(self) -> list[Review]:
        return [review for review in self.kept.values() if review.state is not ReviewState.WITHDRAWN]

    def standing(self, review_id: ReviewId) -> Review:
        review = self.kept.get(review_id)
        if review is None or review.state is ReviewState.WITHDRAWN:
            raise ReviewNotFound
        return review

    def helpful(self, review_id: ReviewId) -> int:
        return len(self.votes.get(review_id, ()))

    def open_reports(self, review_id: ReviewId) -> Counter[str]:
        return Counter(
            r.reason.value for (of, _), r in self.reports.items() if of == review_id and not r.settled
        )

    def _keep(self, review: Review) -> None:
        for entry in review.drain_history():
            self.history.append((review.id, entry))
            if entry.deed in {Deed.WRITTEN, Deed.REVISED}:
                self.said[review.id, review.revision] = (review.rating, review.words)
        self.events += review.drain_events()
        self.kept[review.id] = deepcopy(review)


@dataclass(frozen=True)
class InMemoryWorkRatings:
    """The `WorkRatings` port."""

    reviews: InMemoryReviews

    async def of(self, work_id: WorkId) -> WorkRating:
        return deepcopy(self.reviews.ratings.get(work_id) or WorkRating(work_id=work_id))

    async def save(self, rating: WorkRating) -> None:
        self.reviews.events += rating.drain_events()
        self.reviews.ratings[rating.work_id] = deepcopy(rating)


@dataclass(frozen=True)
class InMemoryReviewVotes:
    """The `ReviewVotes` port."""

    reviews: InMemoryReviews

    async def cast(self, review_id: ReviewId, reader: UserId, at: datetime) -> int:
        self.reviews.votes.setdefault(review_id, set()).add(reader)
        return self.reviews.helpful(review_id)

    async def take_back(self, review_id: ReviewId, reader: UserId) -> int:
        self.reviews.votes.setdefault(review_id, set()).discard(reader)
        return self.reviews.helpful(review_id)


@dataclass(frozen=True)
class InMemoryReviewReports:
    """The `ReviewReports` port."""

    reviews: InMemoryReviews

    async def made_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        return [r.at for (_, who), r in self.reviews.reports.items() if who == reader and r.at > since]

    async def file(self, review: Review, reader: UserId, reason: ReportReason, at: datetime) -> int:
        known = self.reviews.reports.get((review.id, reader))
        if known is None or known.revision < review.revision:
            self.reviews.reports[review.id, reader] = Report(review.revision, reason, at)
        return self.reviews.open_reports(review.id).total()

    async def settle(self, review_id: ReviewId) -> None:
        for (of, _), report in self.reviews.reports.items():
            report.settled = report.settled or of == review_id


@dataclass(frozen=True)
class InMemoryProofs:
    """The `ProofsOfPurchase` port over the very orders that use cases write to."""

    orders: InMemoryOrders
    books: InMemoryBooks
    reviews: InMemoryReviews

    async def proof(self, reader: UserId, work_id: WorkId) -> OrderId | None:
        proofs = [order_id for order_id in self.orders.of(reader) if await self._proves(order_id, work_id)]
        return max(proofs, default=None)

    async def concerned(self, order_id: OrderId) -> Sequence[ReviewId]:
        order = await self.orders.get(order_id)
        works = {(await self.books.get(line.book_id)).work_id for line in order.lines}
        found = [
            review
            for review in self.reviews.all_standing()
            if review.purchase == order_id or (review.reader == order.user_id and review.work_id in works)
        ]
        return [review.id for review in sorted(found, key=lambda review: review.work_id)]

    async def _proves(self, order_id: OrderId, work_id: WorkId) -> bool:
        order = await self.orders.get(order_id)
        if order.payment not in KEPT_MONEY:
            return False
        for line in order.lines:
            if (await self.books.get(line.book_id)).work_id != work_id:
                continue
            paid = sum(one.total.amount for one in order.lines if one.book_id == line.book_id)
            back = sum(
                share.amount.amount
                for refund in order.refunds
                if refund.status is RefundStatus.SUCCEEDED
                for share in refund.lines
                if share.book_id == line.book_id
            )
            if back < max(paid, 1):
                return True
        return False
