"""Which engine is asked first, and which stands by."""

import time
from typing import Final

from adapters.postgres.search.engine import PostgresSearchEngine
from adapters.typesense.client import Typesense
from adapters.typesense.engine import TypesenseEngine
from adapters.typesense.index import TypesenseIndex
from adapters.typesense.probe import TypesenseProbe
from application.search.engines import Overtaken
from application.search.ports import SearchEngine, SearchIndex
from application.shared.breaker import BreakerTerms, BreakerWatch, CircuitBreaker
from domain.search.errors import SearchUnavailable
from entrypoints.settings import Settings

# Three searches in a row that failed or took half a second: whoever comes next does not wait for a fourth.
# After two seconds one of them finds out how it does.
PATIENCE: Final = BreakerTerms(failures=3, slow_after=0.5, open_for=2.0)


def chosen_typesense(settings: Settings) -> Typesense | None:
    """None where PostgreSQL searches alone."""
    search = settings.search
    return Typesense(search.url, search.api_key) if search.engine == "typesense" else None


def chosen_engine(typesense: Typesense | None, postgres: PostgresSearchEngine) -> SearchEngine:
    """Who is asked first."""
    return TypesenseEngine(typesense) if typesense else postgres


def standing_by(typesense: Typesense | None, postgres: PostgresSearchEngine) -> SearchEngine | None:
    """Who answers while the first does not."""
    return postgres if typesense else None


def chosen_index(typesense: Typesense | None) -> SearchIndex | None:
    """Where documents are brought; the database's own need not be."""
    return TypesenseIndex(typesense) if typesense else None


def typesense_probe(typesense: Typesense | None) -> TypesenseProbe | None:
    """None where it is not meant to be there."""
    return TypesenseProbe(typesense) if typesense else None


def search_breaker(watch: BreakerWatch) -> CircuitBreaker:
    """Before the first engine."""
    return CircuitBreaker(
        "search", PATIENCE, failures=(SearchUnavailable, Overtaken), seconds=time.monotonic, watch=watch
    )
