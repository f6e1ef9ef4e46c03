"""What every other adapter stands on."""

from dependency_injector import containers, providers

from adapters.postgres.database import Database
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.redis.client import connect
from adapters.security.vault import EnvelopeVault
from adapters.system.clock import SystemClock
from adapters.system.ids import TimeOrderedIds
from adapters.telemetry.metrics import PrometheusMeasurements
from adapters.temporal.client import TemporalConnection
from entrypoints.settings import Settings


class Foundations(containers.DeclarativeContainer):
    """One of each outside thing that others are made of."""

    settings = providers.Dependency(instance_of=Settings)
    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(TimeOrderedIds)
    database = providers.Singleton(Database, settings.provided.database.url)
    vault = providers.Singleton(
        EnvelopeVault, settings.provided.security.encryption_keys, settings.provided.security.blind_index_key
    )
    unit_of_work = providers.Singleton(PostgresUnitOfWork, database=database, vault=vault)
    redis = providers.Singleton(connect, settings.provided.redis.url)
    measurements = providers.Singleton(PrometheusMeasurements)
    temporal = providers.Singleton(
        TemporalConnection, settings.provided.temporal.address, settings.provided.temporal.namespace
    )
