"""Prices over the wire."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.prices.comparison_events import (
    Compared,
    Counts,
    Priced,
    SeriesSummary,
    StoreAnswer,
    StoreMissing,
)
from domain.prices.doubt import Doubt, Standing
from domain.prices.estimates.confidence import Band
from domain.prices.estimates.consensus import Verdict
from domain.prices.offer import Availability, Condition, Offer
from domain.prices.store import Missing
from domain.shared.edition_format import Format
from domain.shared.money import Money

DIGITS = 3  # of a probability: nobody knows more


class OfferedPrice(Struct, frozen=True, kw_only=True):
    """`landed` is item, shipping and tax together. `still_right` is the probability that the store would say
    the same now, `confidence` that it sells at it; `verdict` is what the other stores' prices say.
    """

    store: str
    offer_id: str
    seller: str
    format: Format
    condition: Condition
    availability: Availability
    item: Money
    shipping: Money
    tax: Money
    landed: Money
    verdict: Verdict
    still_right: float
    confidence: float
    band: Band

    @classmethod
    def of(cls, priced: Priced) -> "OfferedPrice":
        """To the wire."""
        offer = priced.offer
        return cls(
            store=offer.store,
            offer_id=offer.offer_id,
            seller=offer.seller,
            format=offer.format,
            condition=offer.condition,
            availability=offer.availability,
            item=offer.item,
            shipping=offer.shipping,
            tax=offer.tax,
            landed=offer.landed,
            verdict=priced.verdict,
            still_right=round(priced.still_right, DIGITS),
            confidence=round(priced.confidence, DIGITS),
            band=priced.band,
        )


def _best(priced: Priced | None) -> OfferedPrice | None:
    return None if priced is None else OfferedPrice.of(priced)


class StoreCounts(Struct, frozen=True):
    """Stores asked for this answer, those that answered, and those that were not asked."""

    asked: int
    answered: int
    skipped: int

    @classmethod
    def of(cls, counts: Counts) -> "StoreCounts":
        """To the wire."""
        return cls(counts.asked, counts.answered, counts.skipped)


class StorePrices(Struct, frozen=True, kw_only=True):
    """What a store told `age_seconds` ago; not `fresh`: it is old, and the store did not answer anew."""

    store: str
    title: str
    told_at: datetime
    age_seconds: int
    fresh: bool
    offers: Sequence[OfferedPrice]

    @classmethod
    def of(cls, answer: StoreAnswer) -> "StorePrices":
        """To the wire."""
        return cls(
            store=answer.store,
            title=answer.title,
            told_at=answer.told_at,
            age_seconds=round(answer.age),
            fresh=answer.is_fresh,
            offers=[OfferedPrice.of(priced) for priced in answer.offers],
        )


class MissingStore(Struct, frozen=True, kw_only=True):
    """Why a store has no offer here."""

    store: str
    title: str
    why: Missing

    @classmethod
    def of(cls, missing: StoreMissing) -> "MissingStore":
        """To the wire."""
        return cls(store=missing.store, title=missing.title, why=missing.why)


class SeriesPrices(Struct, frozen=True, kw_only=True):
    """Offers that may be compared: `usual` is the price in the middle of so many independent sources."""

    format: Format
    condition: Condition
    currency: str
    usual: Money
    sources: int
    agreeing: int
    best: OfferedPrice | None

    @classmethod
    def of(cls, summary: SeriesSummary) -> "SeriesPrices":
        """To the wire."""
        series = summary.series
        return cls(
            format=series.format,
            condition=series.condition,
            currency=series.currency,
            usual=Money(summary.usual, series.currency),
            sources=summary.sources,
            agreeing=summary.agreeing,
            best=_best(summary.best),
        )


class PriceComparison(Struct, frozen=True, kw_only=True):
    """Every store is in `stores` or in `missing`. `best` is the cheapest in the condition and currency that
    were asked for. `complete`: nobody else was likely to be cheaper, and two independent sources agree.
    """

    isbn: str
    currency: str
    best: OfferedPrice | None
    series: Sequence[SeriesPrices]
    stores: Sequence[StorePrices]
    missing: Sequence[MissingStore]
    counts: StoreCounts
    complete: bool
    at: datetime

    @classmethod
    def of(cls, isbn: str, currency: str, compared: Compared) -> "PriceComparison":
        """To the wire."""
        return cls(
            isbn=isbn,
            currency=currency,
            best=_best(compared.best),
            series=[SeriesPrices.of(summary) for summary in compared.series],
            stores=[StorePrices.of(answer) for answer in compared.answers],
            missing=[MissingStore.of(missing) for missing in compared.missing],
            counts=StoreCounts.of(compared.counts),
            complete=compared.complete,
            at=compared.at,
        )


class QuoteEvent(Struct, frozen=True):
    """`quote`: a store has told."""

    store: StorePrices
    counts: StoreCounts


class StateEvent(Struct, frozen=True):
    """`store_state`: a store has no part in it."""

    store: MissingStore
    counts: StoreCounts


class BestEvent(Struct, frozen=True):
    """`best`: the cheapest so far, or that there is none any more."""

    best: OfferedPrice | None
    counts: StoreCounts


class SuspectedPrice(Struct, frozen=True, kw_only=True):
    """An offer far below what the book `usual`ly costs."""

    id: UUID
    isbn: str
    store: str
    offer_id: str
    seller: str
    format: Format
    condition: Condition
    landed: Money
    usual: Money
    since: datetime
    standing: Standing

    @classmethod
    def of(cls, doubt: Doubt) -> "SuspectedPrice":
        """To the wire."""
        offer: Offer = doubt.offer
        return cls(
            id=doubt.id,
            isbn=offer.isbn.value,
            store=offer.store,
            offer_id=offer.offer_id,
            seller=offer.seller,
            format=offer.format,
            condition=offer.condition,
            landed=offer.landed,
            usual=doubt.usual,
            since=doubt.since,
            standing=doubt.standing,
        )


class SuspectedPrices(Struct, frozen=True, kw_only=True):
    """The longest doubted first; there is one page."""

    items: Sequence[SuspectedPrice]
    next: str | None = None
