"""The shop's counts in Prometheus' format, added up over all processes of the stack."""

import os
from pathlib import Path
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from adapters.telemetry.price_metrics import PriceMetrics
from adapters.telemetry.store_metrics import StoreMetrics
from application.shared.breaker import BreakerState

SHARED_FOLDER: Final = (
    "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own variable, read when it is imported
)
# Finest where the promises lie: 50 ms for browsing, 500 ms for a checkout's outcome.
LATENCIES: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
BREAKER_STATES: Final = (BreakerState.CLOSED, BreakerState.HALF_OPEN, BreakerState.OPEN)  # by weight

_log = structlog.get_logger("octavo.breakers")


class PrometheusMeasurements(PriceMetrics, StoreMetrics):
    """Counts into this process's own file of the shared folder, or into memory when there is none."""

    media_type: Final = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        PriceMetrics.__init__(self, self._registry)
        StoreMetrics.__init__(self, self._registry)
        self._requests = self._counter(
            "http_requests", "HTTP requests answered.", "method", "route", "status"
        )
        self._seconds = Histogram(
            "octavo_http_request_seconds",
            "Time to the end of the answer.",
            ("method", "route"),
            buckets=LATENCIES,
            registry=self._registry,
        )
        self._turned_away = self._counter("http_requests_turned_away", "Requests over the rate limit.")
        self._checkouts = self._counter("checkout_outcomes", "Checkouts by outcome.", "outcome")
        self._payments = self._counter("payment_outcomes", "Payments by outcome.", "operation", "outcome")
        self._reservations = self._counter("reservation_failures", "Holds refused for want of copies.")
        self._hits = self._counter("cache_hits", "Answers found in a cache.", "layer")
        self._misses = self._counter("cache_misses", "Answers not found in a cache.", "layer")
        self._helped = self._counter("cache_helped", "Waits and failures visitors were spared.", "how")
        self._backlog = self._gauge("outbox_backlog", "Events waiting to be published.")
        self._lag = self._gauge("outbox_lag_seconds", "Age of the oldest event waiting to be published.")
        self._searches = self._counter("searches", "Searches by the engine that answered.", "engine")
        self._unsearched = self._gauge("search_backlog", "Changed works that the search does not know yet.")
        self._search_lag = self._gauge("search_lag_seconds", "Age of the oldest such change.")
        self._drift = self._gauge("search_drift", "Works the last audit of the search found wrong.")
        self._sources = self._counter("book_sources", "Questions to others.", "source", "outcome")
        self._turns = self._counter("breaker_turns", "Circuit breakers turned.", "breaker", "state")
        self._refusals = self._counter("breaker_refusals", "Calls a breaker did not let through.", "breaker")
        self._breakers = Gauge(
            "octavo_breaker_state",
            "The worst of all processes: 0 closed, 1 half-open, 2 open.",
            ("breaker",),
            registry=self._registry,
            multiprocess_mode="livemax",
        )
        self._routes: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._layers: dict[str, Counter] = {}

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Keep the labelled children at hand: looking them up costs more than counting."""
        key = (method, route, status)
        found = self._routes.get(key)
        if found is None:
            count = self._requests.labels(method, route, str(status))
            found = self._routes[key] = (count, self._seconds.labels(method, route))
        found[0].inc()
        found[1].observe(seconds)

    def request_turned_away(self) -> None:
        """See `Measurements`."""
        self._turned_away.inc()

    def checkout_finished(self, outcome: str) -> None:
        """See `Measurements`."""
        self._checkouts.labels(outcome).inc()

    def payment_finished(self, operation: str, outcome: str) -> None:
        """See `Measurements`."""
        self._payments.labels(operation, outcome).inc()

    def reservation_failed(self) -> None:
        """See `Measurements`."""
        self._reservations.inc()

    def cache_hit(self, layer: str) -> None:
        """Most requests end here: the labelled child is kept at hand, as above."""
        found = self._layers.get(layer)
        if found is None:
            found = self._layers[layer] = self._hits.labels(layer)
        found.inc()

    def cache_missed(self, layer: str) -> None:
        """See `Measurements`."""
        self._misses.labels(layer).inc()

    def cache_helped(self, how: str) -> None:
        """See `Measurements`."""
        self._helped.labels(how).inc()

    def outbox_waiting(self, events: int, oldest_seconds: float) -> None:
        """See `Measurements`."""
        self._backlog.set(events)
        self._lag.set(oldest_seconds)

    def search_answered(self, engine: str) -> None:
        """See `Measurements`."""
        self._searches.labels(engine).inc()

    def search_waiting(self, works: int, oldest_seconds: float) -> None:
        """See `Measurements`."""
        self._unsearched.set(works)
        self._search_lag.set(oldest_seconds)

    def search_drifted(self, works: int) -> None:
        """See `Measurements`."""
        self._drift.set(works)

    def breaker_turned(self, breaker: str, state: str) -> None:
        """Also told in the log: once a turn, never once a call."""
        self._turns.labels(breaker, state).inc()
        self._breakers.labels(breaker).set(BREAKER_STATES.index(state))
        _log.warning("breaker_turned", breaker=breaker, state=state)

    def breaker_refused(self, breaker: str) -> None:
        """See `Measurements`."""
        self._refusals.labels(breaker).inc()

    def book_source_asked(self, source: str, outcome: str) -> None:
        """See `Measurements`."""
        self._sources.labels(source, outcome).inc()

    def exposition(self) -> bytes:
        """Everything counted since the stack was started, in the text format scrapers read."""
        folder = os.environ.get(SHARED_FOLDER)
        if not folder:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, path=folder)  # type: ignore[no-untyped-call] # the library's gap
        return generate_latest(everybody)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"octavo_{name}", words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        # Several relays may report: the newest look is the true one, and the dead stay silent.
        return Gauge(f"octavo_{name}", words, registry=self._registry, multiprocess_mode="livemostrecent")


def clear_shared_folder(folder: Path) -> None:
    """Make the folder, without what an earlier run left: call it before any process of this run starts."""
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob("*.db"):
        left_over.unlink()
