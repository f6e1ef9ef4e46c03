"""A breaker in front of something that may be slow or gone."""

import asyncio

import pytest

from application.shared.breaker import BreakerState, BreakerTerms, CircuitBreaker, CircuitOpen
from tests.fakes.measurements import InMemoryMeasurements

TERMS = BreakerTerms(failures=3, slow_after=1.0, open_for=5.0)


class Gone(Exception):
    """The other side does not answer."""


class NotThere(Exception):
    """The other side answered: no."""


class Bench:
    """A breaker, its clock, and the other side."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.watch = InMemoryMeasurements()
        self.asked = 0
        self.breaker = CircuitBreaker(
            "engine", TERMS, failures=(Gone,), seconds=lambda: self.now, watch=self.watch
        )

    @property
    def state(self) -> BreakerState:
        return self.breaker.state

    async def ask(self, error: Exception | None = None, *, takes: float = 0.0) -> str:
        async def answer() -> str:
            self.asked += 1
            self.now += takes
            if error is not None:
                raise error
            return "well"

        return await self.breaker.call(answer)

    async def fail(self, times: int = TERMS.failures) -> None:
        for _ in range(times):
            with pytest.raises(Gone):
                await self.ask(Gone())

    async def hang(self) -> asyncio.Task[bool]:
        """Somebody asks and waits for ever."""
        task = asyncio.create_task(self.breaker.call(asyncio.Event().wait))
        await asyncio.sleep(0)
        return task


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_it_passes_on_what_is_answered(bench: Bench) -> None:
    assert await bench.ask() == "well"
    assert bench.state is BreakerState.CLOSED
    assert bench.watch.counts == {}


async def test_failures_in_a_row_open_it_and_nobody_is_asked_any_more(bench: Bench) -> None:
    await bench.fail()
    assert bench.state is BreakerState.OPEN
    with pytest.raises(CircuitOpen) as refused:
        await bench.ask()
    assert (bench.asked, refused.value.retry_after) == (3, 5.0)
    assert bench.watch.counts == {"engine open": 1, "engine refused": 1}


async def test_one_answer_in_between_forgives_what_was(bench: Bench) -> None:
    await bench.fail(2)
    await bench.ask()
    await bench.fail(2)
    assert bench.state is BreakerState.CLOSED


async def test_slow_answers_are_given_and_count_as_failures(bench: Bench) -> None:
    for _ in range(3):
        assert await bench.ask(takes=1.5) == "well"
    assert bench.state is BreakerState.OPEN


async def test_a_no_is_an_answer_unless_it_came_slowly(bench: Bench) -> None:
    for _ in range(5):
        with pytest.raises(NotThere):
            await bench.ask(NotThere())
    assert bench.state is BreakerState.CLOSED
    for _ in range(3):
        with pytest.raises(NotThere):
            await bench.ask(NotThere(), takes=2.0)
    assert bench.state is BreakerState.OPEN


async def test_after_the_pause_one_finds_out_and_the_others_wait(bench: Bench) -> None:
    await bench.fail()
    bench.now += 5.0
    probe = await bench.hang()
    assert bench.state is BreakerState.HALF_OPEN
    with pytest.raises(CircuitOpen):
        await bench.ask()
    probe.cancel()


async def test_a_probe_that_does_well_closes_it(bench: Bench) -> None:
    await bench.fail()
    bench.now += 5.0
    assert await bench.ask() == "well"
    assert bench.state is BreakerState.CLOSED
    assert bench.watch.counts["engine closed"] == 1


async def test_a_probe_that_fails_or_is_slow_opens_it_for_another_pause(bench: Bench) -> None:
    await bench.fail()
    bench.now += 5.0
    await bench.fail(1)
    assert bench.state is BreakerState.OPEN
    bench.now += 5.0
    await bench.ask(takes=1.1)
    assert bench.state is BreakerState.OPEN
    bench.now += 4.9
    with pytest.raises(CircuitOpen):
        await bench.ask()


async def test_a_probe_whose_caller_leaves_at_once_lets_the_next_one_try(bench: Bench) -> None:
    await bench.fail()
    bench.now += 5.0
    probe = await bench.hang()
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)
    assert await bench.ask() == "well"
    assert bench.state is BreakerState.CLOSED


async def test_a_probe_that_never_comes_back_does_not_keep_it_shut(bench: Bench) -> None:
    await bench.fail()
    bench.now += 5.0
    lost = await bench.hang()
    bench.now += 5.0
    assert await bench.ask() == "well"
    assert bench.state is BreakerState.CLOSED
    lost.cancel()


async def test_callers_who_leave_after_a_long_wait_have_learnt_that_it_is_slow(bench: Bench) -> None:
    waiting = [await bench.hang() for _ in range(3)]
    bench.now += 2.0
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert bench.state is BreakerState.OPEN


async def test_who_set_out_before_it_opened_has_nothing_to_say_afterwards(bench: Bench) -> None:
    release = asyncio.Event()
    early = asyncio.create_task(bench.breaker.call(release.wait))
    await asyncio.sleep(0)
    await bench.fail()
    release.set()
    assert await early
    assert bench.state is BreakerState.OPEN
