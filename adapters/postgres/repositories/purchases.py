"""Purchases in PostgreSQL. The address and the payment token are sealed with the reader's own key."""

from typing import Final

import msgspec
from sqlalchemy import bindparam, select, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.order_rows import story_columns
from adapters.postgres.repositories.orders import SubjectKeys
from adapters.postgres.repositories.purchase_rows import (
    identity_columns,
    ledger_columns,
    line_from,
    purchase_from,
    standing_columns,
)
from adapters.postgres.repositories.subject_keys import erased, insert_for_reader
from adapters.postgres.statement import Statement
from adapters.postgres.tables.purchases import purchase_ledger, purchases
from domain.purchases.errors import PurchaseNotFound
from domain.purchases.ledger import LedgerLine
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.shared.address import PostalAddress
from domain.shared.errors import StaleVersion
from domain.shared.ids import PurchaseId
from domain.shared.personal_data import PersonalDataVault, Sealed

_ADD: Final = Statement(insert_for_reader(purchases))
_LOAD: Final = Statement(select(purchases).where(purchases.c.id == bindparam("of_id")).with_for_update())
_KNOWS: Final = Statement(select(purchases.c.id).where(purchases.c.id == bindparam("of_id")))
_PRIVATE: Final = Statement(
    select(purchases.c.user_id, purchases.c.sealed_address, purchases.c.sealed_token).where(
        purchases.c.id == bindparam("of_id")
    )
)
_FIXED: Final = {"id", "user_id", "isbn", "conditions", "currency", "max_price", "received_at"}
_SEALED: Final = {"sealed_address", "sealed_token"}
_MUTABLE: Final = [c.name for c in purchases.c if c.name not in _FIXED | _SEALED | {"version"}]
_SAVE: Final = Statement(
    update(purchases)
    .where(purchases.c.id == bindparam("of_id"), purchases.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": purchases.c.version + 1})
)
_TELL: Final = Statement("""
INSERT INTO purchase_timeline (purchase_id, at, kind, text)
SELECT %(purchase_id)s, * FROM unnest(%(at)s::timestamptz[], %(kind)s::text[], %(text)s::text[])
""")
_POST: Final = Statement("""
INSERT INTO purchase_ledger
    (purchase_id, key, movement, taken_from, given_to, amount, currency, reference, at)
SELECT %(purchase_id)s, * FROM unnest(%(key)s::text[], %(movement)s::text[], %(taken_from)s::text[],
    %(given_to)s::text[], %(amount)s::bigint[], %(currency)s::text[], %(reference)s::text[],
    %(at)s::timestamptz[])
""")
_LEDGER: Final = Statement(
    select(purchase_ledger)
    .where(purchase_ledger.c.purchase_id == bindparam("of_id"))
    .order_by(purchase_ledger.c.id)
)


class PostgresPurchases:
    """The `Purchases` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, purchase: Purchase, particulars: Particulars) -> None:
        """Insert it with its first sentence and its first event."""
        key = await self._keys.of(purchase.user_id)
        address = msgspec.json.encode(particulars.address).decode()
        added = await self._connection.run(
            _ADD,
            **identity_columns(purchase),
            **standing_columns(purchase),
            version=purchase.version,
            sealed_address=self._vault.seal(key, _place(purchase.id, "address"), address),
            sealed_token=self._vault.seal(key, _place(purchase.id, "token"), particulars.payment_token),
        )
        if not added:
            raise erased()
        await self._tell_and_publish(purchase)

    async def get(self, purchase_id: PurchaseId) -> Purchase:
        """Load and lock: the steps of one purchase come one after the other."""
        row = await self._connection.one(_LOAD, of_id=purchase_id)
        if row is None:
            raise _not_found()
        return purchase_from(row)

    async def knows(self, purchase_id: PurchaseId) -> bool:
        """By primary key."""
        return await self._connection.one(_KNOWS, of_id=purchase_id) is not None

    async def save(self, purchase: Purchase) -> None:
        """Write what may change, the new sentences, ledger lines and events."""
        changed = await self._connection.run(
            _SAVE,
            of_id=purchase.id,
            read_version=purchase.version,
            **{f"new_{name}": value for name, value in standing_columns(purchase).items()},
        )
        if changed == 0:
            raise StaleVersion("The purchase changed since it was read; read it again.")
        purchase.version += 1
        await self._tell_and_publish(purchase)

    async def particulars(self, purchase_id: PurchaseId) -> Particulars:
        """Open the sealed part."""
        row = await self._connection.one(_PRIVATE, of_id=purchase_id)
        if row is None:
            raise _not_found()
        key = await self._keys.of(row.user_id)
        address = self._vault.open(key, _place(purchase_id, "address"), Sealed(row.sealed_address))
        token = self._vault.open(key, _place(purchase_id, "token"), Sealed(row.sealed_token))
        return Particulars(msgspec.json.decode(address, type=PostalAddress), token)

    async def ledger(self, purchase_id: PurchaseId) -> list[LedgerLine]:
        """Oldest first."""
        return [line_from(row) for row in await self._connection.all(_LEDGER, of_id=purchase_id)]

    async def _tell_and_publish(self, purchase: Purchase) -> None:
        if story := purchase.drain_story():
            await self._connection.run(_TELL, purchase_id=purchase.id, **story_columns(story))
        if lines := purchase.drain_lines():
            await self._connection.run(_POST, purchase_id=purchase.id, **ledger_columns(lines))
        await write_events(self._connection, purchase.drain_events())


def _not_found() -> PurchaseNotFound:
    return PurchaseNotFound("There is no such purchase.")


def _place(purchase_id: PurchaseId, column: str) -> str:
    return f"purchases:{purchase_id}:{column}"
