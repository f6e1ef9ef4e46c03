"""Where a page of works ends and the next begins, in one word that a client sends back.

In an order by value it is the last work's place. By relevance it is every work shown so far: scores move
while books change, but what was shown is not shown again, and what was not is still to come.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Final

from application.search.query import Place, SearchSort
from domain.shared.errors import InvalidInput

DEEPEST: Final = (
    1_000  # works by relevance: a cursor of some 3 KB; who looks further should narrow the search
)
_LARGEST: Final = 2**63 - 1
_LONGEST: Final = 8_192
_PLACE: Final = re.compile(rb"([a-z-]{1,20}) (0|-?[1-9][0-9]{0,17}) (0|[1-9][0-9]{0,17})")  # within 64 bits
_SEVEN: Final = 7  # bits of a number in each byte; the eighth says that more follow


def place_cursor(sort: SearchSort, place: Place) -> str:
    """Go on behind this place."""
    return _armoured(f"{sort.value} {place.value} {place.ordinal}".encode())


def seen_cursor(seen: Sequence[int]) -> str:
    """Go on without these. Sorted, as differences, seven bits a byte: about two bytes a work."""
    packed, before = bytearray(b"\x00"), 0
    for ordinal in sorted(seen):
        rest, before = ordinal - before, ordinal
        while rest >> _SEVEN:
            packed.append(rest & 0x7F | 0x80)
            rest >>= _SEVEN
        packed.append(rest)
    return _armoured(bytes(packed))


def read_cursor(sort: SearchSort, cursor: str) -> tuple[tuple[int, ...], Place | None]:
    """The works shown so far, or the place; raises `InvalidInput` for anything we did not make."""
    if len(cursor) > _LONGEST:
        raise _foreign()
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as garbled:
        raise _foreign() from garbled
    if raw[:1] == b"\x00":
        return _seen(sort, raw[1:]), None
    found = _PLACE.fullmatch(raw)
    if found is None:
        raise _foreign()
    of_sort, value, ordinal = (part.decode() for part in found.groups())
    if of_sort != sort:
        raise InvalidInput("cursor", f"This cursor belongs to sort={of_sort}.")
    return (), Place(int(value), int(ordinal))


def _seen(sort: SearchSort, packed: bytes) -> tuple[int, ...]:
    if sort is not SearchSort.RELEVANCE:
        raise InvalidInput("cursor", f"This cursor belongs to sort={SearchSort.RELEVANCE}.")
    found, ordinal, number, shift = [], 0, 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += _SEVEN
        if not byte & 0x80:
            ordinal += number
            found.append(ordinal)
            number = shift = 0
    if shift or not found or len(found) > DEEPEST or found[-1] > _LARGEST:
        raise _foreign()
    return tuple(found)


def _foreign() -> InvalidInput:
    return InvalidInput("cursor", "Send the `next` of the page before, with the same sort, or leave it out.")


def _armoured(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
