"""A reading circle, in memory and in PostgreSQL: readers, works, orders, and what they think of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.reviews import PostgresReviewViews
from adapters.postgres.statement import Statement
from adapters.security.vault import EnvelopeVault
from adapters.system.ids import TimeOrderedIds
from application.outbox.ports import WaitingEvent
from application.reviews.moderate import ApproveReview, RejectReview
from application.reviews.prove_purchases import AfterOrder, ProvePurchase
from application.reviews.report_review import ReportReview
from application.reviews.revise_review import ReviseReview
from application.reviews.views import ReviewDetail, ReviewQuery, ReviewSummary, ReviewViews
from application.reviews.vote import CastVote, TakeVoteBack
from application.reviews.withdraw_review import WithdrawReview
from application.reviews.write_review import WriteReview
from application.shared.unit_of_work import UnitOfWork
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.work import Work, WorkFacts
from domain.orders.order import Order
from domain.reviews.rating import StarCounts
from domain.reviews.state import RejectionReason, ReportReason
from domain.reviews.words import Words
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, OrderId, ReviewId, UserId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON, line, order, particulars, usd
from tests.fakes.review_views import InMemoryReviewViews
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork

STAFF = UserId(UUID(int=900))
_EVENTS = Statement("SELECT name FROM outbox WHERE aggregate_id = %(id)s ORDER BY id")
_isbns = count(1)


@dataclass
class Circle:
    """What can be done and seen."""

    unit_of_work: UnitOfWork
    views: ReviewViews
    database: Database | None
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))

    # -- people and books ----------------------------------------------------------------------------

    async def reader(self) -> UserId:
        """Somebody with an account, and so with a key for what she writes."""
        reader = UserId(uuid4())
        email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(reader, email, "Jane Fairfax", PasswordHash("unused"), NOON)
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return reader

    async def work(self) -> WorkId:
        work_id = WorkId(uuid4())
        async with self.unit_of_work() as work:
            await work.works.add(Work(id=work_id, facts=WorkFacts(title="Emma", authors=(str(work_id),))))
        return work_id

    async def book(self, work_id: WorkId | None = None, book_format: Format = Format.EBOOK) -> BookId:
        """An edition, of a work of its own unless one is named."""
        stem = f"9798{uuid4().int % 10**5:05d}{next(_isbns):03d}"
        book = Book.add(
            id=BookId(uuid4()),
            work_id=work_id or await self.work(),
            isbn=Isbn(stem + isbn13_check_digit(stem)),
            format=book_format,
            facts=EditionFacts(title="Emma"),
            price=usd(999),
            at=NOON,
        )
        async with self.unit_of_work() as work:
            await work.books.add(book)
        return book.id

    async def buys(self, reader: UserId, book: BookId, *, price: int = 999, copies: int = 1) -> Order:
        """Ordered and paid for."""
        bought = order(
            line(book, quantity=copies, price=price, digital=True), number=uuid4().int, user=reader
        )
        bought.confirm("pay_1", NOON)
        bought.capture(NOON)
        async with self.unit_of_work() as work:
            await work.orders.add(bought, particulars())
            await work.orders.save(bought)
        return bought

    async def after(self, order_id: OrderId) -> None:
        """The relay has come by."""
        prove = ProvePurchase(self.unit_of_work)
        told = WaitingEvent(1, "payment_captured", order_id, {}, NOON)
        assert await AfterOrder(self.unit_of_work, prove)(told)

    # -- reviewing -----------------------------------------------------------------------------------

    async def writes(
        self, reader: UserId, book: BookId, rating: int = 5, text: str | None = None, **words: str
    ) -> ReviewId:
        ids = TimeOrderedIds()
        return await WriteReview(self.unit_of_work, ids, self.clock)(
            reader, book, rating, Words(text=text, **words)
        )

    async def revises(
        self,
        reader: UserId,
        book: BookId,
        review: ReviewId,
        rating: int = 5,
        text: str | None = None,
        *,
        seen: int | None = None,
    ) -> None:
        await ReviseReview(self.unit_of_work, self.clock)(
            reader, book, review, rating=rating, words=Words(text=text), seen=seen
        )

    async def withdraws(
        self, reader: UserId, book: BookId, review: ReviewId, seen: int | None = None
    ) -> None:
        await WithdrawReview(self.unit_of_work, self.clock)(reader, book, review, seen)

    async def votes(self, reader: UserId, book: BookId, review: ReviewId) -> int:
        return await CastVote(self.unit_of_work, self.clock)(reader, book, review)

    async def takes_back(self, reader: UserId, book: BookId, review: ReviewId) -> int:
        return await TakeVoteBack(self.unit_of_work)(reader, book, review)

    async def reports(self, book: BookId, review: ReviewId, *readers: UserId) -> None:
        for reader in readers:
            await ReportReview(self.unit_of_work, self.clock)(reader, book, review, ReportReason.SPAM)

    async def approves(self, review: ReviewId, seen: int | None = None) -> None:
        await ApproveReview(self.unit_of_work, self.clock)(review, STAFF, seen)

    async def rejects(self, review: ReviewId, reason: RejectionReason = RejectionReason.SPAM) -> None:
        await RejectReview(self.unit_of_work, self.clock)(review, reason, STAFF, None)

    def time_passes(self, by: timedelta) -> None:
        self.clock.move(by)

    # -- seeing --------------------------------------------------------------------------------------

    async def sees(self, book: BookId, review: ReviewId, reader: UserId | None = None) -> ReviewDetail:
        return await self.views.one(book, review, reader)

    async def listed(self, book: BookId, **wanted: Any) -> list[ReviewSummary]:  # noqa: ANN401 - any filter
        return list((await self.views.of_work(ReviewQuery(book_id=book, **wanted))).items)

    async def stars(self, book: BookId) -> tuple[int, ...]:
        async with self.unit_of_work() as work:
            found = await work.work_ratings.of((await work.books.get(book)).work_id)
        return found.counts.in_order

    async def events(self, aggregate: UUID) -> list[str]:
        """The names of what was put into the outbox for it."""
        if self.database is not None:
            return [row.name for row in await self.database.all(_EVENTS, id=aggregate)]
        assert isinstance(self.unit_of_work, InMemoryUnitOfWork)
        return [e.name for e in self.unit_of_work.work.reviews.events if e.aggregate_id == aggregate]


def stars(**given: int) -> tuple[int, ...]:
    """`stars(fives=2)`"""
    return StarCounts(**given).in_order


@pytest.fixture
def circle(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Circle:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Circle(unit_of_work, InMemoryReviewViews(unit_of_work.work), None)
    database: Database = request.getfixturevalue("database")
    views = PostgresReviewViews(database, EnvelopeVault([b"k" * 32], b"i" * 32))
    return Circle(unit_of_work, views, database)
