"""A cart: what a reader means to buy, and at which price they put it there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.carts.deeds import Deeds
from domain.carts.errors import CartFull, NotInCart
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, CartId, OrderId, UserId
from domain.shared.money import Money

MOST_COPIES: Final = 99  # of one book; a school that needs more writes to us
MOST_BOOKS: Final = 100  # different ones; a cart is read, priced and shown as a whole
REPEATED_WITHIN: Final = timedelta(hours=1)  # a client that repeats a lost request does so within minutes
# Longer than any order takes to reach its end or a guest's cart lives, so that neither is counted twice.
REMEMBERED_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class CartLine:
    """Copies of one book; `price_seen` is what one cost when the reader last put it in."""

    quantity: int
    price_seen: Money


@dataclass(frozen=True, slots=True)
class Handover:
    """Lines on their way from a guest's cart to a reader's. `claim` names this one handover for ever."""

    claim: UUID
    to: UserId
    lines: dict[BookId, CartLine]


@dataclass(kw_only=True, slots=True)
class Cart:
    """Lines in the order in which they were put in.

    `capped` tells how many copies of a book a merge found where only `MOST_COPIES` fit; the reader's next
    change takes it as read.
    """

    id: CartId
    lines: dict[BookId, CartLine] = field(default_factory=dict)
    capped: dict[BookId, int] = field(default_factory=dict)
    leaving: Handover | None = None
    deeds: Deeds = field(default_factory=Deeds)

    def quantities(self) -> dict[BookId, int]:
        """How many of each book."""
        return {book_id: line.quantity for book_id, line in self.lines.items()}

    def add(self, book_id: BookId, quantity: int, price: Money, at: datetime, deed: str | None) -> None:
        """Put copies in, beside those that are there. The same `deed` again adds nothing."""
        if deed is not None and not self.deeds.first_time(
            f"add:{deed}:{book_id}:{quantity}", at, REPEATED_WITHIN
        ):
            return
        there = self.lines.get(book_id)
        if there is None and len(self.lines) >= MOST_BOOKS:
            raise CartFull(f"A cart holds {MOST_BOOKS} different books; order or remove some first.")
        copies = _copies(quantity) + (there.quantity if there else 0)
        if copies > MOST_COPIES:
            raise InvalidInput("qty", f"A cart holds {MOST_COPIES} copies of a book; this would be {copies}.")
        self.lines[book_id] = CartLine(copies, price)
        self.capped = {}

    def change(self, book_id: BookId, quantity: int) -> None:
        """Say how many copies there shall be; raises `NotInCart`."""
        there = self.lines.get(book_id)
        if there is None:
            raise NotInCart("The cart does not hold this book; add it first.")
        self.lines[book_id] = CartLine(_copies(quantity), there.price_seen)
        self.capped = {}

    def remove(self, book_id: BookId) -> None:
        """Take a book out; if it is not there, all is well."""
        self.lines.pop(book_id, None)
        self.capped = {}

    def clear(self) -> None:
        """Take everything out."""
        self.lines.clear()
        self.capped = {}

    def remove_ordered(self, order_id: OrderId, ordered: Mapping[BookId, int], at: datetime) -> None:
        """Take out what an order bought, once; copies added since stay."""
        if not self.deeds.first_time(f"order:{order_id}", at, REMEMBERED_FOR):
            return
        for book_id, bought in ordered.items():
            there = self.lines.get(book_id)
            if there is None:
                continue
            if there.quantity > bought:
                self.lines[book_id] = CartLine(there.quantity - bought, there.price_seen)
            else:
                del self.lines[book_id]

    # -- from a guest's cart into a reader's, in three steps that may each be repeated ---------------------

    def hand_over(self, claim: UUID, to: UserId) -> None:
        """Set everything aside for that reader, unless an earlier handover still waits: it goes first."""
        if self.leaving is None and self.lines:
            self.leaving, self.lines = Handover(claim, to, self.lines), {}

    def receive(self, handover: Handover, at: datetime) -> None:
        """Add the lines of a guest's cart, once. Quantities add up to `MOST_COPIES` at most, `capped` tells
        where; no book is left behind, so a merged cart may hold more than `MOST_BOOKS`.
        """
        if not self.deeds.first_time(f"merge:{handover.claim}", at, REMEMBERED_FOR):
            return
        self.capped = {}
        for book_id, line in handover.lines.items():
            there = self.lines.get(book_id)
            both = line.quantity + (there.quantity if there else 0)
            self.lines[book_id] = CartLine(min(both, MOST_COPIES), (there or line).price_seen)
            if both > MOST_COPIES:
                self.capped[book_id] = both

    def handed_over(self, claim: UUID) -> None:
        """The reader's cart has the lines."""
        if self.leaving is not None and self.leaving.claim == claim:
            self.leaving = None


def _copies(quantity: int) -> int:
    if not 1 <= quantity <= MOST_COPIES:
        raise InvalidInput("qty", f"Use 1 to {MOST_COPIES} copies; to take a book out, remove it.")
    return quantity
