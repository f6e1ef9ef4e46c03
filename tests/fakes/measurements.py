"""Counts in memory."""

from collections import Counter


class InMemoryMeasurements:
    """The `Measurements` port."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.waiting: tuple[int, float] = (0, 0.0)

    def checkout_finished(self, outcome: str) -> None:
        self.counts[f"checkout {outcome}"] += 1

    def payment_finished(self, operation: str, outcome: str) -> None:
        self.counts[f"{operation} {outcome}"] += 1

    def reservation_failed(self) -> None:
        self.counts["reservation failed"] += 1

    def cache_hit(self, layer: str) -> None:
        self.counts[f"{layer} hit"] += 1

    def cache_missed(self, layer: str) -> None:
        self.counts[f"{layer} missed"] += 1

    def cache_helped(self, how: str) -> None:
        self.counts[f"helped {how}"] += 1

    def outbox_waiting(self, events: int, oldest_seconds: float) -> None:
        self.waiting = (events, oldest_seconds)

    def search_answered(self, engine: str) -> None:
        self.counts[f"search by {engine}"] += 1

    def search_waiting(self, works: int, oldest_seconds: float) -> None:
        self.unsearched = (works, oldest_seconds)

    def search_drifted(self, works: int) -> None:
        self.counts["drifted"] += works

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        self.counts[f"{method} {route} {status}"] += 1

    def request_turned_away(self) -> None:
        self.counts["turned away"] += 1

    def breaker_turned(self, breaker: str, state: str) -> None:
        self.counts[f"{breaker} {state}"] += 1

    def breaker_refused(self, breaker: str) -> None:
        self.counts[f"{breaker} refused"] += 1

    def book_source_asked(self, source: str, outcome: str) -> None:
        self.counts[f"{source} {outcome}"] += 1

    def store_asked(self, store: str, outcome: str, seconds: float | None) -> None:
        self.counts[f"{store} {outcome}"] += 1

    def store_turned(self, store: str, state: str) -> None:
        self.counts[f"{store} turned {state}"] += 1

    def store_spared(self, store: str) -> None:
        self.counts[f"{store} spared"] += 1

    def price_recalled(self, layer: str, tier: str) -> None:
        self.counts[f"prices from {layer} {tier}"] += 1

    def price_ask_spared(self, how: str) -> None:
        self.counts[f"ask spared {how}"] += 1

    def prices_unwritten(self, answers: int) -> None:
        self.counts["prices unwritten"] += answers
