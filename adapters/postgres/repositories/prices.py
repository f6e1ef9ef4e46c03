"""What is written down of prices, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.price_rows import (
    answer_columns,
    answerer_columns,
    answers_from,
    begun_and_prolonged,
    offer_columns,
    run_columns,
    runs_by_answerer,
    series_from,
)
from adapters.postgres.repositories.prices_sql import ANSWERED, BEGIN, LOCK, LOWS, OF, PROLONG, RUNS
from domain.prices.answer import MAY_BE_BOUGHT
from domain.prices.events import PriceChanged
from domain.prices.memory import about
from domain.prices.offer import Series
from domain.prices.records import Answerer, Record
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class PostgresPriceRecords:
    """The `PriceRecords` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, answerers: Collection[Answerer], month: datetime) -> Mapping[Answerer, Record]:
        """Lock the editions, then read: a statement sees what was there when it began."""
        await self._connection.run(LOCK, isbns=sorted({isbn.value for isbn, _ in answerers}))
        asked = answerer_columns(answerers)
        answers = answers_from(await self._connection.all(OF, **asked))
        runs = runs_by_answerer(await self._connection.all(RUNS, **asked, month=month))
        return {about(known): Record(known, runs.get(about(known), {})) for known in answers}

    async def lows(self, isbns: Collection[Isbn], since: datetime) -> Mapping[Series, Money]:
        """Some hundred offers of an edition, by the key."""
        rows = await self._connection.all(
            LOWS,
            isbns=[isbn.value for isbn in isbns],
            since=since,
            buyable=[availability.value for availability in MAY_BE_BOUGHT],
        )
        return {series_from(row): Money(row.landed, row.currency) for row in rows}

    async def save(self, records: Sequence[Record]) -> None:
        """A statement for the answers, one for what begins, one for what goes on."""
        answers = [record.known for record in records]
        await self._connection.run(ANSWERED, **answer_columns(answers), **offer_columns(answers))
        begun, prolonged = begun_and_prolonged(records)
        if begun:
            await self._connection.run(BEGIN, **run_columns(begun))
        if prolonged:
            first = min(run.since for _, _, run in prolonged)
            await self._connection.run(PROLONG, **run_columns(prolonged), first=first)

    async def tell(self, changes: Sequence[PriceChanged]) -> None:
        """Through the outbox."""
        await write_events(self._connection, changes)
