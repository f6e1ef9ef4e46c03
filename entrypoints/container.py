"""The only place where ports meet adapters. Tests override a provider; nothing else is patched."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from dependency_injector import containers, providers

from adapters.postgres.database import Database
from adapters.postgres.queries.users import PostgresAccounts
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.vault import EnvelopeVault
from adapters.system.clock import SystemClock
from adapters.system.ids import TimeOrderedIds
from application.users.authenticate import Authenticate
from entrypoints.settings import Settings


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
    access_tokens = providers.Singleton(Ed25519AccessTokens, settings.provided.security.token_signing_key)


class UseCases(containers.DeclarativeContainer):
    """Every use case under the name by which handlers and activities ask for it."""

    adapters = providers.DependenciesContainer()

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
        await database.close()
