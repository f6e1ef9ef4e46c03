"""Who writes: most people one book, few hundreds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from adapters.files.invented.chance import Stock, how_many
from adapters.files.invented.tongue import SPOKEN, Tongue
from domain.books.category import Category

MOST_WORKS: Final = 400
STEEPNESS: Final = 1.4  # three works on average; one author in 600 has a hundred
FIRST_YEAR, LAST_YEAR = 1900, 2026
LONGEST_CAREER: Final = 50  # years
# Shelves on which titles are plain statements of a subject.
LEARNED: Final = frozenset(
    {"philosophy", "religion", "history", "lives", "society", "science", "travel", "essays"}
)


@dataclass(slots=True)
class Author:
    """`shelves` are the slugs the author writes for, the usual one first; `taken` the titles so far."""

    name: str
    tongue: Tongue
    shelves: Sequence[str]
    learned: bool
    debut: int
    career: int
    works: int
    taken: set[str] = field(default_factory=set)


class Authors:
    """Draws them one after the other."""

    def __init__(self, tongues: Mapping[str, Tongue], shelves: Sequence[Category]) -> None:
        self._tongues = tongues
        self._parent_of = {shelf.slug: shelf.parent for shelf in shelves}
        parents = set(self._parent_of.values())
        leaves = [shelf.slug for shelf in shelves if shelf.slug not in parents]
        self._leaves = Stock(leaves, 4)  # fiction stands first in the tree, and most books are that

    def draw(self, dice: Random) -> Author:
        """The next one."""
        tongue = self._tongues[dice.choices(list(SPOKEN), list(SPOKEN.values()))[0]]
        slug = self._leaves.draw(dice)
        # More books appear every year: half of all careers began in the last quarter of the time.
        debut = LAST_YEAR - int((LAST_YEAR - FIRST_YEAR) * dice.random() ** 2)
        return Author(
            name=tongue.person(dice),
            tongue=tongue,
            shelves=tuple(dict.fromkeys((slug, self._leaves.draw(dice), self._leaves.draw(dice)))),
            learned=(self._parent_of[slug] or slug) in LEARNED,
            debut=debut,
            career=min(LONGEST_CAREER, LAST_YEAR - debut),
            works=how_many(dice, STEEPNESS, MOST_WORKS),
        )
