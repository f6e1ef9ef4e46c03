"""Catalogues of any size: made up by the shop's own command, and searchable."""

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import Final

import psutil
import psycopg

from application.search.ports import SearchDocuments
from tests.benchmarks.load.commands import CommandFailed
from tests.benchmarks.stand.stack import Stack

SEED: Final = 7
PATIENCE: Final = 3_600.0  # seconds: a million books on a slow machine
LOOK_EVERY: Final = 0.2  # seconds
LOOK_LESS: Final = 0.05  # of the time that has gone by: counting a million rows is work, too
_UNKNOWN: Final = "SELECT (SELECT count(*) FROM works) - (SELECT count(*) FROM search_documents)"


class NotSearchable(Exception):
    """The index did not catch up in time."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of making books up: how many are new, in how many seconds, in how much memory at most."""

    books: int
    seconds: float
    memory: int  # bytes, of the command


async def make_up(stack: Stack, books: int) -> Made:
    """`octavo generate`; what a smaller number made stays."""
    before, began = _count(stack, "SELECT count(*) FROM books"), time.perf_counter()
    command = (sys.executable, "-m", "entrypoints.cli", "generate", f"--books={books}", f"--seed={SEED}")
    process = await asyncio.create_subprocess_exec(
        *command, env=stack.environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    watching = asyncio.create_task(_most_memory(process.pid))
    failed, memory = await process.wait(), await watching
    if failed:
        raise CommandFailed(f"octavo generate ended with {failed}.")
    made = _count(stack, "SELECT count(*) FROM books") - before
    return Made(made, time.perf_counter() - began, memory)


async def until_searchable(stack: Stack, documents: SearchDocuments) -> float:
    """Wait for relay and indexer to bring every work into the search; returns how many seconds it took."""
    began = time.perf_counter()
    while (await documents.backlog()).works or _count(stack, _UNKNOWN):
        if time.perf_counter() - began > PATIENCE:
            raise NotSearchable(stack.log("indexer"))
        await asyncio.sleep(max(LOOK_EVERY, LOOK_LESS * (time.perf_counter() - began)))
    return time.perf_counter() - began


def works(stack: Stack) -> int:
    """How many the shop has."""
    return _count(stack, "SELECT count(*) FROM works")


def tidy(stack: Stack) -> None:
    """What the database does by itself within minutes of such a change."""
    with psycopg.connect(stack.settings.database.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _count(stack: Stack, statement: str) -> int:
    with psycopg.connect(stack.settings.database.url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return int(row[0])


async def _most_memory(pid: int) -> int:
    most = 0
    try:
        process = psutil.Process(pid)
        while process.status() != psutil.STATUS_ZOMBIE:
            most = max(most, process.memory_info().rss)
            await asyncio.sleep(LOOK_EVERY)
    except psutil.NoSuchProcess:
        pass
    return most
