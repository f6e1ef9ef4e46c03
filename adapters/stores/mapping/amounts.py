"""Amounts of money as stores write them, read exactly: by way of decimals, never by way of floats."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from adapters.stores.answers.spot import Unreadable
from domain.shared.money import EXPONENTS, Money


class Written(StrEnum):
    """How a store writes amounts."""

    DECIMAL = "decimal"  # 12.99, as text or as a number
    MINOR = "minor"  # 1299: cents, pence, yen
    MICROS = "micros"  # 12990000: millionths
    LOCAL = "local"  # 1.234,50 €: as people of the country write it


@dataclass(frozen=True, slots=True)
class Notation:
    """`decimal_mark` is the one of local texts."""

    written: Written = Written.DECIMAL
    decimal_mark: str = "."


LONGEST: Final = 40  # characters; with more it is no price
MOST_DIGITS: Final = 12  # before the decimal point; with more it is no price, and no work for us
SHOWN: Final = 40  # characters of what a store said, in a message
# A double is exact to 15 digits: what is off by less than this much of a cent is how it was computed.
NOISE: Final = Decimal("0.001")
# Signs and abbreviations that may stand beside a local amount, and whose they are.
SIGNS: Final[Mapping[str, frozenset[str]]] = {
    "USD": frozenset({"$", "US$", "USD"}),
    "CAD": frozenset({"$", "CA$", "C$", "CAD", "CAD$"}),
    "AUD": frozenset({"$", "A$", "AU$", "AUD"}),
    "EUR": frozenset({"€", "EUR"}),
    "GBP": frozenset({"£", "GBP"}),
    "JPY": frozenset({"¥", "￥", "円", "JPY"}),
    "CHF": frozenset({"CHF", "FR.", "SFR."}),
    "KWD": frozenset({"KD", "K.D.", "KWD"}),
}
_DECIMAL: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")
_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_GROUP_MARKS: Final = ".,' \u2019"  # the last is what Switzerland prints
_LOCAL: Final = re.compile(
    rf"(?P<before>[^0-9-]*?)(?P<number>[0-9](?:[0-9{_GROUP_MARKS}]*[0-9])?)(?P<after>[^0-9-]*)"
)


def read_amount(text: str, currency: str, notation: Notation) -> Money:
    """The amount. Raises `Unreadable` for what is none, is of another currency, or finer than its cents."""
    if len(text) > LONGEST:
        raise Unreadable(f"{text[:SHOWN]!r}… is no amount")
    match notation.written:
        case Written.DECIMAL:
            units = _decimal(text)
        case Written.MINOR:
            units = _whole(text).scaleb(-EXPONENTS[currency])
        case Written.MICROS:
            units = _decimal(text).scaleb(-6)
        case Written.LOCAL:
            units = _local(text, currency, notation.decimal_mark)
    return _exact(units, text, currency)


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise Unreadable(f"{text!r} is no amount like 12.99")
    return Decimal(text)


def _whole(text: str) -> Decimal:
    if not _WHOLE.fullmatch(text):
        raise Unreadable(f"{text!r} is no whole number of minor units like 1299")
    return Decimal(text)


def _local(text: str, currency: str, decimal_mark: str) -> Decimal:
    parts = _LOCAL.fullmatch(" ".join(text.split()))  # also blanks that do not break
    if parts is None:
        raise Unreadable(f"{text!r} is no amount")
    for sign in (parts["before"], parts["after"]):
        if sign.strip() and sign.strip().upper() not in SIGNS[currency]:
            raise Unreadable(f"{text!r} is no amount in {currency}")
    whole, mark, fraction = parts["number"].partition(decimal_mark)
    digits = _ungrouped(whole, decimal_mark)
    if digits is None or (mark and not _WHOLE.fullmatch(fraction)):
        raise Unreadable(f"{text!r} is no amount with {decimal_mark!r} before its cents")
    return Decimal(f"{digits}.{fraction or 0}")


def _ungrouped(whole: str, decimal_mark: str) -> str | None:
    """Digits in groups of three with one and the same mark: "19.99" is no amount where the comma is the
    decimal mark, and must not become 1,999.
    """
    marks = set(whole) - set("0123456789")
    if not marks:
        return whole
    if len(marks) > 1 or decimal_mark in marks:
        return None
    first, *groups = whole.split(marks.pop())
    well = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)  # noqa: PLR2004 - a thousand has three
    return "".join([first, *groups]) if well else None


def _exact(units: Decimal, text: str, currency: str) -> Money:
    if units.adjusted() >= MOST_DIGITS:
        raise Unreadable(f"{text!r} is no price")
    minor = units.scaleb(EXPONENTS[currency])
    nearest = minor.to_integral_value()
    if abs(minor - nearest) > NOISE:
        raise Unreadable(f"{text!r} is finer than {currency} can be paid")
    return Money(int(nearest), currency)
