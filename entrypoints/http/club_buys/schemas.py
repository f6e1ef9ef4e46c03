"""What travels in bodies under /v1/club-buys."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.club_buys.join_club_buy import ShareWish
from domain.payments.token import payment_token
from domain.prices.offer import Condition
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.http.orders.schemas import PaymentInfo
from entrypoints.http.watches.schemas import (
    Conditions,
    LatestDate,
    Price,
    VetoMinutes,
    WatcherInfo,
    minutes,
)


class NewClubBuy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which club waits for which edition, and until when; without a date, for ninety days."""

    club_id: UUID
    book_isbn: Annotated[str, Meta(min_length=10, max_length=40, examples=["9780141439587"])]
    latest_date: LatestDate | None = None

    def isbn(self) -> Isbn:
        """From the wire."""
        try:
            return Isbn.parse(self.book_isbn)
        except InvalidInput as wrong:
            raise InvalidInput("book_isbn", wrong.message) from wrong


class ShareBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most that one's copy may cost in all, shipping and tax included; how it is paid, and where it goes.
    With `veto_minutes` one is told before the purchase and has so long to say no.
    """

    max_price: Price
    payment_info: PaymentInfo
    user_info: WatcherInfo
    conditions: Conditions = (Condition.NEW,)
    veto_minutes: VetoMinutes | None = None

    def wish(self) -> ShareWish:
        """From the wire."""
        return ShareWish(
            maximum=self.max_price.money("max_price"),
            conditions=frozenset(condition.value for condition in self.conditions),
            address=self.user_info.shipping_addr.checked(),
            payment_token=payment_token(self.payment_info.token),
            veto=minutes(self.veto_minutes),
        )
