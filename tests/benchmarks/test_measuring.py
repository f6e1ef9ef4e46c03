"""Whoever measures must measure right: the statistics, the loops and the wire, not anybody's speed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import repeat

import msgspec
import pytest

from entrypoints.http.prices.comparison_schemas import PriceComparison, StoreCounts
from tests.benchmarks.load.closed import ClosedLoop, WrongAnswer
from tests.benchmarks.load.follow import follow
from tests.benchmarks.load.open import OpenLoop
from tests.benchmarks.load.statistics import Run, arrivals, middle, percentile
from tests.benchmarks.load.wire import body_of, connect, request

OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nhello"
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\n\r\noops"
Answer = Callable[[int, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[int]:
    """Told the number of each request on a connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = 0
        while await reader.readuntil(b"\r\n\r\n"):
            await answer(number, writer)
            number += 1

    async def until_they_hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(until_they_hang_up, "127.0.0.1", 0) as listening:
        yield listening.sockets[0].getsockname()[1]


async def at_once(_number: int, writer: asyncio.StreamWriter) -> None:
    writer.write(OK)


def test_a_percentile_is_a_time_that_was_measured() -> None:
    times = [float(number) for number in range(1, 101)]
    assert [percentile(times, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50.0, 95.0, 99.0, 100.0]
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([1.0, 2.0], 0.5) == 1.0


@pytest.mark.parametrize(("times", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_there_is_no_percentile_of_nothing(times: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(times, share)


def test_a_run_counts_answers_by_the_second() -> None:
    run = Run.of([0.3, 0.1, 0.2, 0.4], seconds=2.0)
    assert (run.per_second, run.p50, run.p99) == (2.0, 0.2, 0.4)


def test_one_disturbed_repetition_does_not_count() -> None:
    runs = [Run(per_second=rate, p50=1 / rate, p95=1.0, p99=1.0) for rate in (100.0, 1.0, 90.0)]
    assert middle(runs).per_second == 90.0
    assert middle(runs).p50 == 1 / 90.0


def test_arrivals_are_evenly_spread_and_depend_on_nothing() -> None:
    assert list(arrivals(rate=10.0, seconds=0.5)) == [0.0, 0.1, 0.2, 0.3, 0.4]


async def test_an_answer_may_come_in_pieces_or_without_a_body() -> None:
    async def piecemeal(number: int, writer: asyncio.StreamWriter) -> None:
        if number:
            writer.write(b"HTTP/1.1 304 Not Modified\r\netag: x\r\n\r\n")
            return
        for piece in (OK[:9], OK[9:40], OK[40:-2], OK[-2:]):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    async with server(piecemeal) as port:
        [wire] = await connect(port, 1)
        assert body_of(await wire.answer(request("GET", "/"))) == b"hello"
        assert (await wire.answer(request("GET", "/"))).startswith(b"HTTP/1.1 304")
        wire.close()


async def test_a_stall_is_felt_by_everybody_who_was_due_meanwhile() -> None:
    async def stalls_once(number: int, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.0 if number else 0.3)
        writer.write(OK)

    async with server(stalls_once) as port:
        loop = OpenLoop(lambda: request("GET", "/"), (200,))
        run = await loop.run(port, connections=1, rate=100, seconds=0.1)
    assert loop.counts == {200: 10}
    assert run.p50 >= 0.2  # ten were due within the first 0.1 s, and none could be answered before 0.3 s


async def test_a_closed_loop_ends_when_there_is_nothing_left_to_ask() -> None:
    left = repeat(request("GET", "/"), 7)
    asked = 0

    def ask() -> bytes | None:
        nonlocal asked
        asked += 1
        return next(left, None)

    async with server(at_once) as port:
        loop = ClosedLoop(ask, warm_up=0.0)
        await loop.run(port, connections=2, seconds=60)
    assert loop.counts == {200: 7}
    assert asked == 9  # each connection asked once in vain


async def test_a_wrong_answer_ends_the_measurement() -> None:
    async def breaks(number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(BROKEN if number else OK)

    async with server(breaks) as port:
        with pytest.raises(WrongAnswer, match="500 Internal Server Error: oops"):
            await ClosedLoop(lambda: request("GET", "/")).run(port, connections=1, seconds=60)


async def test_a_comparison_is_followed_to_its_end_and_its_first_quote_is_noticed() -> None:
    whole = PriceComparison(
        isbn="9780141439518",
        currency="USD",
        best=None,
        series=[],
        stores=[],
        missing=[],
        counts=StoreCounts(asked=1, answered=1, skipped=59),
        complete=True,
        at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    events = [b"HTTP/1.1 200 OK\r\n\r\n", b"id: 0\r\nevent: quote\r\ndata: {}\r\n\r\n"]
    events += [b"event: final\r\ndata: " + msgspec.json.encode(whole) + b"\r\n\r\n", b"event: end\r\n\r\n"]

    async def tell(_number: int, writer: asyncio.StreamWriter) -> None:
        for event in events:
            writer.write(event)
            await writer.drain()
            await asyncio.sleep(0.01)

    async with server(tell) as port:
        followed = await follow(port, "/v1/books/9780141439518/prices")
    assert followed.compared == whole
    assert followed.first is not None
    assert followed.first < followed.ended


async def test_a_comparison_that_is_refused_ends_the_measurement() -> None:
    async def refuses(_number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(BROKEN)

    async with server(refuses) as port:
        with pytest.raises(WrongAnswer, match="500 Internal Server Error"):
            await follow(port, "/")


async def test_a_server_that_hangs_up_ends_the_measurement() -> None:
    async def hangs_up(_number: int, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with server(hangs_up) as port:
        with pytest.raises(ConnectionError):
            await ClosedLoop(lambda: request("GET", "/")).run(port, connections=1, seconds=60)
