"""A bookstore that answers what it is told to, and remembers how it was asked."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from yarl import URL

from adapters.stores.bookstore import DescribedBookstore
from adapters.stores.calls.wire import StoreWire
from adapters.stores.descriptions.folder import read_file
from adapters.stores.descriptions.store import Described
from adapters.stores.store_orders import DescribedStoreOrders
from domain.shared.isbn import Isbn
from tests.fakes.time import StandingClock

EMMA = Isbn("9780141439587")
OTHER = Isbn("9780141439518")


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    url: URL
    headers: dict[str, str]
    body: bytes


@dataclass
class StandIn:
    """Serves one answer until it is told another."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    cut: bool = False
    asked: list[Asked] = field(default_factory=list)

    def answers(self, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        self.body = body if isinstance(body, bytes) else body.encode()
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def behave(self) -> None:
        self.answers(b"")
        self.seconds, self.cut = 0.0, False
        self.asked.clear()

    @property
    def last(self) -> Asked:
        return self.asked[-1]

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.append(Asked(request.method, request.url, dict(request.headers), body))
        await asyncio.sleep(self.seconds)
        if self.cut:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=self.status, body=self.body, headers=self.headers)


@dataclass
class Shop:
    """What the shop makes of descriptions."""

    stand_in: StandIn
    wire: StoreWire
    folder: Path
    clock: StandingClock = field(default_factory=StandingClock)

    def described(self, text: str, **variables: str) -> Described:
        """The store of that description, at the stand-in's address."""
        file = self.folder / "harbour-books.toml"
        file.write_text(text.replace("http://stand-in", self.stand_in.url))
        return read_file(file, variables)

    def store(self, text: str, **variables: str) -> DescribedBookstore:
        return DescribedBookstore(self.described(text, **variables).asking, self.wire, self.clock)

    def orders(self, text: str) -> DescribedStoreOrders:
        desk = self.described(text).desk
        assert desk is not None
        return DescribedStoreOrders([desk], self.wire)
