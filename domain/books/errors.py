"""What can go wrong with books."""

from domain.shared.errors import DomainError


class BookNotFound(DomainError):
    """There is no such book, or it is no longer in the catalogue."""

    code = "book_not_found"


class WorkNotFound(DomainError):
    """There is no such work, or no edition of it is on sale."""

    code = "work_not_found"


class AuthorNotFound(DomainError):
    """Nothing by an author of this key is on sale."""

    code = "author_not_found"


class SeriesNotFound(DomainError):
    """Nothing of a series of this key is on sale."""

    code = "series_not_found"


class DuplicateIsbn(DomainError):
    """Another book in the catalogue has this ISBN: an ISBN names one edition."""

    code = "duplicate_isbn"


class DuplicateWork(DomainError):
    """Another work has the same title and authors: its editions belong together."""

    code = "duplicate_work"


class BookIsWithdrawn(DomainError):
    """The book was taken out of the catalogue and does not change any more."""

    code = "book_is_withdrawn"


class VersionNotNamed(DomainError):
    """A change must say which version of the book, or of the review, it was made on."""

    code = "version_not_named"
