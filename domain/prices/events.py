"""What happens to prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.prices.offer import Condition, Series
from domain.shared.edition_format import Format
from domain.shared.events import DomainEvent
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceChanged(DomainEvent):
    """The least that any store asks for a copy, with all it takes to get it to the reader, is another. None:
    no store had, or has, a copy.
    """

    name: ClassVar[str] = "price_changed"
    isbn: str
    format: Format
    condition: Condition
    currency: str
    before: Money | None
    after: Money | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceDoubted(DomainEvent):
    """A store asks a price that is cheap beyond belief: a bargain or a mistake."""

    name: ClassVar[str] = "price_doubted"
    isbn: str
    store: str


def edition_id(isbn: Isbn) -> UUID:
    """The id of an edition, whether the shop sells it or not: made of its name in RFC 3187."""
    return uuid5(NAMESPACE_URL, f"urn:isbn:{isbn}")


def price_changes(
    before: Mapping[Series, Money], after: Mapping[Series, Money], at: datetime
) -> Sequence[PriceChanged]:
    """What to tell of the lows before and after."""
    changed = [series for series in {**before, **after} if before.get(series) != after.get(series)]
    return [
        PriceChanged(
            aggregate_id=edition_id(series.isbn),
            occurred_at=at,
            isbn=series.isbn.value,
            format=series.format,
            condition=series.condition,
            currency=series.currency,
            before=before.get(series),
            after=after.get(series),
        )
        for series in changed
    ]
