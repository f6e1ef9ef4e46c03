"""The whole shop put together. Tests override a provider; nothing else is patched."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

from dependency_injector import containers, providers

from adapters.postgres.database import Database
from entrypoints.settings import Settings
from entrypoints.wiring.adapters import Adapters
from entrypoints.wiring.orders import OrdersUseCases


class Container(containers.DeclarativeContainer):
    """The whole shop."""

    settings = providers.Dependency(instance_of=Settings)
    adapters = providers.Container(Adapters, settings=settings)
    use_cases = providers.Container(OrdersUseCases, adapters=adapters)


def use_case_providers(container: Container) -> Mapping[str, providers.Provider[Any]]:
    """Each use case's provider by name."""
    found = cast("Mapping[str, providers.Provider[Any]]", container.use_cases.providers)
    return {name: provider for name, provider in found.items() if name != "adapters"}


@asynccontextmanager
async def opened(container: Container) -> AsyncIterator[Container]:
    """Connections open while the process runs, and are given back when it ends, last opened first."""
    box = container.adapters
    database: Database = box.database()
    async with AsyncExitStack() as closing:
        await database.open()
        closing.push_async_callback(database.close)
        closing.push_async_callback(box.redis().aclose)
        closing.push_async_callback(box.carrier().close)
        provider = box.stripe() or box.payment_provider()
        closing.push_async_callback(provider.close)
        for source in box.book_sources():
            closing.push_async_callback(source.close)
        closing.push_async_callback(box.store_wire().close)
        if (typesense := box.typesense()) is not None:
            closing.push_async_callback(typesense.close)
        closing.push_async_callback(box.readers_servers().close)
        closing.push_async_callback(box.order_news().close)
        yield container


@asynccontextmanager
async def asking_stores(container: Container) -> AsyncIterator[None]:
    """What a process needs that compares prices: a lease for the time without Valkey, and news of what other
    processes heard. What is still learnt or written at the end is waited for.
    """
    box = container.adapters
    use = container.use_cases
    async with (
        box.store_turns().seated(),
        box.price_memory().listening(),
        use.count_questions().counting(),
    ):
        yield
        await use.compare_prices().settle()
        await use.store_outages().settle()
