"""What the auditor looks at. Reads only; a shop with many orders is read in pages, each a snapshot."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.points import ACCOUNTS, TOTALS
from adapters.postgres.queries.purchases import receipts
from adapters.postgres.queries.review_audit import RATED_WORKS, REVIEWS
from adapters.postgres.statement import Statement
from application.audit.facts import (
    BookFacts,
    CouponFacts,
    EntryFacts,
    HoldFacts,
    OrderFacts,
    OutboxFacts,
    PointsAccountFacts,
    PointsFacts,
    RatedWorkFacts,
    RefundFacts,
    RequestFacts,
    ReviewFacts,
    StrayFacts,
)
from application.purchases.views import Receipt
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus

PAGE: Final = 1_000  # orders or reviews: a few megabytes
_FIRST: Final = UUID(int=0)

_BOOKS: Final = Statement("""
SELECT book_id, coalesce(s.on_hand, 0) AS on_hand, coalesce(s.held, 0) AS held,
       coalesce(m.on_hand, 0)::int AS moved_on_hand, coalesce(m.held, 0)::int AS moved_held,
       coalesce(h.copies, 0)::int AS in_open_holds
FROM stock s
FULL JOIN (SELECT book_id, sum(on_hand) AS on_hand, sum(held) AS held
           FROM stock_movements GROUP BY book_id) m USING (book_id)
FULL JOIN (SELECT book_id, sum(quantity) AS copies
           FROM holds WHERE state IN ('held', 'committed') GROUP BY book_id) h USING (book_id)
ORDER BY book_id
""")
_ORDERS: Final = Statement("""
SELECT o.*,
    o.shipping + o.shipping_tax + coalesce((
        SELECT sum(quantity * unit_price - discount + tax) FROM order_lines WHERE order_id = o.id
    ), 0)::bigint AS parts,
    (SELECT coalesce(jsonb_object_agg(book_id, copies), '{}') FROM (
        SELECT book_id, sum(quantity) AS copies FROM order_lines
        WHERE order_id = o.id AND NOT digital GROUP BY book_id
    ) AS printed) AS copies,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('book_id', book_id, 'quantity', quantity,
        'state', state, 'expires_at', expires_at)), '[]') FROM holds WHERE order_id = o.id) AS holds,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('operation', operation, 'result', result,
        'amount', amount)), '[]') FROM payment_entries WHERE order_id = o.id) AS entries,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'status', status)), '[]')
        FROM refunds WHERE order_id = o.id) AS refunds,
    EXISTS (SELECT FROM coupon_redemptions WHERE order_id = o.id AND NOT released) AS coupon_in_use
FROM (
    SELECT id, status, payment_status, fulfilment_status, currency, total, shipping, shipping_tax, coupon,
           needs_attention, placed_at
    FROM orders WHERE id > %(after)s ORDER BY id LIMIT %(limit)s
) AS o ORDER BY o.id
""")
_COUPONS: Final = Statement("""
SELECT c.code, c.used, count(r.order_id)::int AS in_use
FROM coupons c LEFT JOIN coupon_redemptions r ON r.code = c.code AND NOT r.released
GROUP BY c.code ORDER BY c.code
""")
_REQUESTS: Final = Statement("""
SELECT k.user_id, k.key, k.subject_id, o.id IS NOT NULL AS order_exists,
       count(*) OVER (PARTITION BY k.subject_id) AS keys_of_order,
       (convert_from(k.body, 'UTF8')::jsonb ->> 'order_id')::uuid AS answered_order
FROM idempotency_keys k LEFT JOIN orders o ON o.id = k.subject_id
WHERE k.route = 'POST /v1/checkout' ORDER BY k.created_at
""")
_STRAYS: Final = Statement("""
SELECT kept.name, kept.order_id FROM (
    SELECT 'holds' AS name, order_id FROM holds
    UNION SELECT 'stock_movements', order_id FROM stock_movements WHERE order_id IS NOT NULL
    UNION SELECT 'payment_entries', order_id FROM payment_entries
    UNION SELECT 'coupon_redemptions', order_id FROM coupon_redemptions
) AS kept WHERE NOT EXISTS (SELECT FROM orders WHERE id = kept.order_id)
""")
_OUTBOX: Final = Statement("""
SELECT count(*) AS waiting, min(occurred_at) AS since FROM outbox WHERE published_at IS NULL
""")


class PostgresAuditRecords:
    """The `AuditRecords` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def books(self) -> AsyncIterator[BookFacts]:
        """Counters, ledger and holds in one snapshot."""
        for row in await self._database.all(_BOOKS):
            yield BookFacts(**row._asdict())

    async def orders(self, at: datetime) -> AsyncIterator[OrderFacts]:
        """In pages, along the primary key."""
        after = _FIRST
        while rows := await self._database.all(_ORDERS, after=after, limit=PAGE):
            for row in rows:
                yield _order(row, at)
            after = rows[-1].id

    async def purchases(self) -> AsyncIterator[Receipt]:
        """In pages, along the primary key."""
        async for receipt in receipts(self._database, PAGE):
            yield receipt

    async def coupons(self) -> AsyncIterator[CouponFacts]:
        """All at once: there are few."""
        for row in await self._database.all(_COUPONS):
            yield CouponFacts(code=row.code, used=row.used, in_use=row.in_use)

    async def rated_works(self) -> AsyncIterator[RatedWorkFacts]:
        """Summaries, reviews and editions in one snapshot."""
        for row in await self._database.all(RATED_WORKS):
            yield RatedWorkFacts(
                work_id=row.work_id,
                kept=tuple(row.kept),
                given=tuple(row.given),
                editions_astray=row.editions_astray,
            )

    async def reviews(self) -> AsyncIterator[ReviewFacts]:
        """In pages, along the primary key."""
        after = _FIRST
        while rows := await self._database.all(REVIEWS, after=after, limit=PAGE):
            for row in rows:
                facts = row._asdict()
                yield ReviewFacts(review_id=facts.pop("id"), **facts)
            after = rows[-1].id

    async def points(self) -> PointsFacts:
        """All points in one snapshot."""
        (row,) = await self._database.all(TOTALS)
        return PointsFacts(
            minted=row.minted, burned=row.burned, held=row.held, unbalanced=tuple(row.unbalanced)
        )

    async def points_accounts(self) -> AsyncIterator[PointsAccountFacts]:
        """In pages, along the primary key; the nil id is nobody's."""
        after = _FIRST
        while rows := await self._database.all(ACCOUNTS, after=after, limit=PAGE):
            for row in rows:
                yield PointsAccountFacts(**row._asdict())
            after = rows[-1].account_id

    async def requests(self) -> AsyncIterator[RequestFacts]:
        """Requests of the front door."""
        for row in await self._database.all(_REQUESTS):
            yield RequestFacts(
                key=f"{row.user_id} {row.key}",
                order_id=row.subject_id,
                order_exists=row.order_exists,
                keys_of_order=row.keys_of_order,
                answered_order=row.answered_order,
            )

    async def strays(self) -> AsyncIterator[StrayFacts]:
        """One for each table and order."""
        for row in await self._database.all(_STRAYS):
            yield StrayFacts(row.name, row.order_id)

    async def outbox(self, at: datetime) -> OutboxFacts:
        """The backlog."""
        row = await self._database.one(_OUTBOX)
        waiting, since = (row.waiting, row.since) if row else (0, None)
        return OutboxFacts(waiting, at - since if since else timedelta(0))


def _order(row: Row, at: datetime) -> OrderFacts:
    return OrderFacts(
        order_id=row.id,
        status=OrderStatus(row.status),
        payment=PaymentStatus(row.payment_status),
        fulfilment=FulfilmentStatus(row.fulfilment_status),
        currency=row.currency,
        total=row.total,
        parts=row.parts,
        coupon=row.coupon,
        coupon_in_use=row.coupon_in_use,
        needs_attention=row.needs_attention,
        placed_at=row.placed_at,
        read_at=at,
        copies=msgspec.convert(row.copies, Mapping[UUID, int]),
        holds=msgspec.convert(row.holds, tuple[HoldFacts, ...]),
        entries=msgspec.convert(row.entries, tuple[EntryFacts, ...]),
        refunds=msgspec.convert(row.refunds, tuple[RefundFacts, ...]),
    )
