"""Any sequence of what readers, guests, logins, orders and repeats do to carts, against simple sums."""

from collections import Counter
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.carts.cart import MOST_COPIES, Cart
from domain.carts.identity import guest_cart, reader_cart
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId, UserId
from domain.shared.money import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = UserId(UUID(int=7))
PRICE = Money(999, "USD")

books = st.integers(1, 4).map(lambda number: BookId(UUID(int=number)))
copies = st.integers(1, 40)


class TwoCarts(RuleBasedStateMachine):
    """A guest's and a reader's cart. A merge may die after each of its three steps and be tried again."""

    def __init__(self) -> None:
        super().__init__()
        self.guest = Cart(id=guest_cart(UUID(int=1)))
        self.reader = Cart(id=reader_cart(READER))
        self.expected: dict[str, Counter[BookId]] = {"guest": Counter(), "reader": Counter()}
        self.on_its_way: Counter[BookId] = Counter()
        self.numbers = count(1)
        self.last_order: tuple[OrderId, dict[BookId, int]] | None = None

    def cart(self, whose: str) -> Cart:
        return self.guest if whose == "guest" else self.reader

    @rule(whose=st.sampled_from(["guest", "reader"]), book=books, quantity=copies, repeats=st.integers(1, 3))
    def add(self, whose: str, book: BookId, quantity: int, repeats: int) -> None:
        key = f"key-{next(self.numbers)}"
        fits = self.expected[whose][book] + quantity <= MOST_COPIES
        for _ in range(repeats):
            try:
                self.cart(whose).add(book, quantity, PRICE, NOW, key)
            except InvalidInput:
                assert not fits
                return
        assert fits
        self.expected[whose][book] += quantity

    @rule(whose=st.sampled_from(["guest", "reader"]), book=books)
    def remove(self, whose: str, book: BookId) -> None:
        self.cart(whose).remove(book)
        del self.expected[whose][book]

    @rule(book=books, quantity=copies)
    def change(self, book: BookId, quantity: int) -> None:
        if book in self.reader.lines:
            self.reader.change(book, quantity)
            self.expected["reader"][book] = quantity

    @rule(taken=st.dictionaries(books, copies, max_size=3))
    def order(self, taken: dict[BookId, int]) -> None:
        self.last_order = (OrderId(UUID(int=next(self.numbers))), taken)
        self.reader.remove_ordered(*self.last_order, NOW)
        self.expected["reader"] -= Counter(taken)

    @precondition(lambda self: self.last_order is not None)
    @rule()
    def the_order_tells_again(self) -> None:
        assert self.last_order is not None
        self.reader.remove_ordered(*self.last_order, NOW)

    @rule(steps=st.integers(1, 3))
    def merge(self, steps: int) -> None:
        self.guest.hand_over(UUID(int=next(self.numbers)), READER)
        leaving = self.guest.leaving
        if leaving is None:
            return
        if not self.on_its_way:
            self.on_its_way, self.expected["guest"] = self.expected["guest"], Counter()
        if steps == 1:
            return
        if f"merge:{leaving.claim}" not in self.reader.deeds.until:
            both = self.expected["reader"] + self.on_its_way
            self.expected["reader"] = Counter({book: min(n, MOST_COPIES) for book, n in both.items()})
        self.reader.receive(leaving, NOW)
        if steps == 3:
            self.guest.handed_over(leaving.claim)
            self.on_its_way = Counter()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        assert self.guest.quantities() == +self.expected["guest"]
        assert self.reader.quantities() == +self.expected["reader"]
        leaving = self.guest.leaving
        waiting = {} if leaving is None else {book: line.quantity for book, line in leaving.lines.items()}
        assert waiting == +self.on_its_way


TestTwoCarts = TwoCarts.TestCase
TestTwoCarts.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
