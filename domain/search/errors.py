"""What can go wrong with searching."""

from domain.shared.errors import DomainError


class SearchUnavailable(DomainError):
    """No search engine answered in time. Come back shortly: browsing and buying do not hang on it."""

    code = "search_unavailable"
