"""The shelves of the shop with what stands on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """Editions on sale, and the works they are of."""

    books: int = 0
    works: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A category and how much is on sale in it; a top-level one counts what stands under it, each book and
    each work once. `children` are slugs, in the order shown.
    """

    slug: str
    name: str
    parent: str | None
    children: Sequence[str]
    books: int
    works: int


class ShelfCounts(Protocol):
    """Counts all that is on sale."""

    async def by_slug(self) -> Mapping[str, ShelfCount]:
        """Of every category in which something is on sale. Exact when counted; counting a million books takes
        seconds, so the counts may be a minute old there, and a second in a small shop.
        """
        ...
