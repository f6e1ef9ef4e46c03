"""Answers in JSON, and paths into them: `items[].price.amount`.

`name` is a member, `[]` every entry of a list, `[0]` the first, `[type=ISBN_13]` the entries with such a
member, `^` what the thing stands in (the object around the list, not the list), and `$` in front the whole
answer. What stands alone where others send a list counts as a list of one: JSON-LD allows it, and it is the
commonest surprise in practice.
"""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NoReturn

from adapters.stores.answers.spot import BadPath, Path, Spot, Step, Unreadable, text_of, to_root, up, walk

_SEGMENT: Final = re.compile(r"(?P<name>[^\[\]]*)(?P<brackets>(?:\[[^\[\]]*\])*)")
_BRACKET: Final = re.compile(r"\[([^\[\]]*)\]")
_DOTS: Final = re.compile(r"\.(?![^\[\]]*\])")  # not those within brackets


def read_json(body: bytes, charset: str | None) -> Spot:
    """The answer, its numbers as they were written: 2879.2 never becomes a float."""
    return Spot(loads(decoded(body, charset)))


def loads(text: str) -> object:
    """The value in a JSON text. Raises `Unreadable`."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        raise Unreadable("it is no JSON") from None


def decoded(body: bytes, charset: str | None) -> str:
    """Its text; UTF-8 where the store names no character set. Raises `Unreadable`."""
    try:
        return body.decode(charset or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(f"it is not written in {charset or 'UTF-8'}") from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def json_path(text: str) -> Path:
    """The path of that notation. Raises `BadPath`."""
    segments = _DOTS.split(text.strip())
    steps: list[Step] = []
    if segments[0] == "$":
        steps.append(to_root)
        segments = segments[1:]
    for segment in segments:
        steps.extend(_steps(segment, text))
    return walk(steps)


def _steps(segment: str, path: str) -> Iterable[Step]:
    parts = _SEGMENT.fullmatch(segment)
    if parts is None or not segment:
        raise BadPath(f"{path!r} is no path: write it like items[].price.amount")
    if parts["name"] == "^":
        yield up
    elif parts["name"]:
        yield _member(parts["name"])
    for bracket in _BRACKET.findall(parts["brackets"]):
        yield _bracket(bracket, path)


def _bracket(inside: str, path: str) -> Step:
    name, equals, wanted = inside.partition("=")
    if not inside:
        return _each
    if inside.isascii() and inside.isdigit():
        return _nth(int(inside))
    if name and equals:
        return _only(name.strip(), wanted.strip())
    raise BadPath(f"{path!r} is no path: [{inside}] should be [], [0] or [name=value]")


def _member(name: str) -> Step:
    def step(spot: Spot) -> Iterable[Spot]:
        if isinstance(spot.value, dict) and spot.value.get(name) is not None:
            yield Spot(spot.value[name], spot)

    return step


def _each(spot: Spot) -> Iterable[Spot]:
    if not isinstance(spot.value, list):
        yield spot
        return
    for entry in spot.value:
        if entry is not None:
            yield Spot(entry, spot.above or spot)


def _nth(index: int) -> Step:
    def step(spot: Spot) -> Iterable[Spot]:
        yield from list(_each(spot))[index : index + 1]

    return step


def _only(name: str, wanted: str) -> Step:
    member = walk([_member(name), _each])

    def step(spot: Spot) -> Iterable[Spot]:
        return (entry for entry in _each(spot) if wanted in {text_of(found.value) for found in member(entry)})

    return step
