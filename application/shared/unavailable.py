"""What the shop says when one of its own stores does not answer. All of it may be asked again."""

from domain.shared.errors import DomainError


class DatabaseUnavailable(DomainError):
    """The database did not answer in time. Come back shortly, and repeat a change with the same
    Idempotency-Key: what was already done is not done twice.
    """

    code = "database_unavailable"


class CacheUnavailable(DomainError):
    """The store for carts and short-lived facts did not answer in time. Come back shortly: orders and the
    catalogue do not hang on it.
    """

    code = "cache_unavailable"
