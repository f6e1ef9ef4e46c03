"""Look at one book."""

from application.books.catalogue import BookDetail, Catalogue
from domain.shared.ids import BookId


class ReadBook:
    """Anybody may see a book on sale: its price, whether it can be had, and the other editions of its work.
    Its ETag names the version that whoever changes the book must send back.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def __call__(self, book_id: BookId) -> BookDetail:
        """Raises `BookNotFound`, also once the book was withdrawn."""
        return await self._catalogue.read_book(book_id)
