"""What both kinds of HTML page say of an offer, and how text is written in them."""

from dataclasses import dataclass
from html import escape
from typing import Final

from domain.prices.offer import Availability, Condition
from domain.shared.edition_format import Format
from domain.shared.isbn import isbn13_check_digit
from entrypoints.sandbox.bookstores.book import title_of
from entrypoints.sandbox.bookstores.formats.amounts import local_text
from entrypoints.sandbox.bookstores.formats.language import moment
from entrypoints.sandbox.bookstores.prices import local
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.bookstores.store import Store

SCHEMA: Final = "https://schema.org/"
FORMATS: Final = {Format.PAPERBACK: SCHEMA + "Paperback", Format.HARDCOVER: SCHEMA + "Hardcover"}
GRADES: Final = {
    Condition.NEW: "New",
    Condition.LIKE_NEW: "Used \u2013 like new",
    Condition.VERY_GOOD: "Used \u2013 very good",
    Condition.GOOD: "Used \u2013 good",
    Condition.ACCEPTABLE: "Used \u2013 acceptable",
}
AVAILABILITIES: Final = {
    Availability.IN_STOCK: SCHEMA + "InStock",
    Availability.FEW_LEFT: SCHEMA + "LimitedAvailability",
    Availability.BACK_ORDER: SCHEMA + "BackOrder",
    Availability.PRE_ORDER: SCHEMA + "PreOrder",
    Availability.OUT_OF_STOCK: SCHEMA + "OutOfStock",
}
_ENTITIES: Final = {"€": "&euro;", "£": "&pound;", "¥": "&yen;", "\u00a0": "&nbsp;"}
_OTHERS: Final = 3  # other books beside the one
_LURE: Final = 299  # US cents: what the first of them costs, less than what is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An offer in words. `price`, `shipping` and `tax` are None where there is no copy to ask a price for."""

    sku: str
    seller: str
    condition: str
    grade: str
    before: str
    price: str | None
    shipping: str | None
    tax: str | None
    currency: str
    availability: str
    since: str


@dataclass(frozen=True, slots=True)
class Other:
    """A book beside the one that was asked for."""

    title: str
    isbn: str
    price: str


def tag(store: Store, offer: Listed) -> Tag:
    """The offer as that store words it."""
    is_there = offer.availability is not Availability.OUT_OF_STOCK

    def said(amount: int) -> str:
        return local_text(amount, offer.currency, store.country)

    return Tag(
        sku=offer.id,
        seller=offer.seller,
        condition=SCHEMA + ("NewCondition" if offer.condition is Condition.NEW else "UsedCondition"),
        grade=GRADES[offer.condition],
        before=said(offer.item + offer.item // 5),
        price=said(offer.item) if is_there else None,
        shipping=said(offer.shipping) if is_there else None,
        tax=said(offer.tax) if is_there else None,
        currency=offer.currency,
        availability=AVAILABILITIES[offer.availability],
        since=moment(offer.changed),
    )


def others(store: Store, isbn: str) -> list[Other]:
    """What else one might like, cheaper at first sight."""
    stems = [f"{isbn[:10]}{(int(isbn[10:12]) + number) % 100:02d}" for number in range(1, _OTHERS + 1)]
    isbns = [stem + isbn13_check_digit(stem) for stem in stems]
    return [
        Other(
            title_of(store.seed, other),
            other,
            local_text(local(_LURE * number, store.currency), store.currency, store.country),
        )
        for number, other in enumerate(isbns, start=1)
    ]


def written(text: str) -> str:
    """Safe within HTML, with the entities that shops like to write."""
    safe = escape(text)
    for character, entity in _ENTITIES.items():
        safe = safe.replace(character, entity)
    return safe
