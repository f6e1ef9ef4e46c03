"""What is true of a book wherever it is sold: a function of the seed and its ISBN. Every ISBN is a book."""

import math
from typing import Final

from domain.shared.edition_format import Format
from entrypoints.sandbox.bookstores.chance import draw, normal, pick

CHEAPEST, MEDIAN, DEAREST = 299, 1_399, 14_900  # US cents; thin paperbacks at three dollars, atlases at 149
_SPREAD: Final = 0.45  # two paperbacks in three cost between 9 and 22 dollars
_HARDCOVERS, _FORTHCOMING = 0.3, 0.02  # of all books
_BOUND_COSTS: Final = 1.4  # times what the paperback would

_TITLES: Final = (
    "A History of",
    "Letters from",
    "The Weight of",
    "Notes on",
    "The Year of",
    "After",
    "Under",
)
_SUBJECTS: Final = (
    "Salt",
    "Glass",
    "Winter",
    "Thunder",
    "Orchards",
    "Amber",
    "Tides",
    "Ash",
    "Honey",
    "Maps",
)


def title_of(seed: str, isbn: str) -> str:
    """What stores that show one call it."""
    return f"{pick(_TITLES, seed, 'title', isbn)} {pick(_SUBJECTS, seed, 'subject', isbn)}"


def format_of(seed: str, isbn: str) -> Format:
    """In print always; e-books are sold elsewhere."""
    return Format.HARDCOVER if draw(seed, "bound", isbn) < _HARDCOVERS else Format.PAPERBACK


def is_forthcoming(seed: str, isbn: str) -> bool:
    """Not out yet: new copies can be pre-ordered, and nobody has a used one."""
    return draw(seed, "forthcoming", isbn) < _FORTHCOMING


def reference_price(seed: str, isbn: str) -> float:
    """What it is about worth, in US cents."""
    worth = MEDIAN * math.exp(_SPREAD * normal(seed, "reference", isbn))
    if format_of(seed, isbn) is Format.HARDCOVER:
        worth *= _BOUND_COSTS
    return min(max(worth, CHEAPEST), DEAREST)
