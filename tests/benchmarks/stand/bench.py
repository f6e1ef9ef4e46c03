"""What every figure is taken from: the stack, its people and books, and how long to measure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from entrypoints.container import Container
from entrypoints.stack.postgres import PostgresServer
from tests.benchmarks.load.statistics import Run, middle
from tests.benchmarks.stand.books import forget_orders, forget_watches
from tests.benchmarks.stand.people import Reader
from tests.benchmarks.stand.plan import Plan
from tests.benchmarks.stand.stack import Stack
from tests.benchmarks.stand.tracked import forget_prices

Measure = Callable[[], Awaitable[Run]]


@dataclass(frozen=True, slots=True)
class Bench:
    """Handed to every figure."""

    stack: Stack
    container: Container
    readers: list[Reader]
    plan: Plan
    say: Callable[[str], None]

    def forget_orders(self) -> None:
        """Back to the same, empty order book."""
        forget_orders(PostgresServer(self.stack.settings.home).url(role="postgres"))

    def forget_prices(self) -> None:
        """As if no store had ever been asked."""
        forget_prices(PostgresServer(self.stack.settings.home).url(role="postgres"))

    def forget_watches(self) -> None:
        """Nobody waits for a price."""
        forget_watches(PostgresServer(self.stack.settings.home).url(role="postgres"))

    async def beside(self, ours: Measure, ceiling: Measure) -> tuple[Run, Run]:
        """Both, in turn, so that both meet the same moments of a noisy machine."""
        pairs = [(await ours(), await ceiling()) for _ in range(self.plan.repetitions)]
        return middle([our for our, _ in pairs]), middle([theirs for _, theirs in pairs])

    async def repeated(self, measure: Measure) -> Run:
        """Without a counterpart."""
        return middle([await measure() for _ in range(self.plan.repetitions)])
