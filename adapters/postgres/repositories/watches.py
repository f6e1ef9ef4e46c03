"""Watches in PostgreSQL. Address, payment token and webhook are sealed with the reader's own key."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import bindparam, select, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.order_rows import story_columns
from adapters.postgres.repositories.subject_keys import SubjectKeys, erased, insert_for_reader
from adapters.postgres.repositories.watch_rows import (
    identity_columns,
    low_from,
    standing_columns,
    watch_from,
)
from adapters.postgres.statement import Statement
from adapters.postgres.tables.watches import watches
from domain.shared.errors import StaleVersion
from domain.shared.ids import UserId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.personal_data import PersonalDataVault, Sealed
from domain.watches.errors import WatchNotFound
from domain.watches.lows import Low
from domain.watches.ports import Particulars
from domain.watches.watch import Watch

_ADD: Final = Statement(insert_for_reader(watches))
_LOAD: Final = Statement(select(watches).where(watches.c.id == bindparam("of_id")).with_for_update())
_PRIVATE: Final = Statement(
    select(watches.c.user_id, watches.c.sealed_particulars).where(watches.c.id == bindparam("of_id"))
)
_FIXED: Final = {"id", "user_id", "isbn", "begun_at", "currency", "sealed_particulars", "version"}
_MUTABLE: Final = [column.name for column in watches.c if column.name not in _FIXED]
_SAVE: Final = Statement(
    update(watches)
    .where(watches.c.id == bindparam("of_id"), watches.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": watches.c.version + 1})
)
_TELL: Final = Statement("""
INSERT INTO watch_timeline (watch_id, at, kind, text)
SELECT %(watch_id)s, * FROM unnest(%(at)s::timestamptz[], %(kind)s::text[], %(text)s::text[])
""")
_OPEN: Final = Statement("""
SELECT count(*) AS open FROM watches WHERE user_id = %(reader)s AND status <> 'ended'
""")
_LOWS: Final = Statement("SELECT * FROM watched_prices WHERE isbn = %(isbn)s")
_HEAR: Final = Statement("""
INSERT INTO watched_prices AS known (isbn, format, condition, currency, price, at)
SELECT %(isbn)s, %(format)s, %(condition)s, %(currency)s, %(price)s, %(at)s
WHERE EXISTS (SELECT FROM watches WHERE isbn = %(isbn)s AND status <> 'ended')
ON CONFLICT (isbn, format, condition, currency) DO UPDATE SET price = excluded.price, at = excluded.at
WHERE known.at < excluded.at
""")


class PostgresWatches:
    """The `Watches` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, watch: Watch, particulars: Particulars) -> None:
        """Insert it with its first sentence and its first event."""
        key = await self._keys.of(watch.user_id)
        private = msgspec.json.encode(particulars).decode()
        added = await self._connection.run(
            _ADD,
            **identity_columns(watch),
            **standing_columns(watch),
            version=watch.version,
            sealed_particulars=self._vault.seal(key, _place(watch.id), private),
        )
        if not added:
            raise erased()
        await self._tell_and_publish(watch)

    async def get(self, watch_id: WatchId) -> Watch:
        """Load and lock: reader, price and purchase come one after the other."""
        row = await self._connection.one(_LOAD, of_id=watch_id)
        if row is None:
            raise WatchNotFound("There is no such watch.")
        return watch_from(row)

    async def save(self, watch: Watch) -> None:
        """Write what may change, the new sentences and events."""
        changed = await self._connection.run(
            _SAVE,
            of_id=watch.id,
            read_version=watch.version,
            **{f"new_{name}": value for name, value in standing_columns(watch).items()},
        )
        if changed == 0:
            raise StaleVersion("The watch changed since it was read; read it again.")
        watch.version += 1
        await self._tell_and_publish(watch)

    async def particulars(self, watch_id: WatchId) -> Particulars:
        """Open the sealed part."""
        row = await self._connection.one(_PRIVATE, of_id=watch_id)
        if row is None:
            raise WatchNotFound("There is no such watch.")
        key = await self._keys.of(row.user_id)
        private = self._vault.open(key, _place(watch_id), Sealed(row.sealed_particulars))
        return msgspec.json.decode(private, type=Particulars)

    async def open_of(self, reader: UserId) -> int:
        """Along the reader's index."""
        row = await self._connection.one(_OPEN, reader=reader)
        return int(row.open) if row else 0

    async def lows(self, isbn: Isbn) -> Sequence[Low]:
        """Along the primary key."""
        return [low_from(row) for row in await self._connection.all(_LOWS, isbn=isbn.value)]

    async def hear(self, low: Low) -> None:
        """The later stands."""
        await self._connection.run(
            _HEAR,
            isbn=low.isbn.value,
            format=low.format.value,
            condition=low.condition,
            currency=low.currency,
            price=low.price.amount if low.price else None,
            at=low.at,
        )

    async def _tell_and_publish(self, watch: Watch) -> None:
        if story := watch.drain_story():
            await self._connection.run(_TELL, watch_id=watch.id, **story_columns(story))
        await write_events(self._connection, watch.drain_events())


def _place(watch_id: WatchId) -> str:
    return f"watches:{watch_id}:particulars"
