"""`octavo stores pause` and its neighbours, as an operator types them."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from application.prices.refreshing.batch import Batch
from application.prices.refreshing.dead_letters import SeeDeadLetters, SendAgain
from application.prices.refreshing.ports import Wait
from application.prices.refreshing.processes import Refreshing
from application.prices.refreshing.steering import (
    DrainRefreshing,
    PauseRefreshing,
    ResumeRefreshing,
    SeeRefreshing,
)
from application.prices.refreshing.store_report import StoreReport
from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.isbn import Isbn
from entrypoints.cli import store_care
from entrypoints.cli.main import octavo
from tests.builders import NOON
from tests.fakes.refreshing import InMemoryRefreshing, InMemoryRefreshProcesses
from tests.price_builders import an_isbn

HARBOUR, GALLEY = StoreName("harbour-books"), StoreName("galley-press")
REPORT = StoreReport(
    store=HARBOUR,
    title="Harbour Books",
    calls=1_000,
    answered=0.987,
    p50=0.3,
    p95=1.5,
    used=0.021,
    spared=3,
    busy=4,
    outages=2,
    away=timedelta(minutes=7),
    is_away=True,
    fresh=0.93,
    waiting=812,
    set_aside=1,
    price=0.0421,
)


@dataclass
class Counter:
    """The shop's use cases over what is in memory."""

    processes: InMemoryRefreshProcesses = field(default_factory=InMemoryRefreshProcesses)
    kept: InMemoryRefreshing = field(default_factory=lambda: InMemoryRefreshing({}))

    def octavo(self, *words: str) -> Result:
        return CliRunner().invoke(octavo, ["stores", *words])

    @asynccontextmanager
    async def open(self) -> Any:  # noqa: ANN401 - as much of a container as is used
        async def report(_: int) -> list[StoreReport]:
            return [REPORT]

        def use(it: object) -> Callable[[], object]:
            return lambda: it

        yield SimpleNamespace(
            use_cases=SimpleNamespace(
                report_on_stores=use(report),
                see_refreshing=use(SeeRefreshing(self.processes)),
                pause_refreshing=use(PauseRefreshing(self.processes)),
                drain_refreshing=use(DrainRefreshing(self.processes)),
                resume_refreshing=use(ResumeRefreshing(self.processes)),
                see_dead_letters=use(SeeDeadLetters(self.kept)),
                send_again=use(SendAgain(self.kept)),
            )
        )


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    made = Counter()
    made.processes.stopped = {HARBOUR: None, GALLEY: None}
    monkeypatch.setattr(store_care, "the_shop", made.open)
    return made


def test_stores_are_paused_with_a_reason_and_resumed(counter: Counter) -> None:
    ran = counter.octavo("pause", HARBOUR, GALLEY, "--note", "They move house.")
    assert ran.exit_code == 0, ran.output
    assert ran.output == "harbour-books: paused\ngalley-press: paused\n"
    assert "They move house." in counter.octavo("refreshing").output
    assert counter.octavo("resume", HARBOUR).output == "harbour-books: resumed\n"
    assert counter.octavo("drain", HARBOUR, "--note", "Again.").output == "harbour-books: draining\n"


def test_what_cannot_be_done_is_said_and_the_others_are_done(counter: Counter) -> None:
    ran = counter.octavo("pause", "nobody", HARBOUR, "--note", "Why not.")
    assert ran.exit_code == 1
    assert "nobody: " in ran.output
    assert "harbour-books: paused" in ran.output
    assert counter.octavo("pause", HARBOUR).exit_code == 2  # no note
    assert counter.octavo("resume", GALLEY).exit_code == 1
    counter.processes.lost = True
    assert counter.octavo("refreshing").exit_code == 1


def test_the_report_is_for_people_and_for_programs(counter: Counter) -> None:
    shown = counter.octavo("report", "--days", "3")
    assert shown.exit_code == 0, shown.output
    for word in ("harbour-books", "98.7 %", "1.5 s", "2 now", "0:07:00", "93.0 %", "0.0421"):
        assert word in shown.output
    (line,) = json.loads(counter.octavo("report", "--json").output)["items"]
    assert (line["store"], line["calls"]) == (HARBOUR, 1_000)
    assert counter.octavo("report", "--days", "32").exit_code == 2


def test_standing_is_shown_with_the_last_batch(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    async def standing(_: object, store: StoreName) -> Refreshing:
        return Refreshing(store, "asking", "All is well.", Batch(asked=30, answered=29, a_minute=6.0))

    monkeypatch.setattr(InMemoryRefreshProcesses, "standing", standing)
    shown = counter.octavo("refreshing").output
    assert "6/min" in shown
    assert "2 stores are kept fresh." in shown
    assert json.loads(counter.octavo("refreshing", "--json").output)["items"][0]["batch"]["asked"] == 30


def test_dead_letters_are_listed_and_sent_again(counter: Counter) -> None:
    assert counter.octavo("dead-letters").exit_code == 0
    isbn = an_isbn()
    asyncio.run(set_aside(counter, isbn))
    listed = counter.octavo("dead-letters", HARBOUR)
    assert listed.exit_code == 1
    assert isbn.value in listed.output
    assert json.loads(counter.octavo("dead-letters", "--json").output)["items"][0]["isbn"] == isbn.value
    assert counter.octavo("send-again", HARBOUR, isbn.value).output == "1 wait again.\n"
    assert counter.octavo("send-again", HARBOUR).exit_code == 1


async def set_aside(counter: Counter, isbn: Isbn) -> None:
    await counter.kept.note({isbn: 1}, NOON)
    await counter.kept.put(HARBOUR, [Wait(isbn, 7, NOON, 5, Missing.BROKEN)])
