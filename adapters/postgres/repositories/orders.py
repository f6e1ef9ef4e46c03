"""Orders in PostgreSQL. The address and the payment token are sealed with the reader's own key."""

from typing import Final, Protocol

import msgspec
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import bindparam, select, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import event_columns, write_events
from adapters.postgres.repositories.order_rows import (
    line_columns,
    order_from,
    order_row,
    refund_row,
    story_columns,
)
from adapters.postgres.repositories.subject_keys import erased, insert_for_reader
from adapters.postgres.statement import Statement
from adapters.postgres.tables.orders import order_lines, orders, refunds
from domain.orders.errors import OrderNotFound
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.shared.address import PostalAddress
from domain.shared.errors import StaleVersion
from domain.shared.ids import OrderId, UserId
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey

# A new order is one statement: at the front door every round trip is paid by every buyer.
_ADD: Final = Statement(
    f"""
WITH placed AS ({Statement(insert_for_reader(orders)).text}),
bought AS (
    INSERT INTO order_lines
        (order_id, position, book_id, isbn, title, format, quantity, unit_price, discount, tax, digital)
    SELECT %(id)s, * FROM unnest(%(position)s::smallint[], %(book_id)s::uuid[], %(isbn)s::text[],
        %(title)s::text[], %(format)s::text[], %(quantity)s::int[], %(unit_price)s::bigint[],
        %(discount)s::bigint[], %(tax)s::bigint[], %(digital)s::boolean[])
),
told AS (
    INSERT INTO order_timeline (order_id, at, kind, text)
    SELECT %(id)s, * FROM unnest(%(at)s::timestamptz[], %(kind)s::text[], %(text)s::text[])
)
INSERT INTO outbox (aggregate_id, name, payload, occurred_at)
SELECT %(id)s, * FROM unnest(%(name)s::text[], %(payload)s::jsonb[], %(occurred_at)s::timestamptz[])
"""  # noqa: S608 - put together from the table's own columns, nothing from outside
)
_LOAD: Final = Statement(select(orders).where(orders.c.id == bindparam("of_id")).with_for_update())
_LINES: Final = Statement(
    select(order_lines).where(order_lines.c.order_id == bindparam("of_id")).order_by(order_lines.c.position)
)
_REFUNDS: Final = Statement(
    select(refunds).where(refunds.c.order_id == bindparam("of_id")).order_by(refunds.c.id)
)
_PRIVATE: Final = Statement(
    select(orders.c.user_id, orders.c.sealed_address, orders.c.sealed_token).where(
        orders.c.id == bindparam("of_id")
    )
)
_OWNER: Final = Statement(select(orders.c.user_id).where(orders.c.id == bindparam("of_id")))
_MUTABLE: Final = (
    "status",
    "payment_status",
    "fulfilment_status",
    "payment_reference",
    "action_url",
    "tracking_number",
    "needs_attention",
    "ended_because",
)
_SAVE: Final = Statement(
    update(orders)
    .where(orders.c.id == bindparam("of_id"), orders.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": orders.c.version + 1})
)
_TELL: Final = Statement("""
INSERT INTO order_timeline (order_id, at, kind, text)
SELECT %(order_id)s, * FROM unnest(%(at)s::timestamptz[], %(kind)s::text[], %(text)s::text[])
""")
_KEEP_REFUND: Final = Statement("""
INSERT INTO refunds (id, order_id, key, amount, lines, reason, requested_at, status)
VALUES (%(id)s, %(order_id)s, %(key)s, %(amount)s, %(lines)s, %(reason)s, %(requested_at)s, %(status)s)
ON CONFLICT (id) DO UPDATE SET status = excluded.status
""")


class SubjectKeys(Protocol):
    """Finds the key that seals a reader's personal data."""

    async def of(self, user_id: UserId) -> WrappedKey:
        """The wrapped key; raises when the reader was erased."""
        ...


class PostgresOrders:
    """The `Orders` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, order: Order, particulars: Particulars) -> None:
        """Insert the order, its lines, its first sentence and its first event."""
        key = await self._keys.of(order.user_id)
        address = None
        if particulars.address is not None:
            text = msgspec.json.encode(particulars.address).decode()
            address = self._vault.seal(key, _place(order.id, "address"), text)
        token = self._vault.seal(key, _place(order.id, "token"), particulars.payment_token)
        try:
            await self._connection.run(
                _ADD,
                **order_row(order),
                **line_columns(order.lines),
                **story_columns(order.drain_story()),
                **event_columns(order.drain_events()),
                sealed_address=address,
                sealed_token=token,
            )
        except ForeignKeyViolation as nobody:  # lines of an order that was not taken
            raise erased() from nobody

    async def get(self, order_id: OrderId) -> Order:
        """Load and lock: the steps of one order come one after the other."""
        row = await self._connection.one(_LOAD, of_id=order_id)
        if row is None:
            raise OrderNotFound("There is no such order.")
        lines = await self._connection.all(_LINES, of_id=order_id)
        given_back = await self._connection.all(_REFUNDS, of_id=order_id)
        return order_from(row, lines, given_back)

    async def save(self, order: Order) -> None:
        """Write what may change, the new sentences, refunds and events."""
        changed = await self._connection.run(
            _SAVE,
            of_id=order.id,
            read_version=order.version,
            new_status=order.status.value,
            new_payment_status=order.payment.value,
            new_fulfilment_status=order.fulfilment.value,
            new_payment_reference=order.payment_reference,
            new_action_url=order.action_url,
            new_tracking_number=order.tracking_number,
            new_needs_attention=order.needs_attention,
            new_ended_because=order.ended_because,
        )
        if changed == 0:
            raise StaleVersion("The order changed since it was read; read it again.")
        order.version += 1
        for refund in order.refunds:
            await self._connection.run(_KEEP_REFUND, **refund_row(refund))
        await self._tell_and_publish(order)

    async def owner(self, order_id: OrderId) -> UserId:
        """Whose it is."""
        row = await self._connection.one(_OWNER, of_id=order_id)
        if row is None:
            raise OrderNotFound("There is no such order.")
        return UserId(row.user_id)

    async def particulars(self, order_id: OrderId) -> Particulars:
        """Open the sealed part."""
        row = await self._connection.one(_PRIVATE, of_id=order_id)
        if row is None:
            raise OrderNotFound("There is no such order.")
        key = await self._keys.of(row.user_id)
        address = None
        if row.sealed_address is not None:
            text = self._vault.open(key, _place(order_id, "address"), Sealed(row.sealed_address))
            address = msgspec.json.decode(text, type=PostalAddress)
        token = self._vault.open(key, _place(order_id, "token"), Sealed(row.sealed_token))
        return Particulars(address, token)

    async def _tell_and_publish(self, order: Order) -> None:
        story = order.drain_story()
        if story:
            await self._connection.run(_TELL, order_id=order.id, **story_columns(story))
        await write_events(self._connection, order.drain_events())


def _place(order_id: OrderId, column: str) -> str:
    return f"orders:{order_id}:{column}"
