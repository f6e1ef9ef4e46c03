"""What the shop counts about itself, in its own words; the adapter knows the monitoring system."""

from typing import Protocol


class Measurements(Protocol):
    """Counts and gauges. Calls are cheap, never fail, and carry no personal data: outcomes are words
    from a short fixed list, never ids.
    """

    def checkout_finished(self, outcome: str) -> None:
        """A checkout reached its outcome ("confirmed", "declined", "expired", …)."""
        ...

    def payment_finished(self, operation: str, outcome: str) -> None:
        """The provider answered an operation ("authorise": "authorised", "declined", "unknown", …)."""
        ...

    def reservation_failed(self) -> None:
        """Somebody wanted a copy that was not there to be held."""
        ...

    def cache_hit(self, layer: str) -> None:
        """The layer ("process", "valkey") had the answer."""
        ...

    def cache_missed(self, layer: str) -> None:
        """The layer had to ask further down."""
        ...

    def cache_helped(self, how: str) -> None:
        """A cache did more than remember: "coalesced" (a visitor waited for another's question), "early" (an
        answer was renewed before it was due) or "stale" (an old answer was given because asking failed).
        """
        ...

    def outbox_waiting(self, events: int, oldest_seconds: float) -> None:
        """So many events wait to be published, the oldest for so long."""
        ...

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """An HTTP request was answered; `route` is the template, never the path."""
        ...

    def request_turned_away(self) -> None:
        """A caller exceeded the rate."""
        ...

    def breaker_turned(self, breaker: str, state: str) -> None:
        """A circuit breaker turned to that `BreakerState`."""
        ...

    def breaker_refused(self, breaker: str) -> None:
        """A circuit breaker let somebody not through."""
        ...

    def search_answered(self, engine: str) -> None:
        """The engine ("typesense", "postgres") answered a search."""
        ...

    def search_waiting(self, works: int, oldest_seconds: float) -> None:
        """So many changed works wait for the index, the oldest for so long."""
        ...

    def search_drifted(self, works: int) -> None:
        """An audit found so many works that the index had wrong, and mended them."""
        ...

    def book_source_asked(self, source: str, outcome: str) -> None:
        """Somebody who knows books was asked ("answered", "unchanged", "failed", "busy", "refused",
        "resting").
        """
        ...

    def store_asked(self, store: str, outcome: str, seconds: float | None) -> None:
        """A bookstore was to be asked ("answered", or why it has no part in the comparison); None: no call
        was made.
        """
        ...

    def store_turned(self, store: str, state: str) -> None:
        """A bookstore's breaker turned to that `StoreState`; told by the one process that turned it."""
        ...

    def store_spared(self, store: str) -> None:
        """A bookstore was not asked because it does badly."""
        ...

    def price_recalled(self, layer: str, tier: str) -> None:
        """Prices of a book were recalled from a `Layer` ("process", "shared", "lasting"); by how much it is
        asked for, the book is of that `Tier` ("L0" to "L3").
        """
        ...

    def price_ask_spared(self, how: str) -> None:
        """A store was not asked what somebody asked it just then ("here": in this process, "elsewhere")."""
        ...

    def prices_unwritten(self, answers: int) -> None:
        """So many answers of stores are remembered for a while only: the database did not take them."""
        ...
