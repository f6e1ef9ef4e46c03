"""Where a page of books ends and the next begins: keyset cursors, which no insertion can shift."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import msgspec

from application.books.catalogue import Sort
from domain.shared.errors import InvalidInput

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_Key = Annotated[str, msgspec.Meta(max_length=400, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True)
class Order:
    """One way to list. `key` is the expression that its index holds; ties go by id, in the same direction."""

    key: str
    falling: bool
    kind: type


ORDERS: Final = {
    Sort.BESTSELLERS: Order("b.sold", falling=True, kind=_Count),
    Sort.NEW: Order("coalesce(b.published_date, '0001-01-01')", falling=True, kind=date),
    Sort.PRICE: Order("b.price", falling=False, kind=_Count),
    Sort.PRICE_FALLING: Order("b.price", falling=True, kind=_Count),
    Sort.TITLE: Order("b.sorting_key", falling=False, kind=_Key),
}
_DECODERS: Final = {
    sort: msgspec.json.Decoder(tuple[str, order.kind, UUID])  # type: ignore[name-defined] # built from the table above
    for sort, order in ORDERS.items()
}


def write_cursor(sort: Sort, key: object, book_id: UUID) -> str:
    """Name the last book of a page by its place in the order."""
    return base64.urlsafe_b64encode(msgspec.json.encode((sort.value, key, book_id))).decode().rstrip("=")


def read_cursor(sort: Sort, cursor: str) -> tuple[object, UUID]:
    """The place to go on from; raises InvalidInput for anything `write_cursor` did not make."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        of_sort, key, book_id = _DECODERS[sort].decode(text)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as foreign:
        raise InvalidInput("cursor", _NOT_OURS) from foreign
    if of_sort != sort:
        raise InvalidInput("cursor", f"This cursor belongs to sort={of_sort}.")
    return key, book_id


_NOT_OURS: Final = "Send the `next` of the page before, with the same sort, or leave it out."
