"""Where a reader finds a book: a tree of two levels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.shared.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf. `slug` is stable and stands in addresses; `parent` is the slug of a top-level category."""

    slug: str
    name: str
    parent: str | None = None


class CategoryTree:
    """All categories of the shop, parents before children, in the order shown."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self._by_slug = {category.slug: category for category in categories}
        for category in categories:
            if category.parent is not None and self._parent_of(category).parent is not None:
                raise InvalidInput("categories", f"{category.slug!r} would be a third level; there are two.")

    def __iter__(self) -> Iterator[Category]:
        return iter(self._by_slug.values())

    def require_known(self, slugs: Iterable[str]) -> None:
        """Every slug must be a category of the shop."""
        for slug in slugs:
            self._known(slug, "categories")

    def with_children(self, slug: str) -> list[str]:
        """The category and, if it is a top-level one, everything under it."""
        self._known(slug, "category")
        return [slug, *(c.slug for c in self._by_slug.values() if c.parent == slug)]

    def _known(self, slug: str, field: str) -> Category:
        category = self._by_slug.get(slug)
        if category is None:
            raise InvalidInput(field, f"{slug!r} is no category of this shop; see GET /v1/categories.")
        return category

    def _parent_of(self, category: Category) -> Category:
        return self._known(category.parent or "", "categories")
