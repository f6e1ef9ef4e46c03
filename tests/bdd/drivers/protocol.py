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


class Visitor(Protocol):
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

    async def operator(self, order_id: str, decision: str, *note: str) -> None:
        """Somebody behind the counter decides about a process: "retry", or "settle" with a note."""
        ...


@runtime_checkable
class TimelessShop(Shop, Protocol):
    """One in which time passes when a scenario says so, and the provider falls silent for as long."""

    async def time_passes(self, by: timedelta) -> None: ...

    async def provider_silent_about(self, operation: str) -> None: ...

    async def provider_answers_again(self) -> None: ...
