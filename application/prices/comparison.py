"""What is known of a book's prices at one moment of a comparison."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from application.prices.comparison_events import (
    Compared,
    Counts,
    Priced,
    SeriesSummary,
    StoreAnswer,
    StoreMissing,
)
from application.prices.price_question import PriceQuestion
from domain.prices.answer import Told
from domain.prices.doubt import SamePrice
from domain.prices.estimates.confidence import band, confidence
from domain.prices.estimates.consensus import Consensus, Verdict, Witness, judge
from domain.prices.offer import Offer, Series, StoreName
from domain.prices.store import Missing, StoreTerms
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class Heard:
    """What a store told, and P(it would say the same now). What is not fresh ends no search."""

    told: Told
    still_right: float = 1.0
    is_fresh: bool = True


class Line(NamedTuple):
    """An offer among the others of its series."""

    told: Witness
    verdict: Verdict
    consensus: Consensus


@dataclass(slots=True)
class Comparison:
    """Offers are judged within their series. `sources` and `reliable` tell of each store whom it copies from
    and how often its prices were right, `history` what the book's series cost in the last 90 days.
    """

    question: PriceQuestion
    stores: dict[StoreName, StoreTerms]
    sources: dict[StoreName, str]
    reliable: dict[StoreName, float]
    history: Mapping[Series, Money] = field(default_factory=dict)
    trusted: set[SamePrice] = field(default_factory=set)  # low, and yet so
    heard: dict[StoreName, Heard] = field(default_factory=dict)
    missing: dict[StoreName, Missing] = field(default_factory=dict)
    asked: set[StoreName] = field(default_factory=set)
    answered: set[StoreName] = field(default_factory=set)
    _lines: list[Line] | None = None

    def hears(self, store: StoreName, heard: Heard) -> None:
        """It told."""
        self.missing.pop(store, None)
        self.heard[store] = heard
        self._lines = None

    def joins(self, terms: StoreTerms, heard: Heard) -> None:
        """The shop itself: a witness of its own, and sure of what it asks."""
        self.stores[terms.name], self.sources[terms.name] = terms, terms.name
        self.reliable[terms.name] = 1.0
        self.hears(terms.name, heard)

    def misses(self, store: StoreName, why: Missing) -> None:
        """It did not tell; what it told before stands, with its age."""
        if store not in self.heard:
            self.missing[store] = why

    def trusts(self, offers: Iterable[Offer]) -> None:
        """They are low, and it is so."""
        self.trusted.update(map(SamePrice.of, offers))
        self._lines = None

    @property
    def counts(self) -> Counts:
        """So far."""
        return Counts(len(self.asked), len(self.answered), len(self.stores) - len(self.asked))

    @property
    def lines(self) -> Sequence[Line]:
        """Every offer that is shown, judged."""
        if self._lines is None:
            self._lines = self._judge()
        return self._lines

    @property
    def suspects(self) -> Sequence[Offer]:
        """Cheap beyond belief, and among what was asked for."""
        return [
            line.told.offer
            for line in self.lines
            if line.verdict is Verdict.SUSPECT_LOW and self.question.wants(line.told.offer)
        ]

    def usual_of(self, offer: Offer) -> Money:
        """What its series costs."""
        return next(line.consensus.usual for line in self.lines if line.told.offer == offer)

    def prices(self) -> dict[StoreName, int]:
        """What each store that may be the answer asks at the least, of what is fresh and believed."""
        found: dict[StoreName, int] = {}
        for line in self._believed():
            store, amount = line.told.offer.store, line.told.offer.landed.amount
            if self.heard[store].is_fresh and self.question.accepts(self.stores[store]):
                found[store] = min(amount, found.get(store, amount))
        return found

    def is_new_witness(self, store: StoreName) -> bool:
        """Whether it copies from none of those who told what may be the answer."""
        return self.sources[store] not in {self.sources[other] for other in self.prices()}

    def remembered_price(self, store: StoreName) -> int | None:
        """What a store asked at the least that is to be asked again."""
        own = (line.told.offer for line in self._believed() if line.told.offer.store == store)
        return min((offer.landed.amount for offer in own), default=None)

    @property
    def agreeing(self) -> int:
        """Independent sources that agree about the series of the best price."""
        best = self._cheapest(self.stores)
        return 0 if best is None else best.consensus.agreeing

    def cheapest(self, among: Collection[StoreName]) -> Priced | None:
        """Of what was asked for and is believed, from these stores."""
        best = self._cheapest(among)
        return None if best is None else self._priced(best)

    @property
    def best(self) -> Priced | None:
        """The cheapest of all."""
        return self.cheapest(self.stores)

    def answer(self, store: StoreName, now: datetime) -> StoreAnswer:
        """What it told, with what the others say to it."""
        heard = self.heard[store]
        age = max((now - heard.told.at).total_seconds(), 0.0)
        offers = [self._priced(line) for line in self.lines if line.told.offer.store == store]
        offers.sort(key=lambda one: one.offer.landed.amount)
        return StoreAnswer(store, self.stores[store].title, offers, heard.told.at, age, heard.is_fresh)

    def absence(self, store: StoreName) -> StoreMissing:
        """Why it has no part."""
        return StoreMissing(store, self.stores[store].title, self.missing.get(store, Missing.NOT_ASKED))

    def has_part(self, store: StoreName) -> bool:
        """Whether it offers anything that is shown."""
        heard = self.heard.get(store)
        return heard is not None and any(map(self.question.shows, heard.told.offers))

    def summary(self, now: datetime, *, complete: bool) -> Compared:
        """All of it, the cheapest store first."""
        taking_part = [store for store in self.stores if self.has_part(store)]
        answers = [self.answer(store, now) for store in taking_part]
        return Compared(
            self.best,
            self.cheapest([name for name, terms in self.stores.items() if terms.can_order]),
            self._series(),
            sorted(answers, key=lambda one: one.offers[0].offer.landed.amount),
            [self.absence(store) for store in self.stores if store not in taking_part],
            self.counts,
            complete,
            now,
        )

    def _judge(self) -> list[Line]:
        told: dict[Series, list[Witness]] = {}
        for heard in self.heard.values():
            for offer in filter(self.question.shows, heard.told.offers):
                source, reliable = self.sources[offer.store], self.reliable[offer.store]
                told.setdefault(offer.series, []).append(Witness(offer, source, reliable, heard.still_right))
        found = [judge(each, self.history.get(series)) for series, each in told.items()]
        return [
            Line(witness, self._verdict(witness, verdict), consensus)
            for consensus in found
            if consensus is not None
            for witness, verdict in consensus.judged
        ]

    def _verdict(self, told: Witness, verdict: Verdict) -> Verdict:
        cleared = verdict is Verdict.SUSPECT_LOW and SamePrice.of(told.offer) in self.trusted
        return Verdict.ALONE if cleared else verdict

    def _believed(self) -> list[Line]:
        return [
            line
            for line in self.lines
            if line.verdict is not Verdict.SUSPECT_LOW and self.question.wants(line.told.offer)
        ]

    def _cheapest(self, among: Collection[StoreName]) -> Line | None:
        there = [line for line in self._believed() if line.told.offer.store in among]
        return min(there, key=lambda one: (one.told.offer.landed.amount, -one.told.fresh), default=None)

    def _priced(self, line: Line) -> Priced:
        told = line.told
        if (
            SamePrice.of(told.offer) in self.trusted
        ):  # it was said twice: how far it lies below the others tells no more
            sure = told.fresh * told.reliable
        else:
            sure = confidence(told, line.consensus)
        return Priced(told.offer, told.fresh, line.verdict, sure, band(sure, line.consensus.agreeing))

    def _series(self) -> list[SeriesSummary]:
        of: dict[Series, list[Line]] = {}
        for line in self.lines:
            of.setdefault(line.told.offer.series, []).append(line)
        return [_summary(series, lines, self._best_of(lines)) for series, lines in of.items()]

    def _best_of(self, lines: Sequence[Line]) -> Priced | None:
        fit = [
            line
            for line in lines
            if line.verdict is not Verdict.SUSPECT_LOW and line.told.offer.availability.can_be_bought
        ]
        best = min(fit, key=lambda line: line.told.offer.landed.amount, default=None)
        return None if best is None else self._priced(best)


def _summary(series: Series, lines: Sequence[Line], best: Priced | None) -> SeriesSummary:
    consensus = lines[0].consensus
    return SeriesSummary(series, consensus.usual.amount, consensus.sources, consensus.agreeing, best)
