"""What the shop counts about bookstores, in Prometheus' format."""

from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from application.prices.store_health import StoreState
from application.prices.store_records import LATENCIES

STATES: Final = (StoreState.CLOSED, StoreState.HALF_OPEN, StoreState.OPEN, StoreState.ISOLATED)  # by weight

_log = structlog.get_logger("octavo.stores")


class StoreMetrics:
    """The part of `Measurements` that speaks of bookstores."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._asked = Counter(
            "octavo_store_outcomes", "What came of asking.", ("store", "outcome"), registry=registry
        )
        self._took = Histogram(
            "octavo_store_seconds",
            "Time from a call to its answer, or until it was given up.",
            ("store",),
            buckets=LATENCIES,
            registry=registry,
        )
        self._store_turns = Counter(
            "octavo_store_turns", "Breakers of bookstores turned.", ("store", "state"), registry=registry
        )
        self._spared = Counter(
            "octavo_store_spared", "Calls a breaker did not let through.", ("store",), registry=registry
        )
        # All processes share a breaker, and the one that turned it tells: the newest is the true one.
        self._states = Gauge(
            "octavo_store_state",
            "0 closed, 1 half-open, 2 open, 3 isolated.",
            ("store",),
            registry=registry,
            multiprocess_mode="mostrecent",
        )

    def store_asked(self, store: str, outcome: str, seconds: float | None) -> None:
        """See `Measurements`."""
        self._asked.labels(store, outcome).inc()
        if seconds is not None:
            self._took.labels(store).observe(seconds)

    def store_turned(self, store: str, state: str) -> None:
        """Also told in the log, once a turn: where a store refuses us, a person must look."""
        self._store_turns.labels(store, state).inc()
        self._states.labels(store).set(STATES.index(StoreState(state)))
        tell = _log.error if state == StoreState.ISOLATED else _log.warning
        tell("store_turned", store=store, state=state)

    def store_spared(self, store: str) -> None:
        """See `Measurements`."""
        self._spared.labels(store).inc()
