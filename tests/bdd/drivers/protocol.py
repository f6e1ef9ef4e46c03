"""What a scenario can do with a shop, whatever the shop is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

Told = Mapping[str, Any]  # what the shop tells, field by field, as its readers get to see it


class Refused(Exception):
    """The shop said no: `code` names the rule, `message` is what the person reads."""

    def __init__(self, code: str, message: str, details: Told) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.details = details


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How somebody orders what is in the cart. The same `key` is the same click."""

    card: str
    key: str
    country: str = "US"
    method: str | None = None
    coupon: str | None = None
    quote_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What somebody wants from wherever it is cheapest, for so many cents or less. The same `key` is the same
    click.
    """

    isbn: str
    maximum: int
    key: str
    card: str = "tok_ok"


class Street(Protocol):
    """The bookstores, each by its name in the addresses of the shop: "ferry-books"."""

    async def asks(self, store: str, isbn: str, price: int | None) -> None:
        """From now on; None: it does not sell that book."""
        ...

    async def is_down(self, store: str) -> None: ...

    async def is_slow(self, store: str) -> None: ...

    async def loses_an_answer(self, store: str) -> None:
        """The next order is taken, and nobody hears of it."""
        ...

    async def overcharges(self, store: str) -> None:
        """The next order costs more than was said."""
        ...

    async def calls_off(self, store: str, purchase_id: str) -> None:
        """The store changes its mind about an order."""
        ...

    async def gives_back(self, store: str, purchase_id: str, amount: int) -> None:
        """The store returns a part of what an order cost."""
        ...

    async def orders(self, purchase_id: str) -> Sequence[Told]:
        """Every order of a purchase, by the stores' own books: `store`, `stands` and `charged` cents."""
        ...

    async def behave(self) -> None:
        """From now on they do as they should."""
        ...


class Shopper(Protocol):
    """What anybody does about prices and purchases elsewhere."""

    async def compare(self, isbn: str, seconds: float) -> Told:
        """Wait so long at most."""
        ...

    async def buy_elsewhere(self, wish: Elsewhere) -> Told: ...

    async def see_purchase(self, purchase_id: str) -> Told: ...

    async def purchases(self) -> Sequence[Told]: ...

    async def set_caps(self, each: int, day: int, month: int) -> None: ...

    async def caps(self) -> Sequence[Told]: ...

    async def suspected_prices(self) -> Sequence[Told]: ...

    async def decide_price(self, suspicion: str, decision: str) -> None:
        """By "approve" or "reject"."""
        ...

    async def reckonings(self) -> Sequence[Told]:
        """The newest alone."""
        ...


class Reviewer(Protocol):
    """What anybody does with reviews. A review is named by its id; `reason` None lets it stand."""

    async def review(self, book: UUID, words: Mapping[str, Any]) -> Told: ...

    async def own_review(self, book: UUID) -> Told: ...

    async def revise_review(self, book: UUID, review: str, words: Mapping[str, Any]) -> None: ...

    async def withdraw_review(self, book: UUID, review: str) -> None: ...

    async def reviews(self, book: UUID, sort: str = "newest") -> Sequence[Told]: ...

    async def find_helpful(self, book: UUID, review: str) -> None: ...

    async def report_review(self, book: UUID, review: str, reason: str) -> None: ...

    async def held_reviews(self) -> Sequence[Told]: ...

    async def review_history(self, review: str) -> Sequence[Told]: ...

    async def decide_review(self, review: str, version: int, reason: str | None) -> None: ...


class Visitor(Reviewer, Shopper, Protocol):
    """One person at one device. Whatever is refused raises `Refused`."""

    async def register(self, email: str, password: str, name: str) -> None: ...

    async def sign_in(self, email: str, password: str) -> None: ...

    async def sign_out(self) -> None: ...

    async def sign_out_elsewhere(self) -> None: ...

    async def devices(self) -> int: ...

    async def profile(self) -> Told: ...

    async def grant(self, user_id: UUID, role: str) -> None: ...

    async def revoke(self, user_id: UUID, role: str) -> None: ...

    async def browse(self, **wanted: str | int) -> Sequence[Told]: ...

    async def search(self, **wanted: str | int) -> Sequence[Told]:
        """Every page, by the names of the API's parameters; with `title` or `author_words` in those alone."""
        ...

    async def suggest(self, typed: str) -> Sequence[Told]: ...

    async def look_at(self, book: UUID) -> Told: ...

    async def look_at_work(self, work: str) -> Told: ...

    async def look_at_author(self, key: str) -> Told: ...

    async def look_at_series(self, key: str) -> Told: ...

    async def authors(self, beginning: str) -> Sequence[Told]: ...

    async def shelves(self) -> Sequence[Told]: ...

    async def add_book(self, facts: Mapping[str, Any]) -> UUID: ...

    async def revise_book(self, book: UUID, seen: int, **changes: object) -> None: ...

    async def withdraw_book(self, book: UUID) -> None: ...

    async def look_elsewhere(self, **asked: str) -> Told: ...

    async def take_in_from_elsewhere(self, wanted: Mapping[str, Any]) -> UUID: ...

    async def receive_stock(self, book: UUID, copies: int, reason: str) -> None: ...

    async def stock(self, book: UUID) -> Told: ...

    async def put_in_cart(self, book: UUID, copies: int, click: str | None = None) -> Told: ...

    async def set_copies(self, book: UUID, copies: int) -> Told: ...

    async def take_out(self, book: UUID) -> Told: ...

    async def cart(self) -> Told: ...

    async def create_coupon(self, terms: Mapping[str, Any]) -> None: ...

    async def quote(self, country: str, method: str | None, coupon: str | None) -> Told: ...

    async def order(self, wish: Wish) -> Told: ...

    async def see_order(self, order_id: str) -> Told: ...

    async def orders(self) -> Sequence[Told]: ...

    async def cancel(self, order_id: str) -> Told: ...

    async def refund(self, order_id: str, body: Mapping[str, Any], click: str) -> Told: ...


class Shop(Protocol):
    """The shop with the world around it."""

    street: Street

    async def reckon_up(self) -> None:
        """The day's purchases, as if it were over."""
        ...

    def now(self) -> datetime:
        """What its clock shows."""
        ...

    async def visitor(self, network: int = 1) -> Visitor:
        """Somebody nobody knows yet; people of different networks come from different addresses."""
        ...

    async def known_reader(self, email: str, role: str = "reader") -> Visitor:
        """Somebody with an account, signed in, without the ceremony."""
        ...

    async def money(self, order_id: str) -> Mapping[str, int]:
        """Cents moved at the payment provider for an order: authorise, capture, void, refund."""
        ...

    async def others_know(self, title: str) -> str:
        """The ISBN of an edition that only others know."""
        ...

    async def others_silent(self, *names: str) -> None:
        """Those do not answer the next question."""
        ...

    async def bank_decides(self, order_id: str, page: str, *, confirmed: bool) -> None:
        """The reader presses a button on the bank's page."""
        ...

    async def parcel_booked_by_hand(self, order_id: str) -> None:
        """Somebody has told the carrier already, and something else than the shop will say."""
        ...

    async def parcel_moves(self, order_id: str) -> None:
        """The carrier collects it, or brings it."""
        ...

    async def letters(self, email: str) -> Sequence[str]:
        """Subjects of what was written to that address, oldest first."""
        ...

    async def search_knows_all(self) -> None:
        """Wait until every change of the catalogue has reached the search."""
        ...

    async def search_engine_away(self) -> None:
        """Until the end of the scenario."""
        ...

    async def search_engine_back(self) -> None: ...

    async def operator(self, order_id: str, decision: str, *note: str) -> None:
        """Somebody behind the counter decides about a process: "retry", or "settle" with a note."""
        ...


@runtime_checkable
class TimelessShop(Shop, Protocol):
    """One in which time passes when a scenario says so, and the provider falls silent for as long."""

    async def time_passes(self, by: timedelta) -> None: ...

    async def provider_silent_about(self, operation: str) -> None: ...

    async def provider_answers_again(self) -> None: ...
