"""A bookstore that is known from its description alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.stores.answers.spot import Spot, Unreadable
from adapters.stores.answers.wire_format import WireFormat
from adapters.stores.calls.answer import Answer
from adapters.stores.calls.template import CallTemplate, Values
from adapters.stores.calls.wire import Address, StoreWire
from adapters.stores.mapping.offers import Asked, OfferReader
from adapters.stores.mapping.verdicts import Meaning, Rule, Verdict, verdict
from domain.prices.offer import Offer
from domain.prices.store import StoreBroken, StoreBusy, StoreFailed, StoreRefused, StoreTerms
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn

LONG: Final = 32 * 1024  # bytes; longer answers are read beside the event loop, which others wait for
NOT_FOUND: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Question:
    """A call that asks for offers, and how its answer is read."""

    call: CallTemplate
    wire_format: WireFormat
    reader: OfferReader


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingPlan:
    """What a description comes down to where prices are asked for."""

    terms: StoreTerms
    address: Address
    search: Question
    detail: Question
    errors: Sequence[Rule]


class DescribedBookstore:
    """The `Bookstore` port."""

    def __init__(self, plan: AskingPlan, wire: StoreWire, clock: Clock) -> None:
        self._plan = plan
        self._wire = wire
        self._clock = clock

    @property
    def terms(self) -> StoreTerms:
        """See the port."""
        return self._plan.terms

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        """See the port."""
        return await self._ask(self._plan.search, isbn)

    async def offer(self, isbn: Isbn, offer_id: str) -> Offer | None:
        """See the port."""
        found = await self._ask(self._plan.detail, isbn, offer_id)
        return next((offer for offer in found if offer.offer_id == offer_id), None)

    async def _ask(self, question: Question, isbn: Isbn, offer_id: str | None = None) -> Sequence[Offer]:
        values: Values = {
            "isbn": isbn.value,
            "isbn10": isbn.isbn10,
            "offer_id": offer_id,
            "country": self.terms.country,
            "currency": self.terms.currency,
        }
        if isbn.isbn10 is None and "isbn10" in question.call.places:
            return ()  # it goes by the older number, which this book does not have
        answer = await self._wire.send(self._plan.address, question.call.filled(values))
        if len(answer.body) > LONG:
            return await asyncio.to_thread(self._understood, question, answer, isbn)
        return self._understood(question, answer, isbn)

    def _understood(self, question: Question, answer: Answer, isbn: Isbn) -> Sequence[Offer]:
        told, why = question.wire_format.told(answer.body, answer.charset)
        try:
            wrong = verdict(self._plan.errors, answer, told, question.wire_format.error_place)
            if wrong is not None:
                return self._nothing(wrong, answer, told)
            if told is not None:
                asked = Asked(self.terms.name, self.terms.currency, self._clock.now())
                return question.reader.read(told, isbn, asked)
        except Unreadable as unreadable:
            why = str(unreadable)
        raise StoreBroken(f"{self.terms.name}: {why}.")

    def _nothing(self, wrong: Verdict, answer: Answer, told: Spot | None) -> Sequence[Offer]:
        """No offers if that is what it meant, else the failure it meant."""
        by_status = wrong.rule is None and answer.status in NOT_FOUND
        if wrong.meaning is Meaning.NOT_SOLD or by_status:
            return ()
        raise self._failure(wrong, answer, told)

    def _failure(self, wrong: Verdict, answer: Answer, told: Spot | None) -> StoreFailed:
        name = self.terms.name
        match wrong.meaning:
            case Meaning.BUSY:
                wait = answer.retry_after(self._clock.now())
                if wait is None and wrong.rule is not None:
                    wait = wrong.rule.seconds(told)
                return StoreBusy(f"{name}: it wants to be left alone.", wait)
            case Meaning.REFUSED:
                return StoreRefused(f"{name}: it does not accept us (status {answer.status}).")
        return StoreBroken(f"{name}: it says that something is wrong (status {answer.status}).")
