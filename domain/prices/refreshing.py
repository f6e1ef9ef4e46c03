"""When a store is asked no more about a book, only to keep its price fresh."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.errors import DomainError
from domain.shared.isbn import Isbn

# In a row, while the store answers about other books: once is an accident, and five of them in the course of
# hours are the store's way with this book.
GIVEN_UP_AFTER: Final = 5


class NotSetAside(DomainError):
    """This book is not among those that were set aside at this store. Look at the list again."""

    code = "not_set_aside"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A book that a store failed on so many times in a row. It is not asked for it any more to keep its price
    fresh until somebody says so, or until it answers a reader.
    """

    store: StoreName
    isbn: Isbn
    failures: int
    why: Missing
    since: datetime


def is_given_up(failures: int) -> bool:
    """After so many failures in a row."""
    return failures >= GIVEN_UP_AFTER
