"""What example files cannot know (price, copies, binding) is thrown with dice that always fall the same."""

from collections.abc import Sequence
from random import Random
from typing import Final

from domain.shared.edition_format import Format

SEED: Final = "octavo-1"
# Cents, from what such editions cost in shops of the 2020s.
PRICES: Final = {
    Format.HARDCOVER: (1699, 3499),
    Format.PAPERBACK: (799, 1899),
    Format.EBOOK: (199, 999),
    Format.AUDIOBOOK: (999, 2499),
}
ENDINGS: Final = (99, 99, 99, 95, 50)
MINUTES_A_PAGE: Final = 2  # read aloud


def dice(*about: str) -> Random:
    """The same for the same thing, today and on every machine."""
    return Random("/".join((SEED, *about)))


def some_price(thrown: Random, kind: Format) -> int:
    """Cents, with the endings prices have."""
    low, high = PRICES[kind]
    return thrown.randrange(low // 100, high // 100 + 1) * 100 + thrown.choice(ENDINGS)


def some_copies(thrown: Random, kind: Format) -> int:
    """A few are sold out, a few nearly; what is digital has no copies."""
    if kind.is_digital:
        return 0
    luck = thrown.randrange(100)
    if luck < 4:  # noqa: PLR2004 - one in twenty-five
        return 0
    return thrown.randrange(1, 4) if luck < 14 else thrown.randrange(4, 121)  # noqa: PLR2004 - one in ten


def weight_grams(kind: Format, pages: int) -> int | None:
    """80 g paper in octavo, and a binding; what is digital weighs nothing."""
    if kind.is_digital:
        return None
    return pages * 6 // 5 + (250 if kind is Format.HARDCOVER else 40)


def one_of(thrown: Random, kinds: Sequence[Format], weights: Sequence[int]) -> Format:
    """A format by how common it is."""
    return thrown.choices(kinds, weights)[0]
