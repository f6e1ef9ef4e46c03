"""From facts as they are written to facts that can be read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from adapters.stores.answers.spot import Path
from adapters.stores.answers.wire_format import WireFormat
from adapters.stores.descriptions.mistakes import Mistake, at_key, one_of
from adapters.stores.descriptions.written import (
    Accepted,
    AmountsTable,
    AmountTable,
    FactTable,
    IsbnTable,
    WrittenAmount,
    WrittenFact,
)
from adapters.stores.mapping.amounts import Notation, Written, read_amount
from adapters.stores.mapping.fields import LEAVE_OUT, Fact, Where
from adapters.stores.mapping.offers import Others
from adapters.stores.mapping.parts import Amount, Parts

DECIMAL_MARKS: Final = (".", ",")


@dataclass(frozen=True, slots=True)
class Idiom:
    """In what a store's answers are written."""

    wire: WireFormat
    amounts: AmountsTable
    currency: str


def path(key: str, text: str, idiom: Idiom) -> Path:
    """A path in the notation of the wire format."""
    with at_key(key):
        return idiom.wire.path(text)


def fact(key: str, written: WrittenFact, idiom: Idiom, *, leaves_out: bool = False) -> Fact:
    """A fact; `leaves_out`: its words may mean that an offer is none for us."""
    table = FactTable(at=written) if isinstance(written, str) else written
    at = [table.at] if isinstance(table.at, str) else table.at or []
    if bool(at) == (table.always is not None):
        raise Mistake(key, 'give either "at", where the answer tells it, or "always", what it is.')
    if table.always is not None and (table.otherwise is not None or table.words or table.pattern):
        raise Mistake(key, 'what is "always" the same needs no "otherwise", "words" or "pattern".')
    if LEAVE_OUT in table.words.values() and not leaves_out:
        raise Mistake(
            f"{key}.words", f"{LEAVE_OUT!r} is a meaning of conditions, formats and availability alone."
        )
    return Fact(
        key=key,
        paths=[path(f"{key}.at", text, idiom) for text in at],
        always=table.always,
        otherwise=table.otherwise,
        words={_word(word): meaning for word, meaning in table.words.items()},
        pattern=None if table.pattern is None else _pattern(f"{key}.pattern", table.pattern),
    )


def word_fact(key: str, written: WrittenFact, idiom: Idiom, kind: type[StrEnum]) -> Fact:
    """A fact that is one of our words, such as a condition."""
    found = fact(key, written, idiom, leaves_out=True)
    for place, text in (("always", found.always), ("otherwise", found.otherwise)):
        if text is not None:
            one_of(f"{key}.{place}", text, kind)
    for word, meaning in found.words.items():
        one_of(f"{key}.words.{word}", meaning, [*kind, LEAVE_OUT])
    return found


def isbn_fact(key: str, written: str | IsbnTable, idiom: Idiom) -> tuple[Fact, Others]:
    """The fact that must fit, and what becomes of answers about other editions."""
    table = IsbnTable(at=written) if isinstance(written, str) else written
    if table.always is not None or table.otherwise is not None or table.words:
        raise Mistake(key, 'the answer itself must say of which edition it tells: "at" and "pattern" alone.')
    return fact(key, table, idiom), Others(one_of(f"{key}.others", table.others, Others))


def amount(key: str, written: WrittenAmount, idiom: Idiom) -> Amount:
    """A fact that is money."""
    table = AmountTable(at=written) if isinstance(written, str) else written
    found = fact(key, table, idiom)
    ours = [("always", found.always), ("otherwise", found.otherwise)]
    for place, text in [*ours, *((f"words.{word}", meaning) for word, meaning in found.words.items())]:
        if text is not None:
            with at_key(f"{key}.{place}"):
                read_amount(text, idiom.currency, Notation())
    usual = idiom.amounts
    written_so = notation(key, table.written or usual.written, table.decimal_mark or usual.decimal_mark)
    return Amount(found, written_so)


def notation(key: str, written: str, decimal_mark: str) -> Notation:
    """How amounts are written."""
    one_of(f"{key}.decimal_mark", decimal_mark, DECIMAL_MARKS)
    return Notation(Written(one_of(f"{key}.written", written, Written)), decimal_mark)


def parts(
    key: Callable[[str], str],
    amounts: tuple[WrittenAmount, WrittenAmount, WrittenAmount],
    currency: WrittenFact | None,
    idiom: Idiom,
) -> Parts:
    """Item, shipping and tax, and the currency they name; `key` says where each is written."""
    item, shipping, tax = amounts
    return Parts(
        item=amount(key("item"), item, idiom),
        shipping=amount(key("shipping"), shipping, idiom),
        tax=amount(key("tax"), tax, idiom),
        named_currency=None if currency is None else fact(key("currency"), currency, idiom),
    )


def where(key: str, accepted: Accepted, idiom: Idiom) -> Where:
    """Of what is listed, what is meant."""
    return Where([(path(key, text, idiom), frozenset(several(words))) for text, words in accepted.items()])


def several(words: str | Iterable[str]) -> list[str]:
    """A list, also where there was only one."""
    return [words] if isinstance(words, str) else list(words)


def lower(words: str | Iterable[str]) -> list[str]:
    """As answers are compared with them."""
    return [_word(word) for word in several(words)]


def _word(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pattern(key: str, text: str) -> re.Pattern[str]:
    with at_key(key):
        pattern = re.compile(text)
    if pattern.groups != 1:
        raise Mistake(key, "it needs one group in brackets, around what is wanted: ISBN ([0-9-]+).")
    return pattern
