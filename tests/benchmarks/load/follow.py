"""A comparison followed as server-sent events, by a caller who looks at the clock."""

import asyncio
import time
from dataclasses import dataclass
from typing import Final

import msgspec

from entrypoints.http.prices.comparison_schemas import PriceComparison
from tests.benchmarks.load.closed import WrongAnswer, told
from tests.benchmarks.load.wire import request

OK: Final = b"HTTP/1.1 200"
QUOTE: Final = b"event: quote\r\n"
FINAL: Final = b"event: final\r\ndata: "
END: Final = b"event: end\r\n"
PIECE: Final = 65_536  # bytes


@dataclass(frozen=True, slots=True)
class Followed:
    """Seconds until the first quote (None: nobody had one) and until the end, and what was told then."""

    first: float | None
    ended: float
    compared: PriceComparison


async def follow(port: int, path: str) -> Followed:
    """From the moment of asking, on a connection of its own."""
    began, first, received = time.perf_counter(), None, b""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request("GET", path, Accept="text/event-stream"))
        while END not in received:
            piece = await reader.read(PIECE)
            received += piece
            if not piece or not received.startswith(OK):
                raise WrongAnswer(told(received))
            if first is None and QUOTE in received:
                first = time.perf_counter() - began
    finally:
        writer.close()
    ended = time.perf_counter() - began
    return Followed(first, ended, msgspec.json.decode(data_of(received, FINAL), type=PriceComparison))


def data_of(received: bytes, event: bytes) -> bytes:
    """The line of data after that one."""
    return received.partition(event)[2].partition(b"\r\n")[0]
