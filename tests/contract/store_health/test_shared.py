"""What holds because Valkey knows it for all processes, and what is left of it without Valkey."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.redis.client import connect
from adapters.redis.health.scripts import SCRIPTS
from adapters.redis.health.valkey_health import ValkeyStoreHealth
from adapters.redis.line import Line
from adapters.redis.soon import AFTER_LOSS
from application.prices.store_health import PAUSE, Admission, Report, StoreState
from domain.prices.offer import StoreName
from tests.contract.store_health.worlds import BAD, TEN_CALLS, WELL, ValkeyWorld, World


def another_process(world: ValkeyWorld) -> ValkeyStoreHealth:
    return ValkeyStoreHealth(world, lambda: world.now)


async def test_asking_whether_a_store_is_well_writes_nothing(valkey: ValkeyWorld) -> None:
    assert (await valkey.admit()).admitted
    assert valkey.known() == {}


async def test_a_new_process_finds_it_as_the_others_left_it(valkey: ValkeyWorld) -> None:
    await valkey.break_it()
    admission = await another_process(valkey).admit(valkey.store, 11.0)
    assert (admission.admitted, admission.state) == (False, StoreState.OPEN)


async def test_processes_count_together_and_one_of_them_tells(valkey: ValkeyWorld) -> None:
    processes = [another_process(valkey) for _ in range(5)]
    told = []
    for process in processes * 2:
        admission = await process.admit(valkey.store, 11.0)
        told.append(await process.report(valkey.store, admission.ticket, BAD, TEN_CALLS))
    assert [turned for turned in told if turned] == [StoreState.OPEN]


async def test_what_is_known_of_it_ends_by_itself(valkey: ValkeyWorld) -> None:
    await valkey.break_it()
    assert 0 < valkey.client.ttl(f"store-health:{valkey.store}") <= 24 * 60 * 60


async def test_without_valkey_each_process_knows_its_own(valkey: ValkeyWorld) -> None:
    valkey.lost = True
    await valkey.break_it()
    assert (await another_process(valkey).admit(valkey.store, 11.0)).admitted
    valkey.now += PAUSE
    probe = await valkey.admit()
    await valkey.health.give_back(valkey.store, probe.ticket)
    assert (await valkey.admit()).admitted


async def test_a_valkey_that_comes_back_is_asked_again(valkey: ValkeyWorld) -> None:
    valkey.lost = True
    alone = await valkey.admit()
    valkey.lost = False
    valkey.now += AFTER_LOSS
    assert await valkey.health.report(valkey.store, alone.ticket, BAD, TEN_CALLS) is None
    await valkey.break_it()
    assert valkey.known()[b"state"] == b"open"


async def test_a_report_that_nobody_hears_is_lost_and_troubles_nobody(valkey: ValkeyWorld) -> None:
    admission = await valkey.admit()
    valkey.lost = True
    assert await valkey.health.report(valkey.store, admission.ticket, BAD, TEN_CALLS) is None
    await valkey.health.give_back(valkey.store, admission.ticket)


async def test_an_operator_readmits_it_wherever_it_is_known(valkey: ValkeyWorld) -> None:
    await valkey.break_it()
    valkey.lost = True
    valkey.now += 1
    await valkey.break_it()
    assert await valkey.health.readmit(valkey.store) is StoreState.CLOSED
    assert (await valkey.admit()).admitted


async def test_it_runs_on_valkey_s_own_clock(redis_url: str) -> None:
    client = connect(redis_url)
    line = Line(client, 1.0, SCRIPTS)
    health, store = ValkeyStoreHealth(line), StoreName("on its own clock")
    for _ in range(10):
        admission = await health.admit(store, 11.0)
        turned = await health.report(store, admission.ticket, BAD, TEN_CALLS)
    assert turned is StoreState.OPEN
    assert 0 < (await health.admit(store, 11.0)).wait <= PAUSE
    assert await health.readmit(store) is StoreState.CLOSED
    line.close()
    await client.aclose()


reports = st.one_of(
    st.just(WELL),
    st.just(BAD),
    st.builds(Report, seconds=st.sampled_from([0.1, 2.0, 4.0, 9.0]), quotes=st.integers(0, 3)),
    st.builds(Report, seconds=st.just(0.1), quotes=st.just(3), odd=st.integers(0, 3)),
    st.builds(Report, seconds=st.just(0.1), refused=st.booleans()),
)
steps = st.one_of(
    st.tuples(st.just("admit"), st.none()),
    st.tuples(st.just("report"), reports),
    st.tuples(st.just("report"), reports),
    st.tuples(st.just("give back"), st.none()),
    st.tuples(st.just("move"), st.sampled_from([0.5, 4.0, 6.0, 30.0, 70.0, 400.0, 3_600.0])),
    st.tuples(st.just("readmit"), st.none()),
)


@given(story=st.lists(steps, min_size=20, max_size=60))
@settings(max_examples=30)
def test_both_places_answer_the_same_whatever_happens(
    redis_url: str, story: list[tuple[str, object]]
) -> None:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        here = [about(answer) for answer in runner.run(played(World(), story))]
        assert runner.run(played(ValkeyWorld(url=redis_url), story)) == here


async def played(world: World, story: list[tuple[str, object]]) -> list[object]:
    """All that is told on the way."""
    told: list[object] = []
    tickets: list[str] = []
    for step, value in story:
        match step, value:
            case "admit", _:
                admission = await world.health.admit(world.store, 11.0)
                told.append(comparable(admission))
                tickets += [admission.ticket] if admission.admitted else []
            case "report", Report() as report if tickets:
                ticket = tickets.pop(0) if report.quotes % 2 else tickets.pop()
                told.append(await world.health.report(world.store, ticket, report, TEN_CALLS))
            case "report", _:
                admission = await world.health.admit(world.store, 11.0)
                told.append(comparable(admission))
                tickets += [admission.ticket] * 3 if admission.admitted else []
            case "give back", _ if tickets:
                await world.health.give_back(world.store, tickets.pop())
            case "move", float() as seconds:
                world.now += seconds
            case "readmit", _:
                told.append(await world.health.readmit(world.store))
    return told


def comparable(admission: Admission) -> tuple[object, ...]:
    return (admission.admitted, admission.state, admission.turned, admission.wait, admission.usual)


def about(answer: object) -> object:
    """Valkey keeps six decimals, so its numbers are a little off."""
    if not isinstance(answer, tuple):
        return answer
    return tuple(pytest.approx(one, abs=1e-4) if isinstance(one, float) else one for one in answer)
