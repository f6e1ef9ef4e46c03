"""Stands between the shop and its search engine, and takes down what the shop asks: the very bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tests.benchmarks.load.wire import END_OF_HEAD

_LENGTH: Final = b"content-length:"


class Recorder:
    """Forwards everything to a port of this machine. `requests` are whole HTTP requests."""

    def __init__(self, port: int) -> None:
        self._beyond = port
        self.requests: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the shop."""
        their_reader, their_writer = await asyncio.open_connection("127.0.0.1", self._beyond)
        answering = asyncio.create_task(_pump(their_reader, writer))
        try:
            while not reader.at_eof():
                request = await _request(reader)
                self.requests.append(request)
                their_writer.write(request)
        except asyncio.IncompleteReadError:
            pass  # the shop hung up
        finally:
            answering.cancel()
            their_writer.close()
            writer.close()


@asynccontextmanager
async def recording(port: int) -> AsyncIterator[tuple[Recorder, int]]:
    """A recorder before that port, and the port at which it is asked."""
    recorder = Recorder(port)
    server = await asyncio.start_server(recorder.serve, "127.0.0.1", 0)
    async with server:
        yield recorder, server.sockets[0].getsockname()[1]


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(END_OF_HEAD)
    lines = head.lower().split(b"\r\n")
    length = next((int(line[len(_LENGTH) :]) for line in lines if line.startswith(_LENGTH)), 0)
    return head + await reader.readexactly(length)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
