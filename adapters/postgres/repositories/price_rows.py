"""Between what stores told and their rows, both ways."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from adapters.postgres.database import Row
from domain.prices.answer import Told
from domain.prices.estimates.change_rate import ChangeRate
from domain.prices.history import PriceRun
from domain.prices.memory import Known
from domain.prices.months import month_of
from domain.prices.offer import Availability, Condition, Offer, Series, StoreName
from domain.prices.records import Answerer, Record
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money

_A_MILLISECOND: Final = timedelta(milliseconds=1)
# An answer with one of its offers: what is common to reading one edition and reading for a change.
LAST: Final = """
SELECT a.isbn, a.store, a.told_at, a.took_ms, a.changes, a.seconds,
       o.offer_id, o.seller, o.format, o.condition, o.currency, o.item, o.shipping, o.tax, o.availability,
       o.seen_at
FROM price_answers a LEFT JOIN price_offers o ON o.isbn = a.isbn AND o.store = a.store
"""


def answerer_columns(answerers: Collection[Answerer]) -> dict[str, object]:
    """A list for each column."""
    return {
        "isbns": [isbn.value for isbn, _ in answerers],
        "stores": [store for _, store in answerers],
    }


def answer_columns(answers: Sequence[Known]) -> dict[str, object]:
    """A list for each column of the answers."""
    return {
        "isbns": [known.told.isbn.value for known in answers],
        "stores": [known.told.store for known in answers],
        "told_at": [known.told.at for known in answers],
        "took_ms": [known.told.took // _A_MILLISECOND for known in answers],
        "changes": [known.evidence.changes for known in answers],
        "seconds": [known.evidence.seconds for known in answers],
    }


def offer_columns(answers: Sequence[Known]) -> dict[str, object]:
    """A list for each column of their offers."""
    offers = [(place, offer) for known in answers for place, offer in enumerate(known.told.offers)]
    return {
        "offer_isbns": [offer.isbn.value for _, offer in offers],
        "offer_stores": [offer.store for _, offer in offers],
        "offer_ids": [offer.offer_id for _, offer in offers],
        "places": [place for place, _ in offers],
        "sellers": [offer.seller for _, offer in offers],
        "formats": [offer.format.value for _, offer in offers],
        "conditions": [offer.condition.value for _, offer in offers],
        "currencies": [offer.item.currency for _, offer in offers],
        "items": [offer.item.amount for _, offer in offers],
        "shippings": [offer.shipping.amount for _, offer in offers],
        "taxes": [offer.tax.amount for _, offer in offers],
        "availabilities": [offer.availability.value for _, offer in offers],
        "seen_at": [offer.seen_at for _, offer in offers],
    }


def run_columns(runs: Sequence[tuple[Series, StoreName, PriceRun]]) -> dict[str, object]:
    """A list for each column of the runs."""
    return {
        "isbns": [series.isbn.value for series, _, _ in runs],
        "stores": [store for _, store, _ in runs],
        "formats": [series.format.value for series, _, _ in runs],
        "conditions": [series.condition.value for series, _, _ in runs],
        "currencies": [series.currency for series, _, _ in runs],
        "began_at": [run.since for _, _, run in runs],
        "seen_until": [run.until for _, _, run in runs],
        "seen": [run.seen for _, _, run in runs],
        "landed": [None if run.price is None else run.price.amount for _, _, run in runs],
    }


def begun_and_prolonged(
    records: Sequence[Record],
) -> tuple[list[tuple[Series, StoreName, PriceRun]], list[tuple[Series, StoreName, PriceRun]]]:
    """Runs that need a row, and those that have one. What goes on into another month begins a row there."""
    begun: list[tuple[Series, StoreName, PriceRun]] = []
    prolonged: list[tuple[Series, StoreName, PriceRun]] = []
    for record in records:
        store = record.known.told.store
        for series, run in record.runs.items():
            if run.seen == 1:
                begun.append((series, store, run))
            elif month_of(run.since) != month_of(run.until):
                begun.append((series, store, PriceRun(run.price, run.until, run.until)))
            else:
                prolonged.append((series, store, run))
    return begun, prolonged


def answers_from(rows: Sequence[Row]) -> Sequence[Known]:
    """Of rows of `LAST`, in the order of edition, store and place."""
    every = groupby(rows, key=lambda row: (row.isbn, row.store))
    return [_answer_from(list(offers)) for _, offers in every]


def run_from(row: Row) -> PriceRun:
    """A run."""
    price = None if row.landed is None else Money(row.landed, row.currency)
    return PriceRun(price, row.began_at, row.seen_until, row.seen)


def series_from(row: Row) -> Series:
    """What an aggregate or a run is about."""
    return Series(Isbn(row.isbn), Format(row.format), Condition(row.condition), row.currency)


def runs_by_answerer(rows: Sequence[Row]) -> Mapping[Answerer, Mapping[Series, PriceRun]]:
    """A run of each series."""
    runs: dict[Answerer, dict[Series, PriceRun]] = {}
    for row in rows:
        series = series_from(row)
        runs.setdefault((series.isbn, StoreName(row.store)), {})[series] = run_from(row)
    return runs


def _answer_from(rows: Sequence[Row]) -> Known:
    first = rows[0]
    isbn, store = Isbn(first.isbn), StoreName(first.store)
    told = Told(
        isbn=isbn,
        store=store,
        offers=tuple(_offer_from(row, isbn, store) for row in rows if row.offer_id is not None),
        at=first.told_at,
        took=first.took_ms * _A_MILLISECOND,
    )
    return Known(told, ChangeRate(first.changes, first.seconds))


def _offer_from(row: Row, isbn: Isbn, store: StoreName) -> Offer:
    return Offer(
        store=store,
        offer_id=row.offer_id,
        seller=row.seller,
        isbn=isbn,
        format=Format(row.format),
        condition=Condition(row.condition),
        item=Money(row.item, row.currency),
        shipping=Money(row.shipping, row.currency),
        tax=Money(row.tax, row.currency),
        availability=Availability(row.availability),
        seen_at=row.seen_at,
    )
