"""A store's answer as offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from adapters.stores.answers.spot import Path, Spot, Unreadable
from adapters.stores.mapping.fields import SHOWN, Fact, LeftOut, Where
from adapters.stores.mapping.parts import Parts
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn

MOST_OFFERS: Final = 500  # of one edition in one store; an answer with more is about something else
LONGEST_ID: Final = 200  # characters; it travels back in addresses and bodies

E = TypeVar("E", bound=StrEnum)


class Others(StrEnum):
    """What becomes of an answer that tells of another ISBN than was asked for."""

    REFUSED = "refused"  # it is not believed at all
    BESIDE = "beside"  # others may stand beside the one asked for; alone they are not believed
    IGNORED = "ignored"  # the store shows others where it does not have the one asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMapping:
    """Where an answer tells what of each offer."""

    isbn: Fact
    others: Others
    offer_id: Fact
    seller: Fact
    condition: Fact
    format: Fact
    availability: Fact
    parts: Parts
    where: Where

    def offer_at(self, spot: Spot, isbn: Isbn, asked: "Asked") -> Offer | None:
        """The offer there; None if it is none for us, or has no price since it cannot be bought."""
        if not self.where.met(spot):
            return None
        availability = _word(Availability, self.availability, spot)
        item = self.parts.item.told(spot, asked.currency)
        if item is None:
            if availability.can_be_bought:
                raise Unreadable(f"{self.parts.item.fact.key}: no price for an offer that can be bought")
            return None
        self.parts.demand_currency(spot, asked.currency)
        try:
            return Offer(
                store=asked.store,
                offer_id=_identity(self.offer_id, spot),
                seller=self.seller.demanded(spot),
                isbn=isbn,
                format=_word(Format, self.format, spot),
                condition=_word(Condition, self.condition, spot),
                item=item,
                shipping=self.parts.shipping.demanded(spot, asked.currency),
                tax=self.parts.tax.demanded(spot, asked.currency),
                availability=availability,
                seen_at=asked.at,
            )
        except InvalidInput as why:
            raise Unreadable(f"{self.parts.item.fact.key}: {item} is no price. {why.message}") from None

    def is_of(self, spot: Spot, isbn: Isbn) -> bool:
        """Whether it is about that edition. Raises `Unreadable` where only this one may be told of."""
        told = self.isbn.all_told(spot)
        if any(_same(text, isbn) for text in told):
            return True
        if self.others is Others.REFUSED:
            named = told[0][:20] if told else "no number"
            raise Unreadable(f"{self.isbn.key}: asked for {isbn}, it told of {named}")
        return False


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, when, and in what they charge."""

    store: StoreName
    currency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferReader:
    """The offers in the answers of one call. `proof` is what stands in every answer that can be believed: a
    page without it is another page.
    """

    offers: Path
    mapping: OfferMapping
    proof: Path | None
    proof_key: str = ""

    def read(self, answer: Spot, isbn: Isbn, asked: Asked) -> Sequence[Offer]:
        """The offers of that edition. Raises `Unreadable`."""
        if self.proof is not None and not self.proof(answer):
            raise Unreadable(f"{self.proof_key}: the answer does not have it")
        spots = self.offers(answer)
        if len(spots) > MOST_OFFERS:
            raise Unreadable(f"it tells of {len(spots)} offers")
        ours = [spot for spot in spots if self.mapping.is_of(spot, isbn)]
        if spots and not ours and self.mapping.others is Others.BESIDE:
            raise Unreadable(f"{self.mapping.isbn.key}: asked for {isbn}, it told of others alone")
        return _once(offer for spot in ours if (offer := self._offer(spot, isbn, asked)) is not None)

    def _offer(self, spot: Spot, isbn: Isbn, asked: Asked) -> Offer | None:
        try:
            return self.mapping.offer_at(spot, isbn, asked)
        except LeftOut:
            return None


def _word(kind: type[E], fact: Fact, spot: Spot) -> E:
    text = fact.demanded(spot)
    try:
        return kind(text)
    except ValueError:
        raise Unreadable(
            f"{fact.key}: {text[:SHOWN]!r} is none of {', '.join(kind)}; {fact.key}.words says what is meant"
        ) from None


def _identity(fact: Fact, spot: Spot) -> str:
    identity = fact.demanded(spot)
    if len(identity) > LONGEST_ID or not identity.isprintable():
        raise Unreadable(f"{fact.key}: {identity[:SHOWN]!r} is no name of an offer")
    return identity


def _same(text: str, isbn: Isbn) -> bool:
    try:
        return Isbn.parse(text) == isbn
    except InvalidInput:
        return False


def _once(offers: Iterable[Offer]) -> Sequence[Offer]:
    """Some stores list an offer twice. Twice with two prices, and neither can be believed."""
    by_id: dict[str, Offer] = {}
    for offer in offers:
        if by_id.setdefault(offer.offer_id, offer) != offer:
            raise Unreadable(f"it tells two things of the offer {offer.offer_id[:SHOWN]!r}")
    return list(by_id.values())
