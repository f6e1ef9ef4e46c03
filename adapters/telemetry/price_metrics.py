"""What the shop counts about remembering prices, in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter


class PriceMetrics:
    """The part of `Measurements` that speaks of remembered prices."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._recalled = Counter(
            "octavo_price_recalls", "Books whose prices were recalled.", ("layer", "tier"), registry=registry
        )
        self._asks_spared = Counter(
            "octavo_price_asks_spared", "Stores not asked what others asked.", ("how",), registry=registry
        )
        self._unwritten = Counter(
            "octavo_prices_unwritten", "Answers of stores the database did not take.", registry=registry
        )
        self._recalls: dict[tuple[str, str], Counter] = {}

    def price_recalled(self, layer: str, tier: str) -> None:
        """Thousands a second: the labelled child is kept at hand, as for requests."""
        found = self._recalls.get((layer, tier))
        if found is None:
            found = self._recalls[layer, tier] = self._recalled.labels(layer, tier)
        found.inc()

    def price_ask_spared(self, how: str) -> None:
        """See `Measurements`."""
        self._asks_spared.labels(how).inc()

    def prices_unwritten(self, answers: int) -> None:
        """See `Measurements`."""
        self._unwritten.inc(answers)
