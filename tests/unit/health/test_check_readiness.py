"""Readiness: looked at briefly, not too often, and honest about what is missing."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from application.health import check_readiness
from application.health.check_readiness import CheckReadiness, Dependency


class Hands:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class Probe:
    """Counts how often it is asked, and answers as told."""

    def __init__(self, answer: str | Exception = "fine") -> None:
        self.answer = answer
        self.asked = 0

    async def __call__(self) -> str:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def _check(clock: Hands, essential: Probe, other: Probe) -> CheckReadiness:
    return CheckReadiness(
        [
            Dependency("books", essential, "Nothing can be shown.", essential=True),
            Dependency("carts", other, "Carts wait."),
        ],
        clock,
    )


async def test_all_is_well() -> None:
    found = await _check(Hands(), Probe("v18"), Probe())()
    assert found.ready
    assert [(d.name, d.detail, d.effect) for d in found.dependencies] == [
        ("books", "v18", None),
        ("carts", "fine", None),
    ]


async def test_a_lost_dependency_says_what_readers_feel_and_no_more() -> None:
    found = await _check(Hands(), Probe(), Probe(ConnectionError("password=hunter2 at 10.0.0.1")))()
    assert found.ready
    lost = found.dependencies[1]
    assert (lost.healthy, lost.detail, lost.effect) == (False, "ConnectionError", "Carts wait.")


async def test_without_what_is_essential_nothing_can_be_served() -> None:
    assert not (await _check(Hands(), Probe(ConnectionError()), Probe())()).ready


async def test_a_dependency_that_never_answers_counts_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_readiness, "ANSWER_WITHIN", 0.01)

    async def hang() -> str:
        await asyncio.Event().wait()
        return "never"

    found = await CheckReadiness([Dependency("books", hang, "Nothing.", essential=True)], Hands())()
    assert not found.ready
    assert "no answer" in found.dependencies[0].detail


async def test_however_many_ask_it_looks_once_a_second() -> None:
    clock, probe = Hands(), Probe()
    check = _check(clock, probe, Probe())
    await asyncio.gather(*(check() for _ in range(20)))
    assert probe.asked == 1
    clock.time += timedelta(seconds=1)
    await check()
    assert probe.asked == 2
