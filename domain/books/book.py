"""A book: one edition of a work that can be sold, with its own ISBN, price and stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from domain.books.edition import EditionFacts
from domain.books.errors import BookIsWithdrawn
from domain.books.events import BookAdded, BookRepriced, BookRevised, BookWithdrawn
from domain.books.work import changed_names
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.events import Aggregate
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

HIGHEST_PRICE: Final = 100_000_000  # minor units; beyond it somebody mistook cents for dollars


@dataclass(kw_only=True, slots=True)
class Book(Aggregate):
    """One sellable edition. ISBN and format are what it is: to change those, withdraw it and add another.

    `version` counts saved changes of whatever its page says, so that two people never overwrite each other.
    """

    id: BookId
    work_id: WorkId
    isbn: Isbn
    format: Format
    facts: EditionFacts
    price: Money
    version: int = 1
    withdrawn_at: datetime | None = None

    @classmethod
    def add(
        cls,
        *,
        id: BookId,  # noqa: A002 - the aggregate's own name for it
        work_id: WorkId,
        isbn: Isbn,
        format: Format,  # noqa: A002 - the trade's word
        facts: EditionFacts,
        price: Money,
        at: datetime,
    ) -> Self:
        """A new edition enters the catalogue."""
        demand_sellable(price)
        book = cls(id=id, work_id=work_id, isbn=isbn, format=format, facts=facts, price=price)
        book._record(
            BookAdded(aggregate_id=id, occurred_at=at, work_id=work_id, isbn=isbn.value, price=price)
        )
        return book

    def expect(self, version: int) -> None:
        """Whoever changes the book must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"The book is at version {self.version}, you saw {version}: read it again.",
                version=self.version,
            )

    def revise(self, facts: EditionFacts, at: datetime) -> None:
        """Correct what is known about the edition; saying the same again changes nothing."""
        self._demand_on_sale()
        changed = changed_names(self.facts, facts)
        if changed:
            self.facts = facts
            self._record(BookRevised(aggregate_id=self.id, occurred_at=at, changed=changed))

    def reprice(self, price: Money, at: datetime) -> None:
        """Set the list price; orders and quotes made before keep theirs."""
        self._demand_on_sale()
        demand_sellable(price)
        if price != self.price:
            before, self.price = self.price, price
            self._record(BookRepriced(aggregate_id=self.id, occurred_at=at, before=before, after=price))

    def withdraw(self, at: datetime) -> None:
        """Take it out of the catalogue for good. Its orders, movements and history stay."""
        if self.withdrawn_at is None:
            self.withdrawn_at = at
            self._record(BookWithdrawn(aggregate_id=self.id, occurred_at=at))

    def _demand_on_sale(self) -> None:
        if self.withdrawn_at is not None:
            raise BookIsWithdrawn("This book was withdrawn from the catalogue.")


def demand_sellable(price: Money) -> None:
    """A list price is more than nothing and less than a mistake."""
    if not 1 <= price.amount <= HIGHEST_PRICE:
        raise InvalidInput("price.amount", f"Use 1 to {HIGHEST_PRICE} minor units (1299 is 12.99 USD).")
