"""What the storm buys: drawn from a seed, so that a bad run can be had again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

COUPON = "STORM"
NOWHERE = "00000"  # a postal code that the carrier refuses, so that everything must be undone
# Mostly good cards; enough of the others that each meets each kind of death. What hangs for a minute comes
# first, so that the storm is over before its answer is.
HANGING, CARDS = ("tok_timeout",) * 3, {
    "tok_ok": 72,
    "tok_declined": 8,
    "tok_insufficient_funds": 4,
    "tok_lost_answer": 10,
    "tok_slow": 3,
    "tok_3ds_required": 3,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The books of the storm: how many copies of each there ever were; e-books have none."""

    printed: Mapping[UUID, int]
    digital: Sequence[UUID]


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One reader's one checkout. The reader's number names it for good."""

    number: int
    books: Mapping[UUID, int]
    token: str
    postal_code: str = "12345"
    coupon: str | None = None
    cancels: bool = False
    confirms: bool = True  # on the bank's page, if it comes to that

    @property
    def key(self) -> str:
        """One key, however often it is tried."""
        return f"storm-{self.number}"


def draw(seed: int, count: int, shelf: Shelf) -> list[Purchase]:
    """The purchases of a seed."""
    chance = Random(seed)
    return [_draw(chance, number, shelf) for number in range(count)]


def _draw(chance: Random, number: int, shelf: Shelf) -> Purchase:
    wanted = chance.sample([*shelf.printed, *shelf.digital], k=chance.choice((1, 1, 1, 2)))
    token = chance.choices(list(CARDS), list(CARDS.values()))[0]
    return Purchase(
        number=number,
        books={book: 1 if book in shelf.digital else chance.choice((1, 1, 2)) for book in wanted},
        token=HANGING[number] if number < len(HANGING) else token,
        coupon=COUPON if chance.random() < 0.08 else None,
        cancels=chance.random() < 0.12,
        confirms=chance.random() < 0.5,
    )
