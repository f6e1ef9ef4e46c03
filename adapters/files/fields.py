"""From the text of a column to a value; what cannot be read is named by its column."""

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import EXPONENTS, Money

LIST_SEPARATOR: Final = ";"
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")
_PLAIN: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")


def whole(field: str, text: str) -> int | None:
    """A whole number, or None for an empty column."""
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise InvalidInput(field, f"{text!r} is not a whole number.")
    return int(text)


def calendar_date(field: str, text: str) -> date | None:
    """A date like 2024-02-29, or None for an empty column."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise InvalidInput(field, f"{text!r} is not a date like 2024-02-29.") from wrong


def several(text: str) -> tuple[str, ...]:
    """Names between semicolons."""
    return tuple(part.strip() for part in text.split(LIST_SEPARATOR) if part.strip())


def price(text: str, currency: str) -> Money:
    """A price in whole units as people write it (12.99), exactly."""
    exponent = EXPONENTS.get(currency)
    if exponent is None:
        return Money(0, currency)  # says which currencies there are
    try:
        units = Decimal(text).scaleb(exponent) if _PLAIN.fullmatch(text) else None
    except InvalidOperation:
        units = None
    if units is None or units != units.to_integral_value():
        raise InvalidInput("price", f"{text!r} is not a price like 12.99 with at most {exponent} decimals.")
    return Money(int(units), currency)


def book_format(text: str) -> Format:
    """One of the four formats."""
    try:
        return Format(text.lower())
    except ValueError as unknown:
        raise InvalidInput("format", f"{text!r} is not one of {', '.join(Format)}.") from unknown


def json_object(field: str, text: str) -> dict[str, Any]:
    """A JSON object, or an empty one for an empty column."""
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise InvalidInput(field, "This is not JSON.") from wrong
    if not isinstance(found, dict):
        raise InvalidInput(field, "Use a JSON object.")
    return found
