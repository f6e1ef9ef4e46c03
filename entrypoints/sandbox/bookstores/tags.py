"""Prices written on books by hand, where a story needs them: such a book is sold at those stores alone."""

from collections.abc import Mapping

import msgspec

from domain.prices.offer import Availability


class NewTag(msgspec.Struct, forbid_unknown_fields=True):
    """`store` asks `price` minor units in all for a new copy of that book; null: it has none."""

    store: str
    isbn: str
    price: int | None = None
    availability: Availability = Availability.IN_STOCK

    def __post_init__(self) -> None:
        if self.price is not None and self.price < 1:
            raise ValueError("`price` is 1 or more, or null")


class Tags:
    """None at the start, and after every restart."""

    def __init__(self) -> None:
        self._tags: dict[str, dict[str, NewTag]] = {}

    def put(self, tag: NewTag) -> None:
        """From now on it says so."""
        self._tags.setdefault(tag.isbn, {})[tag.store] = tag

    def of(self, isbn: str) -> Mapping[str, NewTag] | None:
        """What was written on that book, by store; None: nothing anywhere."""
        return self._tags.get(isbn)

    def clear(self) -> None:
        """Take all of them off."""
        self._tags.clear()
