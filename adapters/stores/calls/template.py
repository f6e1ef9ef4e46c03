"""Calls to a store as its description words them, with places to fill: `/offers/{isbn}`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Final, Protocol, TypeAlias
from urllib.parse import quote, urlencode

import msgspec

Values: TypeAlias = Mapping[str, str | None]
Tree: TypeAlias = "str | int | bool | list[Tree] | dict[str, Tree]"

PLACE: Final = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)(?P<number>:number)?\}")
# Amounts as numbers where a store wants them so: digit by digit, with no float on the way.
_JSON: Final = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Request:
    """A call that is ready to be made. `path` is encoded, and comes below the store's address."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)  # it may hold an address


class Body(Protocol):
    """What a call sends along."""

    @property
    def content_type(self) -> str:
        """As its header says it."""
        ...

    def filled(self, values: Values) -> bytes:
        """With everything in its place."""
        ...


@dataclass(frozen=True, slots=True)
class JsonBody:
    """An object. `"{item:number}"` becomes a number; what has no value is left out. `as_it_is` goes beside
    the rest unfilled: the braces of a GraphQL query are its own.
    """

    content: Mapping[str, Tree]
    as_it_is: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    def filled(self, values: Values) -> bytes:
        """See `Body`."""
        filled = {name: _tree(part, values) for name, part in self.content.items()}
        told = {name: part for name, part in filled.items() if part is not None}
        return _JSON.encode({**self.as_it_is, **told})


@dataclass(frozen=True, slots=True)
class FormBody:
    """Fields of a form."""

    fields: Mapping[str, str]
    content_type: str = "application/x-www-form-urlencoded"

    def filled(self, values: Values) -> bytes:
        """See `Body`."""
        return urlencode(_pairs(self.fields, values)).encode()


@dataclass(frozen=True, slots=True)
class XmlBody:
    """A document."""

    text: str
    content_type: str = "application/xml; charset=utf-8"

    def filled(self, values: Values) -> bytes:
        """See `Body`."""
        return _text(self.text, values, escape).encode()


@dataclass(frozen=True, slots=True)
class CallTemplate:
    """One kind of call."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Body | None
    places: frozenset[str]  # the names of what it needs to be filled

    def filled(self, values: Values) -> Request:
        """The call for these values."""
        headers = {name: _text(text, values) for name, text in self.headers.items()}
        if self.body is not None:
            headers["Content-Type"] = self.body.content_type
        return Request(
            method=self.method,
            path=_text(self.path, values, lambda value: quote(value, safe="")),
            query=_pairs(self.query, values),
            headers=headers,
            body=None if self.body is None else self.body.filled(values),
        )


def places_in(part: object) -> Iterator[re.Match[str]]:
    """Every place to fill in a text, or in all texts of a table."""
    if isinstance(part, str):
        yield from PLACE.finditer(part)
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from places_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from places_in(inner)


def _text(template: str, values: Values, written: Callable[[str], str] = str) -> str:
    return PLACE.sub(lambda place: written(values[place["name"]] or ""), template)


def _pairs(fields: Mapping[str, str], values: Values) -> dict[str, str]:
    """Without those that would be nothing but a missing value."""
    return {
        name: _text(text, values)
        for name, text in fields.items()
        if not ((place := PLACE.fullmatch(text)) and values[place["name"]] is None)
    }


def _tree(part: Tree, values: Values) -> object:
    match part:
        case str():
            return _leaf(part, values)
        case list():
            return [_tree(inner, values) for inner in part]
        case dict():
            filled = {name: _tree(inner, values) for name, inner in part.items()}
            return {name: inner for name, inner in filled.items() if inner is not None}
    return part


def _leaf(text: str, values: Values) -> object:
    place = PLACE.fullmatch(text)
    if place is None:
        return _text(text, values)
    value = values[place["name"]]
    return Decimal(value) if value is not None and place["number"] else value
