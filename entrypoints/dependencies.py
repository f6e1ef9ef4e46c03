"""What the shop leans on, and what readers feel while one of it is lost. `docs/dependencies.md` says more."""

from collections.abc import Awaitable, Callable
from typing import Final

from application.health.check_readiness import Dependency

Probe = Callable[[], Awaitable[str]]

POSTGRES_LOST: Final = (
    "Pages that were looked at in the last minutes are shown as they were; everything else answers 503 with "
    "Retry-After. "
    "What was accepted goes on when it is back."
)
REDIS_LOST: Final = (
    "Carts, quotes and checkout answer 503. Browsing, signing in, orders and running processes go on; "
    "rate limits and sign-in limits are counted by each process alone, and each asks the database for itself."
)
TEMPORAL_LOST: Final = (
    "Orders are accepted and answered as pending; payment, shipping and cancellation wait until it is back. "
    "Nothing is lost, and nothing is done twice."
)


TYPESENSE_LOST: Final = (
    "The database answers searches: the same works and counts, less forgiving of typing errors. "
    "What changes meanwhile is in the index when it is back."
)


def declared_dependencies(
    postgres: Probe, redis: Probe, temporal: Probe, typesense: Probe | None
) -> list[Dependency]:
    """In the order of their weight; without `typesense` the database is meant to search alone."""
    found = [
        Dependency("postgres", postgres, POSTGRES_LOST, essential=True),
        Dependency("redis", redis, REDIS_LOST),
        Dependency("temporal", temporal, TEMPORAL_LOST),
    ]
    return [*found, Dependency("typesense", typesense, TYPESENSE_LOST)] if typesense else found
