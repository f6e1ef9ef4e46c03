"""Which questions were answered for sure a short while ago."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from application.prices.price_question import PriceQuestion
from application.shared.room import Room

STANDS_FOR: Final = 300.0  # seconds: no longer than the shortest life of what a store told
MOST: Final = 20_000  # questions, of some hundred bytes each
_SIZE: Final = 300


@dataclass(slots=True, eq=False)
class _Decision:
    last: float
    uses: int = 0

    @property
    def size(self) -> int:
        return _SIZE


class Decisions:
    """Of one process, for some minutes: a comparison found nobody who was likely to be cheaper. Models of
    stores change with every answer, so there is always somebody who might be after all; that is looked into
    behind the answer, not before it.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._seconds = seconds
        self._room: Room[_Decision] = Room(most=MOST, size=MOST * _SIZE)

    def note(self, question: PriceQuestion) -> None:
        """It was decided now."""
        now = self._seconds()
        self._room.put(_named(question), _Decision(now + STANDS_FOR), now)

    def stands(self, question: PriceQuestion) -> bool:
        """Whether it was a short while ago."""
        decision = self._room.get(_named(question))
        return decision is not None and self._seconds() < decision.last


def _named(question: PriceQuestion) -> Hashable:
    return (
        question.isbn,
        question.currency,
        frozenset(question.conditions),
        question.format,
        question.to_order,
    )
