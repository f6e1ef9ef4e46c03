"""Bookstores, their prices, and who buys from them."""

from dependency_injector import providers

from adapters.postgres.price_months import PostgresPriceMonths
from adapters.postgres.queries.demand_sources import (
    Bestsellers,
    BooksBeside,
    ClubsThatMeet,
    WatchedBooks,
)
from adapters.postgres.queries.prices import PostgresPrices
from adapters.postgres.queries.purchases import PostgresPurchaseViews
from adapters.postgres.queries.reconciliations import PostgresReconciliations
from adapters.postgres.queries.watches import PostgresWatchViews
from adapters.postgres.repositories.interests import PostgresInterests
from adapters.postgres.repositories.price_doubts import PostgresDoubts
from adapters.postgres.repositories.refresh_queue import PostgresRefreshQueue
from adapters.postgres.repositories.store_experience import PostgresStoreExperiences
from adapters.postgres.repositories.store_outages import PostgresStoreOutages
from adapters.redis.health.valkey_health import ValkeyStoreHealth
from adapters.redis.ping import ValkeyPing
from adapters.redis.store_records import ValkeyStoreRecords
from adapters.redis.turns.valkey_turns import ValkeyTurns
from adapters.temporal.purchase_processes import TemporalPurchaseProcesses
from adapters.temporal.refresh_processes import TemporalRefreshProcesses
from adapters.temporal.suspicion_processes import TemporalDoubtProcesses
from adapters.temporal.watch_processes import TemporalWatchProcesses
from adapters.webhooks.readers_servers import PublicReadersServers
from application.purchases.stores_in_turn import StoresInTurn
from domain.prices.store import Lane
from entrypoints.price_memory import price_memory
from entrypoints.product import product_version
from entrypoints.store_choice import (
    described_bookstores,
    described_store_orders,
    store_descriptions,
    store_wire,
)
from entrypoints.store_scripts import store_scripts
from entrypoints.wiring.foundations import Foundations


class PriceAdapters(Foundations):
    """One of each that has to do with other bookstores."""

    settings = Foundations.settings
    clock = Foundations.clock
    database = Foundations.database
    redis = Foundations.redis
    measurements = Foundations.measurements
    temporal = Foundations.temporal

    written_prices = providers.Singleton(PostgresPrices, database)
    price_months = providers.Singleton(PostgresPriceMonths, database)
    price_history_months = settings.provided.prices.history_months
    price_memory = providers.Singleton(
        price_memory, redis, written_prices, measurements, settings.provided.prices.room
    )
    store_descriptions = providers.Singleton(store_descriptions, settings)
    store_wire = providers.Singleton(store_wire, settings)
    bookstores = providers.Singleton(described_bookstores, store_descriptions, store_wire, clock)
    store_orders = providers.Singleton(described_store_orders, store_descriptions, store_wire)
    purchase_views = providers.Singleton(PostgresPurchaseViews, database)
    reconciliations = providers.Singleton(PostgresReconciliations, database)
    purchase_processes = providers.Singleton(TemporalPurchaseProcesses, temporal, purchase_views)
    watch_views = providers.Singleton(PostgresWatchViews, database)
    watch_processes = providers.Singleton(TemporalWatchProcesses, temporal, watch_views)
    readers_servers = providers.Singleton(
        PublicReadersServers,
        f"Octavo/{product_version()}",
        private_too=settings.provided.watches.private_webhooks,
    )
    purchase_caps = settings.provided.purchases.caps
    store_scripts = providers.Singleton(store_scripts, redis)
    store_turns = providers.Singleton(ValkeyTurns, store_scripts, settings.provided.stores.askers)
    purchase_orders = providers.Singleton(
        StoresInTurn, store_orders, bookstores, store_turns, providers.Object(Lane.CHARGE)
    )
    store_health = providers.Singleton(ValkeyStoreHealth, store_scripts)
    store_records = providers.Singleton(ValkeyStoreRecords, store_scripts)
    store_experiences = providers.Singleton(PostgresStoreExperiences, database)
    store_outages = providers.Singleton(PostgresStoreOutages, database)
    store_refreshes = settings.provided.stores.refreshes
    refresh_queue = providers.Singleton(PostgresRefreshQueue, database)
    refresh_processes = providers.Singleton(TemporalRefreshProcesses, temporal)
    interests = providers.Singleton(PostgresInterests, database)
    # Whoever else knows what readers will ask for stands here, too.
    demand_sources = providers.List(
        providers.Singleton(Bestsellers, database),
        providers.Singleton(BooksBeside, database),
        providers.Singleton(WatchedBooks, database),
        providers.Singleton(ClubsThatMeet, database),
    )
    valkey_ping = providers.Singleton(ValkeyPing, redis)
    price_doubts = providers.Singleton(PostgresDoubts, database)
    doubt_processes = providers.Singleton(TemporalDoubtProcesses, temporal)
