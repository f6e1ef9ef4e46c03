"""Amounts as each format writes them."""

from decimal import Decimal
from typing import Final

from domain.shared.money import EXPONENTS
from entrypoints.sandbox.bookstores.refusals import not_understood

NO_BREAK: Final = "\u00a0"
_NARROW: Final = "\u202f"
_MARKS: Final = {"DE": (".", ","), "FR": (_NARROW, ","), "CH": ("\u2019", ".")}  # thousands, decimals
_SIGNS: Final = {"USD": "$", "GBP": "£", "EUR": "€", "CAD": "CA$", "AUD": "A$", "CHF": "CHF", "JPY": "¥"}
_SIGN_LAST: Final = frozenset({"DE", "FR"})
_SIGN_APART: Final = frozenset({"CH"})


def decimal_text(amount: int, currency: str) -> str:
    """12.99; yen without a point."""
    return f"{Decimal(amount).scaleb(-EXPONENTS[currency]):f}"


def number(amount: int, currency: str) -> float | int:
    """12.99, as a JSON number."""
    exponent = EXPONENTS[currency]
    return amount / 10**exponent if exponent else amount


def local_text(amount: int, currency: str, country: str) -> str:
    """As on a price tag in that country: 1.234,50 € in Germany."""
    thousands, point = _MARKS.get(country, (",", "."))
    plain = f"{Decimal(amount).scaleb(-EXPONENTS[currency]):,f}"
    text, sign = plain.translate({ord(","): thousands, ord("."): point}), _SIGNS[currency]
    if country in _SIGN_LAST:
        return f"{text}{NO_BREAK}{sign}"
    return f"{sign}{NO_BREAK if country in _SIGN_APART else ''}{text}"


def minor_units(written: str, currency: str) -> int:
    """What a customer wrote as decimal text. Finer than the currency is no amount."""
    if currency not in EXPONENTS:
        raise not_understood(f"{currency!r} is no currency here.")
    try:
        amount = Decimal(written).scaleb(EXPONENTS[currency])
    except ArithmeticError as error:
        raise not_understood(f"{written!r} is no amount.") from error
    if not amount.is_finite() or amount < 0 or amount != amount.to_integral_value():
        raise not_understood(f"{written!r} is no amount.")
    return int(amount)
