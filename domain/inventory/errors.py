"""What can go wrong with stock."""

from collections.abc import Mapping

from domain.shared.errors import DomainError
from domain.shared.ids import BookId


class OutOfStock(DomainError):
    """Fewer copies are left than were asked for; nothing was set aside."""

    code = "out_of_stock"

    @classmethod
    def of(cls, available: Mapping[BookId, int]) -> "OutOfStock":
        """Name each book that falls short and how many copies are left of it."""
        short = [{"book_id": str(book), "available": left} for book, left in sorted(available.items())]
        return cls("Not enough copies are left: lower the quantity or remove the book.", books=short)


class NoStockRecord(DomainError):
    """The shop keeps no stock of this book: it does not exist or is an e-book."""

    code = "no_stock_record"
