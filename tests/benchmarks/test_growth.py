"""What is asked of growing shops, and how it is told."""

import asyncio
from collections import Counter
from xml.etree import ElementTree as ET

import msgspec

from domain.shared.isbn import Isbn
from tests.benchmarks.ceilings.recorder import recording
from tests.benchmarks.growth import sizes_up_to
from tests.benchmarks.load.counts import answered_by, hit_ratio
from tests.benchmarks.load.wire import connect, request
from tests.benchmarks.report.curve import drawn
from tests.benchmarks.report.growth import Growth, Size, text
from tests.benchmarks.report.saved import Numbers, TrackedPrices
from tests.benchmarks.stand.questions import Known, beginnings, questions, zipf
from tests.benchmarks.stand.tracked import isbn_of

KNOWN = [Known(f"The {word} House", f"{word} Tales", f"Ada {word}son") for word in ("Dark", "Long", "Blue")]


def test_sizes_grow_tenfold_up_to_the_one_wished_for() -> None:
    assert sizes_up_to(1_000_000) == [10_000, 100_000, 1_000_000]
    assert sizes_up_to(10_000) == [10_000]
    assert sizes_up_to(25_000) == [10_000, 25_000]


def test_questions_are_different_the_same_in_every_run_and_about_known_books() -> None:
    asked = questions(KNOWN * 50, 20)
    assert asked == questions(KNOWN * 50, 20)
    assert len(set(asked)) == len(asked) == 20
    assert {"Dark Tales", "Ada Longson"} & set(asked)
    assert all(2 <= len(typed) <= 12 for typed in beginnings(KNOWN, 20))


def test_the_first_is_asked_for_most() -> None:
    ask = zipf([b"first", b"second", b"third"])
    counts = Counter(ask() for _ in range(6_000))
    assert 1.8 <= counts[b"first"] / counts[b"second"] <= 2.2


def test_an_answer_taken_over_from_another_process_was_ready_too() -> None:
    before = Counter({"cache_hits process": 5, "cache_misses process": 5, "cache_hits shared": 2})
    after = Counter({"cache_hits process": 11, "cache_misses process": 9, "cache_hits shared": 4})
    assert hit_ratio(before, after) == 0.8
    assert hit_ratio(after, after) == 0.0


def test_it_is_told_who_answered_the_others() -> None:
    before = Counter({"searches typesense": 10, "searches postgres": 1})
    after = Counter({"searches typesense": 19, "searches postgres": 2, "cache_hits process": 7})
    assert answered_by(before, after) == "Typesense answered 90% and Postgres answered 10%"


async def test_what_is_asked_is_taken_down_byte_by_byte_and_answered() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked = await reader.readexactly(4)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n" + asked)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    asked = request("POST", "/multi_search", b"what")
    async with server, recording(server.sockets[0].getsockname()[1]) as (recorder, port):
        [wire] = await connect(port, 1)
        assert (await wire.answer(asked)).endswith(b"what")
        wire.close()
    assert recorder.requests == [asked]


def test_what_prices_take_up_is_told_of_runs_that_took_them() -> None:
    numbers = Numbers(5_000.0, 1.0, 2.0, 3.0, 0.9)
    layers = {"process": 0.9, "shared": 0.06, "lasting": 0.04}
    prices = TrackedPrices(written=60_000, disk=900, valkey=20, reads=numbers, layers=layers)
    size = Size(
        books=10_000, works=9_000, made=1, made_in=1, found=1, costs={"api": 1.0}, memory={}, figures=[]
    )
    page = text(_growth_of(size, msgspec.structs.replace(size, books=100_000, prices=prices)))
    assert "## Remembered prices" in page
    assert "| 100,000 | 60,000 answers/s | 900 MiB | 20 MiB | 5,000 books/s |" in page
    assert "90%, 6%, 4%" in page
    assert "## Remembered prices" not in text(_growth_of(size))


def test_a_tracked_book_has_a_real_isbn() -> None:
    assert isbn_of(7) == Isbn("9791000000077")


def _growth_of(*sizes: Size) -> Growth:
    machine = dict.fromkeys(("cpu", "cores", "memory_gib", "system", "python", "load_before"), 1.0)
    return Growth(
        date="", revision="", repetitions=1, seconds=1, machine=machine, versions={}, sizes=list(sizes)
    )


def test_the_picture_has_a_bar_for_each_size_and_says_what_it_shows() -> None:
    picture = drawn({10_000: {"api": 1.0, "typesense": 2.0}, 100_000: {"api": 1.0, "typesense": 12.0}})
    words = [text.text for text in ET.fromstring(picture).findall(".//{*}text")]  # noqa: S314 - we drew it
    assert {"10,000 books", "100,000 books", "3.0 ms", "13.0 ms", "api", "typesense"} <= set(words)
