"""The only place where ports meet adapters. Tests override a provider; nothing else is patched."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from dependency_injector import containers, providers
from redis.asyncio import Redis

from adapters.postgres.database import Database
from adapters.postgres.probe import PostgresProbe
from adapters.postgres.queries.users import PostgresAccounts
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.redis.client import connect
from adapters.redis.probe import RedisProbe
from adapters.redis.rate_limiter import SharedRateLimiter
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.vault import EnvelopeVault
from adapters.system.clock import SystemClock
from adapters.system.ids import TimeOrderedIds
from adapters.system.tcp_probe import TcpProbe
from adapters.telemetry.logging import request_id
from adapters.telemetry.metrics import PrometheusMeasurements
from application.health.check_readiness import CheckReadiness
from application.shared.rate_limiter import LimitReader, RateLimiter, UnlimitedRate
from application.users.authenticate import Authenticate
from entrypoints.dependencies import declared_dependencies
from entrypoints.settings import Settings


def _limited(redis: Redis, per_minute: int) -> RateLimiter:
    return SharedRateLimiter(redis, per_minute) if per_minute else UnlimitedRate()


class Adapters(containers.DeclarativeContainer):
    """One of each outside thing a process speaks to."""

    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(TimeOrderedIds)
    database = providers.Singleton(Database, settings.provided.database.url)
    vault = providers.Singleton(
        EnvelopeVault, settings.provided.security.encryption_keys, settings.provided.security.blind_index_key
    )
    unit_of_work = providers.Singleton(PostgresUnitOfWork, database=database, vault=vault)
    accounts = providers.Singleton(PostgresAccounts, database, vault)
    redis = providers.Singleton(connect, settings.provided.redis.url)
    measurements = providers.Singleton(PrometheusMeasurements)
    request_id = providers.Object(request_id)
    rate_limiter = providers.Singleton(_limited, redis, settings.provided.http.rate_limit_per_minute)
    leaned_on = providers.Singleton(
        declared_dependencies,
        postgres=providers.Singleton(PostgresProbe, database),
        redis=providers.Singleton(RedisProbe, redis),
        temporal=providers.Singleton(TcpProbe, settings.provided.temporal.address),
    )
    access_tokens = providers.Singleton(Ed25519AccessTokens, settings.provided.security.token_signing_key)


class UseCases(containers.DeclarativeContainer):
    """Every use case under the name by which handlers and activities ask for it."""

    adapters = providers.DependenciesContainer()

    check_readiness = providers.Singleton(CheckReadiness, adapters.leaned_on, adapters.clock)
    limit_reader = providers.Singleton(LimitReader, adapters.rate_limiter)
    authenticate = providers.Singleton(
        Authenticate, adapters.access_tokens, adapters.accounts, adapters.clock
    )


class Container(containers.DeclarativeContainer):
    """The whole shop."""

    settings = providers.Dependency(instance_of=Settings)
    adapters = providers.Container(Adapters, settings=settings)
    use_cases = providers.Container(UseCases, adapters=adapters)


def use_case_providers(container: Container) -> Mapping[str, providers.Provider[Any]]:
    """Each use case's provider by name."""
    found = container.use_cases.providers
    return {name: provider for name, provider in found.items() if name != "adapters"}


@asynccontextmanager
async def opened(container: Container) -> AsyncIterator[Container]:
    """Connections open while the process runs, and are given back when it ends."""
    database: Database = container.adapters.database()
    await database.open()
    try:
        yield container
    finally:
        await container.adapters.redis().aclose()
        await database.close()
