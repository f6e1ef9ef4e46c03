"""The audit looks twice, reads what it is asked for, and names what it could not read."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from application.audit.audit_shop import AuditShop
from application.audit.check import Area
from application.audit.facts import (
    BookFacts,
    CouponFacts,
    OrderFacts,
    OutboxFacts,
    PointsAccountFacts,
    PointsFacts,
    ProviderLine,
    RatedWorkFacts,
    RequestFacts,
    ReviewFacts,
    StrayFacts,
)
from application.purchases.views import Receipt
from tests.builders import NOON
from tests.unit.audit.test_checks import BOOK, COMPLETED, COUPON, ORDER, OUTBOX, REQUEST, TOTAL
from tests.unit.audit.test_points_checks import ACCOUNT, POINTS
from tests.unit.audit.test_purchase_checks import BOUGHT, PAID_PURCHASE
from tests.unit.audit.test_review_checks import RATED, REVIEW

PAID = [
    ProviderLine(kind="authorise", order_id=str(ORDER), amount=TOTAL, currency="USD"),
    ProviderLine(kind="capture", order_id=str(ORDER), amount=TOTAL, currency="USD"),
    *PAID_PURCHASE,
]


class Noon:
    def now(self) -> datetime:
        return NOON


class Books:
    """The shop's books; each look turns to the next page of stock, and stays on the last."""

    def __init__(self, *stock: BookFacts) -> None:
        self.stock = list(stock or [BOOK])
        self.asked: list[str] = []

    async def books(self) -> AsyncIterator[BookFacts]:
        self.asked.append("books")
        yield self.stock.pop(0) if len(self.stock) > 1 else self.stock[0]

    async def orders(self, at: datetime) -> AsyncIterator[OrderFacts]:
        self.asked.append("orders")
        yield COMPLETED

    async def purchases(self) -> AsyncIterator[Receipt]:
        self.asked.append("purchases")
        yield BOUGHT

    async def coupons(self) -> AsyncIterator[CouponFacts]:
        self.asked.append("coupons")
        yield COUPON

    async def rated_works(self) -> AsyncIterator[RatedWorkFacts]:
        self.asked.append("rated works")
        yield RATED

    async def reviews(self) -> AsyncIterator[ReviewFacts]:
        self.asked.append("reviews")
        yield REVIEW

    async def points(self) -> PointsFacts:
        self.asked.append("points")
        return POINTS

    async def points_accounts(self) -> AsyncIterator[PointsAccountFacts]:
        yield ACCOUNT

    async def requests(self) -> AsyncIterator[RequestFacts]:
        self.asked.append("requests")
        yield REQUEST

    async def strays(self) -> AsyncIterator[StrayFacts]:
        for none in ():
            yield none

    async def outbox(self, at: datetime) -> OutboxFacts:
        return OUTBOX


class Provider:
    def __init__(self, lines: Sequence[ProviderLine] = PAID) -> None:
        self._lines = lines

    async def lines(self) -> Sequence[ProviderLine]:
        return self._lines


def auditor(books: Books, provider: Provider | None) -> AuditShop:
    return AuditShop(books, provider, Noon(), look_again_after=timedelta(0))


async def test_a_sound_shop_is_clean_and_every_check_looked() -> None:
    report = await auditor(Books(), Provider())()
    assert report.clean
    idle = {checked.check.name for checked in report.checks if not checked.looked_at}
    assert idle == {"nothing-without-its-order", "no-payment-of-nobody"}


async def test_what_is_wrong_only_for_a_moment_is_no_finding() -> None:
    assert (await auditor(Books(replace(BOOK, held=3), BOOK), Provider())()).clean


async def test_what_stays_wrong_is_named_with_its_row() -> None:
    report = await auditor(Books(replace(BOOK, held=3)), Provider())()
    (finding,) = report.found("held-by-holds")
    assert finding.subject == str(BOOK.book_id)
    assert "3 copies held" in finding.detail


async def test_money_of_an_order_that_is_nowhere_is_found() -> None:
    lost = ProviderLine(kind="authorise", order_id="lost", amount=1, currency="USD")
    report = await auditor(Books(), Provider([*PAID, lost]))()
    assert [finding.subject for finding in report.found("no-payment-of-nobody")] == ["lost"]


async def test_a_provider_that_shows_no_ledger_is_skipped_with_a_word() -> None:
    report = await auditor(Books(), None)()
    assert report.clean
    skipped = {checked.check.name for checked in report.checks if checked.skipped}
    assert skipped == {
        "provider-charged-once", "provider-let-go", "provider-agrees", "provider-agrees-on-purchases",
        "no-payment-of-nobody",
    }  # fmt: skip


async def test_only_what_is_asked_for_is_read() -> None:
    books = Books()
    report = await auditor(books, None)([Area.STOCK])
    assert {checked.check.area for checked in report.checks} == {Area.STOCK}
    assert books.asked == ["books", "orders"]
