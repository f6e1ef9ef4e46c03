"""One kept-open HTTP/1.1 connection. It shares the cores with the shop, so it does as little as it can:
requests are bytes made beforehand, and of an answer it reads the status and the length.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

END_OF_LINE: Final = b"\r\n"
END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = b"\r\ncontent-length:"
Done = Callable[[int, bytes], None]  # the status and the whole answer


class Wire(asyncio.Protocol):
    """One request at a time; `done` is called with its answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._done: Done | None = None
        self._received = b""
        self._whole = 0  # bytes of the answer, once its head is there
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def ask(self, request: bytes, done: Done) -> None:
        """Send; the answer before must have come."""
        assert self._transport is not None
        self._done = done
        self._transport.write(request)

    async def answer(self, request: bytes) -> bytes:
        """Ask and wait: for what is not measured."""
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.ask(request, lambda _, answer: answered.set_result(answer))
        return await answered

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """For asyncio."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """For asyncio."""
        received = self._received + data if self._received else data
        if not self._whole:
            self._whole = _length(received)
        if not self._whole or len(received) < self._whole:
            self._received = received
            return
        self._received, self._whole = b"", 0
        done, self._done = self._done, None
        assert done is not None
        done(int(received[9:12]), received)

    def connection_lost(self, exc: Exception | None) -> None:
        """For asyncio: whoever measures must hear of it."""
        if not self.lost.done():
            self.lost.set_exception(exc or ConnectionError("The server hung up."))
            self.lost.exception()  # seen, for those that hang up themselves


async def connect(port: int, connections: int) -> list[Wire]:
    """So many connections to this machine."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Wire, "127.0.0.1", port))[1] for _ in range(connections)]


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A request ready to send; `if_none_match="…"` becomes If-None-Match."""
    lines = [f"{method} {path} HTTP/1.1", "Host: octavo.example"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def body_of(answer: bytes) -> bytes:
    """Without the head."""
    return answer.partition(END_OF_HEAD)[2]


def _length(received: bytes) -> int:
    head = received.find(END_OF_HEAD)
    if head < 0:
        return 0
    named = received.find(LENGTH, 0, head + 2)
    if named < 0:
        return head + len(END_OF_HEAD)  # 204 and 304 have no body; our server names every other length
    end = received.index(END_OF_LINE, named + len(LENGTH))
    return head + len(END_OF_HEAD) + int(received[named + len(LENGTH) : end])
