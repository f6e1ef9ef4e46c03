"""Look whether the shop's books are true."""

import asyncio
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Final

from application.audit import money, orders, points, provider, purchases, reviews, stock
from application.audit.check import Area, Check, Checked, Report
from application.audit.facts import PaidOrder, ProviderFacts
from application.audit.ports import AuditRecords, ProviderLedger
from application.audit.provider import UnknownPayment
from application.audit.purchases import PurchaseInBooks
from domain.shared.clock import Clock

LOOK_AGAIN_AFTER: Final = timedelta(seconds=2)  # longer than any step between two ledgers takes
NOT_READABLE: Final = "this payment provider shows its ledger to nobody"
OF_ORDERS: Final = (*stock.OF_ORDERS, *orders.OF_ORDERS, *money.OF_ORDERS)


class AuditShop:
    """Whoever runs the shop may ask at any time whether stock, orders, money, purchases, reviews and points
    add up; nothing is changed.

    The shop goes on trading meanwhile, so something may be seen halfway between two ledgers. What is wrong
    counts only when a second look finds it still wrong.
    """

    def __init__(
        self,
        records: AuditRecords,
        provider_ledger: ProviderLedger | None,
        clock: Clock,
        look_again_after: timedelta = LOOK_AGAIN_AFTER,
    ) -> None:
        self._records = records
        self._provider_ledger = provider_ledger
        self._clock = clock
        self._look_again_after = look_again_after

    async def __call__(self, areas: Collection[Area] = tuple(Area)) -> Report:
        """Raises `DatabaseUnavailable` and `PaymentOutcomeUnknown` when it cannot look."""
        report = await self._look(areas)
        if report.clean:
            return report
        await asyncio.sleep(self._look_again_after.total_seconds())
        return (await self._look(areas)).also_in(report)

    async def _look(self, areas: Collection[Area]) -> Report:
        sheet = _Sheet(areas)
        await self._look_at_books(sheet)
        await self._look_at_orders(sheet)
        await self._look_at_reviews(sheet)
        await self._look_at_points(sheet)
        await self._look_at_the_rest(sheet)
        return sheet.report()

    async def _look_at_books(self, sheet: "_Sheet") -> None:
        if sheet.wants(stock.OF_BOOKS):
            async for book in self._records.books():
                sheet.see(stock.OF_BOOKS, book.book_id, book)

    async def _look_at_orders(self, sheet: "_Sheet") -> None:
        # The provider first: whatever it has done by now was done for an order that is already written.
        ledger = await self._provider(sheet)
        async for order in self._records.orders(self._clock.now()):
            sheet.see(OF_ORDERS, order.order_id, order)
            if ledger is not None:
                facts = ledger.pop(str(order.order_id), ProviderFacts())
                sheet.see(provider.OF_PAID_ORDERS, order.order_id, PaidOrder(order, facts))
        await self._look_at_purchases(sheet, ledger)
        for order_id, facts in (ledger or {}).items():
            sheet.see(provider.OF_UNKNOWN_PAYMENTS, order_id, UnknownPayment(order_id, facts))

    async def _look_at_purchases(self, sheet: "_Sheet", ledger: dict[str, ProviderFacts] | None) -> None:
        if ledger is None and not sheet.wants((*purchases.OF_PURCHASES, *purchases.OF_PAID_PURCHASES)):
            return
        async for receipt in self._records.purchases():
            purchase_id = receipt.purchase.id
            facts = None if ledger is None else ledger.pop(str(purchase_id), ProviderFacts())
            seen = PurchaseInBooks(receipt, facts, self._clock.now())
            sheet.see(purchases.OF_PURCHASES, purchase_id, seen)
            if facts is not None:
                sheet.see(purchases.OF_PAID_PURCHASES, purchase_id, seen)

    async def _provider(self, sheet: "_Sheet") -> dict[str, ProviderFacts] | None:
        checks = (
            *provider.OF_PAID_ORDERS,
            *purchases.OF_PAID_PURCHASES,
            *provider.OF_UNKNOWN_PAYMENTS,
        )
        if not sheet.wants(checks):
            return None
        if self._provider_ledger is None:
            sheet.skip(checks, NOT_READABLE)
            return None
        return provider.by_order(await self._provider_ledger.lines())

    async def _look_at_reviews(self, sheet: "_Sheet") -> None:
        if sheet.wants(reviews.OF_WORKS):
            async for work in self._records.rated_works():
                sheet.see(reviews.OF_WORKS, work.work_id, work)
            async for review in self._records.reviews():
                sheet.see(reviews.OF_REVIEWS, review.review_id, review)

    async def _look_at_points(self, sheet: "_Sheet") -> None:
        if sheet.wants(points.OF_POINTS):
            sheet.see(points.OF_POINTS, "points", await self._records.points())
            async for account in self._records.points_accounts():
                sheet.see(points.OF_ACCOUNTS, account.account_id, account)

    async def _look_at_the_rest(self, sheet: "_Sheet") -> None:
        if sheet.wants(money.OF_COUPONS):
            async for coupon in self._records.coupons():
                sheet.see(money.OF_COUPONS, coupon.code, coupon)
        if sheet.wants(orders.OF_REQUESTS):
            async for request in self._records.requests():
                sheet.see(orders.OF_REQUESTS, request.key, request)
            async for stray in self._records.strays():
                sheet.see(orders.OF_STRAYS, stray.order_id, stray)
            sheet.see(orders.OF_OUTBOX, "outbox", await self._records.outbox(self._clock.now()))


class _Sheet:
    """The checks of the chosen areas, filled in while looking."""

    def __init__(self, areas: Collection[Area]) -> None:
        every: tuple[Check[Any], ...] = (
            *stock.OF_BOOKS,
            *OF_ORDERS,
            *orders.OF_REQUESTS,
            *orders.OF_STRAYS,
            *orders.OF_OUTBOX,
            *money.OF_COUPONS,
            *provider.OF_PAID_ORDERS,
            *provider.OF_UNKNOWN_PAYMENTS,
            *purchases.OF_PURCHASES,
            *purchases.OF_PAID_PURCHASES,
            *reviews.OF_WORKS,
            *reviews.OF_REVIEWS,
            *points.OF_POINTS,
            *points.OF_ACCOUNTS,
        )
        self._checked = {check.name: Checked(check) for check in every if check.area in areas}

    def wants(self, checks: Iterable[Check[Any]]) -> bool:
        return any(check.name in self._checked for check in checks)

    def see(self, checks: Iterable[Check[Any]], subject: object, facts: object) -> None:
        for check in checks:
            if check.name in self._checked:
                self._checked[check.name].see(subject, facts)

    def skip(self, checks: Iterable[Check[Any]], why: str) -> None:
        for check in checks:
            if check.name in self._checked:
                self._checked[check.name].skipped = why

    def report(self) -> Report:
        return Report(
            tuple(sorted(self._checked.values(), key=lambda checked: list(Area).index(checked.check.area)))
        )
