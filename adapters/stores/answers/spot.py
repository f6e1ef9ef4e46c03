"""A place in a store's answer, whatever it is written in, and the way there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from adapters.stores.answers.elements import Element


class Unreadable(Exception):
    """The answer is not as described. The message says where and how, for an operator's eyes."""


class BadPath(Exception):
    """A path that a description gives cannot be understood. The message says why."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something in an answer, and what it stands in: an offer in its book, an attribute in its element."""

    value: object
    above: "Spot | None" = None

    @property
    def root(self) -> "Spot":
        """The whole answer."""
        spot = self
        while spot.above is not None:
            spot = spot.above
        return spot


Step: TypeAlias = Callable[[Spot], Iterable[Spot]]
Path: TypeAlias = Callable[[Spot], Sequence[Spot]]


def walk(steps: Sequence[Step]) -> Path:
    """The path that takes those steps one after the other, each from everything the last one found."""

    def find(start: Spot) -> Sequence[Spot]:
        spots: list[Spot] = [start]
        for step in steps:
            spots = [found for spot in spots for found in step(spot)]
        return spots

    return find


def to_root(spot: Spot) -> Iterable[Spot]:
    """The step to the whole answer."""
    yield spot.root


def up(spot: Spot) -> Iterable[Spot]:
    """The step to what this stands in."""
    if spot.above is not None:
        yield spot.above


def text_of(value: object) -> str:
    """What a value says, with the blanks around and between its words made one."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return " ".join(value.split())
        case int() | Decimal():
            return str(value)
        case Element():
            return " ".join(value.text().split())
    raise Unreadable("there is a list or an object where one value was expected")
