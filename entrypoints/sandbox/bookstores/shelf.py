"""What a store offers of a book at a time step: its own copy, and those of others who sell there."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from domain.prices.offer import Availability, Condition
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import BASIS_POINTS, round_half_up
from entrypoints.sandbox.bookstores.book import format_of, is_forthcoming, reference_price
from entrypoints.sandbox.bookstores.chance import draw, normal, pick, weighted
from entrypoints.sandbox.bookstores.names import SELLERS
from entrypoints.sandbox.bookstores.prices import Glitch, Price, local
from entrypoints.sandbox.bookstores.store import Store
from entrypoints.sandbox.bookstores.tags import NewTag, Tags

STEP_SECONDS: Final = 60
_GUESTS: Final = 5  # copies of others at most
_IS_THERE: Final = 0.35  # of the stays of a guest: two copies of others at a store on average
_SHORTEST_STAY, _LONGEST_STAY = 1_440, 20_000  # steps: a day to a fortnight
_STOCK_LASTS: Final = 240  # steps: four hours
_WORTH: Final = {
    Condition.NEW: 1.0,
    Condition.LIKE_NEW: 0.8,
    Condition.VERY_GOOD: 0.7,
    Condition.GOOD: 0.55,
    Condition.ACCEPTABLE: 0.4,
}
_HAGGLING: Final = 0.12  # spread of what people ask for copies of equal condition, in logarithms
_STOCK: Final = (
    (Availability.IN_STOCK, 0.84),
    (Availability.FEW_LEFT, 0.07),
    (Availability.BACK_ORDER, 0.03),
    (Availability.OUT_OF_STOCK, 0.06),
)
_GUEST_POSTAGE: Final = (299, 349, 399, 499)  # US cents
_CODE: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One offer. Amounts are minor units of `currency`; `glitch` is for the ledger's eyes alone."""

    id: str
    isbn: str
    format: Format
    seller: str
    condition: Condition
    item: int
    shipping: int
    tax: int
    currency: str
    availability: Availability
    changed: datetime
    glitch: Glitch | None = None

    @property
    def total(self) -> int:
        """What one copy costs in the end."""
        return self.item + self.shipping + self.tax

    def dearer(self) -> "Listed":
        """A quarter more, and a whole unit at least."""
        return replace(self, item=self.item + max(self.item // 4, 100))

    def spoilt(self, glitch: Glitch) -> "Listed":
        """The same with a mistake in its price."""
        price = Price(self.item, self.currency, 0).spoilt(glitch)
        return replace(self, item=price.amount, currency=price.currency, glitch=glitch)


class Shelf:
    """Of one store."""

    def __init__(self, store: Store, tags: Tags) -> None:
        self._store, self._tags, self._root = store, tags, (store.seed, store.name)

    def offers(self, isbn: str, step: int) -> list[Listed]:
        """All it has of that book, in no order of price."""
        if (tagged := self._tags.of(isbn)) is not None:
            return self._as_tagged(isbn, step, tagged.get(self._store.name))
        if not self._store.prices.sells(isbn):
            return []
        found = [*self._own(isbn, step), *self._of_guests(isbn, step)]
        return sorted(found, key=lambda offer: draw(*self._root, "place", offer.id))

    def offer(self, id_: str, step: int) -> Listed | None:
        """The one of that name as it is now; None if it is gone, or never was."""
        isbn = _isbn_of(id_)
        there = self.offers(isbn, step) if isbn else []
        return next((offer for offer in there if offer.id == id_), None)

    def _as_tagged(self, isbn: str, step: int, tag: NewTag | None) -> list[Listed]:
        if tag is None or tag.price is None:
            return []
        what, price = (self._store.title, Condition.NEW), Price(tag.price, self._store.currency, step)
        listed = self._listed("n", isbn, what, price, shipping=0, availability=tag.availability)
        return [replace(listed, tax=0)]

    def _own(self, isbn: str, step: int) -> Iterator[Listed]:
        store = self._store
        if Condition.NEW not in store.conditions:
            return
        price, postage = store.prices.price(isbn, step), store.postage
        free = postage.free_from is not None and price.amount >= postage.free_from
        stock = weighted(_STOCK, *self._root, "stock", isbn, step // _STOCK_LASTS)
        yield self._listed(
            "n",
            isbn,
            (store.title, Condition.NEW),
            price,
            shipping=0 if free else postage.flat,
            availability=Availability.PRE_ORDER if is_forthcoming(store.seed, isbn) else stock,
        )

    def _of_guests(self, isbn: str, step: int) -> Iterator[Listed]:
        store = self._store
        if store.feed or store.conditions == (Condition.NEW,) or is_forthcoming(store.seed, isbn):
            return
        for place in range(_GUESTS):
            stay = (*self._root, "guest", isbn, place)
            length = _SHORTEST_STAY + int(draw(*stay) * (_LONGEST_STAY - _SHORTEST_STAY))
            guest = step // length
            if draw(*stay, guest) < _IS_THERE:
                yield self._of_guest(isbn, f"{place}{_base36(guest)}", guest * length)

    def _of_guest(self, isbn: str, place: str, since: int) -> Listed:
        store, who = self._store, (*self._root, isbn, place)
        condition = pick(store.conditions, *who, "condition")
        worth = reference_price(store.seed, isbn) * store.prices.premium * _WORTH[condition]
        asked = store.prices.rounded(worth * math.exp(_HAGGLING * normal(*who, "asks")))
        return self._listed(
            place,
            isbn,
            (pick(SELLERS, *who, "seller"), condition),
            Price(asked, store.currency, since),
            shipping=local(pick(_GUEST_POSTAGE, *who, "postage"), store.currency),
            availability=Availability.FEW_LEFT,
        )

    def _listed(
        self,
        place: str,
        isbn: str,
        what: tuple[str, Condition],
        price: Price,
        *,
        shipping: int,
        availability: Availability,
    ) -> Listed:
        seller, condition = what
        return Listed(
            id=f"{_base36(int(isbn))}-{place}",
            isbn=isbn,
            format=format_of(self._store.seed, isbn),
            seller=seller,
            condition=condition,
            item=price.amount,
            shipping=shipping,
            tax=round_half_up(price.amount * self._store.sales_tax, BASIS_POINTS),
            currency=price.currency,
            availability=availability,
            changed=datetime.fromtimestamp(price.since * STEP_SECONDS, UTC),
            glitch=price.glitch,
        )


def _isbn_of(id_: str) -> str | None:
    code, _, _ = id_.partition("-")
    try:
        return Isbn(str(int(code, 36))).value
    except (ValueError, InvalidInput):
        return None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _CODE[digit] + digits
    return digits or "0"
