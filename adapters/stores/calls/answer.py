"""What came back from a store: whatever its status, bounded, unpacked, and not yet understood."""

import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LARGEST_ANSWER: Final = 2 * 1024 * 1024  # bytes, packed and unpacked; 500 offers take a tenth of it
LONGEST_WAIT: Final = 24 * 60 * 60  # seconds; who asks for more means another day, too
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_CHARSET: Final = re.compile(r"""charset=["']?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's way to say: with gzip's header


class TooLarge(Exception):
    """The answer is larger than any honest one."""


class Garbled(Exception):
    """The answer cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def charset(self) -> str | None:
        """As its header names it."""
        named = _CHARSET.search(self.headers.get("Content-Type", ""))
        return named[1] if named else None

    def retry_after(self, now: datetime) -> int | None:
        """Whole seconds in which it wants to be left alone (RFC 9110: a number, or a date by its clock)."""
        told = self.headers.get("Retry-After", "").strip()
        if (seconds := seconds_in(told)) is not None:
            return seconds
        until = _moment(told)
        if until is None:
            return None
        wait = (until - (_moment(self.headers.get("Date", "")) or now)).total_seconds()
        return min(max(1, math.ceil(wait)), LONGEST_WAIT)


def seconds_in(text: str) -> int | None:
    """Whole seconds to wait, at least one and at most a day; None if the text is no number."""
    if not _SECONDS.fullmatch(text):
        return None
    return min(max(1, math.ceil(float(text))), LONGEST_WAIT)


def _moment(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its content coding. A bomb is noticed before it has unfolded."""
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            return _inflated(body)
    raise Garbled(f"it is packed as {encoding[:20]!r}, which was not asked for")


def _inflated(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        plain = unpacking.decompress(body, LARGEST_ANSWER + 1)
    except zlib.error:
        raise Garbled("it cannot be unpacked") from None
    if len(plain) > LARGEST_ANSWER:
        raise TooLarge
    if not unpacking.eof:
        raise Garbled("it ends too early")
    return plain
