"""What can go wrong when others are asked about books."""

from domain.shared.errors import DomainError


class BookUnknownElsewhere(DomainError):
    """None of those the shop asks about books knows this ISBN: enter the book by hand."""

    code = "book_unknown_elsewhere"


class BookSourcesUnavailable(DomainError):
    """Those the shop asks about books do not answer just now. Try again later, or enter the book by hand."""

    code = "book_sources_unavailable"


class AuthorNotTold(DomainError):
    """The source names no author, and a book of the shop has one: send `authors` along."""

    code = "author_not_told"
