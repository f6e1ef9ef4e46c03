"""The parts of the shop, and what each waits for."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from entrypoints.settings import Settings
from entrypoints.stack.addresses import ADDRESS_OF
from entrypoints.stack.leftovers import MARK
from entrypoints.stack.part import Answers, Part
from entrypoints.stack.postgres import PostgresServer
from entrypoints.stack.probes import http_ok, polled, still_there
from entrypoints.stack.program import Program
from entrypoints.stack.temporal import TemporalServer
from entrypoints.stack.typesense import TypesenseServer
from entrypoints.stack.valkey import ValkeyServer
from workflows.checkout.contracts import TASK_QUEUE

ROOT: Final = Path(__file__).resolve().parents[2]
_STORES: Final = "describe-bookstores"  # whoever compares prices reads the descriptions when it starts
_SERVERS: Final = ("temporal", "redis", "postgres", "mail", "payments", "carrier")


def parts_of_the_shop(settings: Settings, values: Mapping[str, str], run_id: str) -> dict[str, Part]:
    """Every part by name, in a good order to start: slow starters first, each after what it needs."""
    every = {part.name: part for part in (*_servers(settings), *_own(settings, values))}
    elsewhere = {name for name, variable in ADDRESS_OF.items() if os.environ.get(variable)}
    if settings.payments.gateway != "sandbox":
        elsewhere.add("payments")
    if settings.books.chosen != "sandbox":
        elsewhere.add("books-api")
    if settings.search.engine != "typesense":
        elsewhere.add("typesense")
    return {
        name: replace(
            part,
            program=_marked(part.program, run_id),
            after=tuple(needed for needed in part.after if needed not in elsewhere),
        )
        for name, part in every.items()
        if name not in elsewhere
    }


def octavo(command: str, values: Mapping[str, str]) -> Program:
    """One of our own commands as a program, told everything it needs by `values`."""
    argv = (sys.executable, "-m", "entrypoints.cli", command)
    return Program(name=command, argv=argv, environment=values, directory=ROOT)


def _servers(settings: Settings) -> tuple[Part, ...]:
    temporal = TemporalServer(settings.temporal.port, settings.temporal.ui_port, settings.home)
    valkey, postgres = ValkeyServer(settings.home), PostgresServer(settings.home)
    search = settings.search
    typesense = TypesenseServer(settings.home, search.port, search.peering_port, search.api_key)

    def postgres_program() -> Program:
        postgres.initialise()
        return postgres.program()

    return (
        Part(name="temporal", program=temporal.program, answers=lambda _: temporal.ready()),
        Part(name="redis", program=valkey.program, answers=lambda _: valkey.ready()),
        Part(name="postgres", program=postgres_program, answers=lambda _: postgres.ready()),
        Part(name="typesense", program=typesense.program, answers=lambda _: typesense.ready()),
    )


def _own(settings: Settings, values: Mapping[str, str]) -> tuple[Part, ...]:
    def own(
        name: str, answers: Answers = still_there, after: tuple[str, ...] = (), *, task: bool = False
    ) -> Part:
        program = octavo(name, values)
        return Part(name=name, program=lambda: program, answers=answers, after=after, task=task)

    return (
        own("mail", http_ok(f"{settings.mail.url}/health")),
        own("payments", http_ok(f"{settings.payments.url}/health")),
        own("carrier", http_ok(f"{settings.carrier.url}/health")),
        own("books-api", http_ok(f"{settings.books.url}/health")),
        own("bookstores", http_ok(f"{settings.bookstores.url}/health")),
        own(_STORES, after=("bookstores",), task=True),
        own("migrate", after=("postgres",), task=True),
        own("fill", after=("migrate",), task=True),
        own("worker", polled(settings.temporal, TASK_QUEUE), after=("migrate", _STORES, *_SERVERS)),
        own("relay", after=("migrate", *_SERVERS)),
        # Whoever waits for Typesense is the indexer itself: searches go on without it.
        own("indexer", after=("fill", "postgres")),
        # The doors open when the shelves are full: who sees a ready shop finds something to buy.
        own("api", http_ok(f"{settings.http.local_url}/health/ready"), after=("fill", _STORES, *_SERVERS)),
    )


def _marked(program: Callable[[], Program], run_id: str) -> Callable[[], Program]:
    def marked() -> Program:
        plain = program()
        return replace(plain, environment={**plain.environment, MARK: run_id})

    return marked
