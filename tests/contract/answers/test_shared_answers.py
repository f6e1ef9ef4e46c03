"""Answers that processes share: never one that is known to be untrue, and one asks for all."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import pytest

from adapters.redis.answers import TERMS, ValkeyAnswers
from adapters.redis.client import connect
from application.shared.answers import Answer, SharedAnswers, Spot
from application.shared.breaker import CircuitBreaker
from application.shared.unavailable import CacheUnavailable
from tests.fakes.answers import InMemorySharedAnswers
from tests.fakes.measurements import InMemoryMeasurements

A_MINUTE = 60.0
BOOK = f"book:{uuid4()}"
WORK = f"work:{uuid4()}"
LARGE = Answer(b'{"title": "Emma"}' * 1_000, '"e1"', frozenset({BOOK, WORK}))
SMALL = Answer("“Émma”".encode(), '"e2"')
Pair = tuple[SharedAnswers, SharedAnswers]


@pytest.fixture(params=["memory", "valkey"])
async def processes(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    """Two that share."""
    if request.param == "memory":
        both = InMemorySharedAnswers(time.monotonic)
        yield both, both
        return
    client = connect(request.getfixturevalue("redis_url"))

    def process() -> ValkeyAnswers:
        measurements = InMemoryMeasurements()
        breaker = CircuitBreaker(
            "answers", TERMS, failures=(CacheUnavailable,), seconds=time.monotonic, watch=measurements
        )
        return ValkeyAnswers(client, "test", breaker)

    yield process(), process()
    await client.aclose()


def a_question() -> bytes:
    return b"/v1/books/%s?" % uuid4().hex.encode()


async def look(answers: SharedAnswers, question: bytes, **limits: float) -> Spot:
    return await answers.find(question, **{"oldest": A_MINUTE, "early": A_MINUTE, **limits})


async def kept(processes: Pair, answer: Answer = LARGE, seconds: float = A_MINUTE) -> bytes:
    question = a_question()
    spot = await look(processes[0], question)
    await processes[0].keep(question, answer, spot.ticket, seconds)
    return question


@pytest.mark.parametrize(("answer", "seconds"), [(LARGE, A_MINUTE), (LARGE, 5.0), (SMALL, A_MINUTE)])
async def test_what_one_keeps_another_finds_as_it_was(
    processes: Pair, answer: Answer, seconds: float
) -> None:
    question = await kept(processes, answer, seconds)
    spot = await look(processes[1], question)
    assert spot.answer == answer
    assert not spot.ours
    assert (await look(processes[1], a_question())).answer is None


async def test_of_all_who_find_nothing_one_is_told_to_ask(processes: Pair) -> None:
    question = a_question()
    spots = await asyncio.gather(*(look(processes[number % 2], question) for number in range(10)))
    assert sorted(spot.ours for spot in spots) == [False] * 9 + [True]


async def test_who_asked_in_vain_leaves_it_to_another(processes: Pair) -> None:
    question = a_question()
    first = await look(processes[0], question)
    second = await look(processes[1], question)
    await processes[1].leave(question, second.ticket)  # it was not theirs to leave
    assert not (await look(processes[1], question)).ours
    await processes[0].leave(question, first.ticket)
    assert (await look(processes[1], question)).ours


async def test_an_answer_older_than_wanted_is_not_given(processes: Pair) -> None:
    question = await kept(processes)
    await asyncio.sleep(0.02)
    spot = await look(processes[1], question, oldest=0.01)
    assert (spot.answer, spot.ours) == (None, True)
    assert (await look(processes[1], question)).age > 0.01


async def test_one_renews_early_while_all_have_the_answer(processes: Pair) -> None:
    question = await kept(processes)
    spots = [await look(processes[number % 2], question, early=0.0) for number in range(4)]
    assert [spot.answer for spot in spots] == [LARGE] * 4
    assert [spot.ours for spot in spots] == [True, False, False, False]


@pytest.mark.parametrize("changed", [[BOOK], [WORK, "book:another"], []])
async def test_what_speaks_of_a_change_is_not_given_after_it(processes: Pair, changed: list[str]) -> None:
    question = await kept(processes)
    await processes[1].forget(changed)
    spot = await look(processes[0], question)
    assert (spot.answer, spot.ours) == (None, True)


async def test_what_speaks_of_other_things_stays(processes: Pair) -> None:
    question = await kept(processes)
    await processes[1].forget(["book:another"])
    assert (await look(processes[0], question)).answer == LARGE


async def test_what_was_asked_before_a_change_and_kept_after_it_is_not_given(processes: Pair) -> None:
    question = a_question()
    spot = await look(processes[0], question)
    await processes[1].forget([BOOK])
    await processes[0].keep(question, LARGE, spot.ticket, A_MINUTE)
    again = await look(processes[1], question)
    assert (again.answer, again.ours) == (None, True)
    await processes[1].keep(question, LARGE, again.ticket, A_MINUTE)
    assert (await look(processes[0], question)).answer == LARGE


async def test_an_older_answer_does_not_replace_a_newer_one(processes: Pair) -> None:
    question = a_question()
    first = await look(processes[0], question)
    second = await look(processes[1], question)
    await processes[1].keep(question, SMALL, second.ticket, A_MINUTE)
    await processes[0].keep(question, LARGE, first.ticket, A_MINUTE)
    assert (await look(processes[0], question)).answer == SMALL


async def test_every_process_hears_what_is_forgotten(processes: Pair) -> None:
    heard: list[frozenset[str]] = []
    async with processes[0].listening(heard.append):
        await eventually(lambda: heard == [frozenset()])  # what came before is not known
        await processes[1].forget([BOOK, WORK])
        await processes[1].forget([])
        await eventually(lambda: heard[1:] == [frozenset({BOOK, WORK}), frozenset()])
    await processes[1].forget([BOOK])
    assert len(heard) == 3


async def eventually(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not so():  # noqa: ASYNC110 - what is waited for happens in another server
            await asyncio.sleep(0.01)
