"""What is wrong with a description: always the file, the key, and what to do."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from adapters.stores.answers.spot import BadPath, Unreadable

_AT: Final = re.compile(r"^(?P<problem>.*?)(?: - at `(?:key in )?\$(?P<place>.*)`)?$", re.DOTALL)
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(?P<field>[^`]*)`")
_MISSING: Final = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_TYPES: Final = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<given>[^`]*)`")
_WORDS: Final = {
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
    "float": "a number with a fraction",
}


class DescriptionMistake(Exception):
    """A description cannot be used. `key` is where in `file`, "" for the file as a whole."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file, self.key, self.problem = file, key, problem


class Mistake(Exception):
    """The same, before the file is known."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key, self.problem = key, problem


@contextmanager
def at_key(key: str) -> Iterator[None]:
    """What goes wrong within is a mistake at this key."""
    try:
        yield
    except (BadPath, Unreadable, re.error) as why:
        raise Mistake(key, f"{why}.") from None


def one_of(key: str, text: str, allowed: Iterable[str]) -> str:
    """The text, if it is one of the words allowed there."""
    words = list(allowed)
    if text not in words:
        raise Mistake(key, f"{text!r} is none of {', '.join(words)}.")
    return text


def of_shape(error: msgspec.ValidationError) -> Mistake:
    """The mistake that a file of another shape than a description holds."""
    told = _AT.match(str(error))
    problem, place = (told["problem"], (told["place"] or "").removeprefix(".")) if told else (str(error), "")
    if unknown := _UNKNOWN.search(problem):
        return Mistake(_joined(place, unknown["field"]), "there is no such key; is it misspelt?")
    if missing := _MISSING.search(problem):
        return Mistake(_joined(place, missing["field"]), "it is missing: it is needed here.")
    if types := _TYPES.search(problem):
        wanted = " or ".join(_worded(kind) for kind in types["wanted"].split(" | ") if kind != "null")
        return Mistake(place, f"it should be {wanted}, and is {_worded(types['given'])}.")
    return Mistake(place, problem)


def _worded(kind: str) -> str:
    return _WORDS.get(kind, kind)


def _joined(place: str, field: str) -> str:
    return f"{place}.{field}" if place else field
