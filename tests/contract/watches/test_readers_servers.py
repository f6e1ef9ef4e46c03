"""The servers that readers name: called over real sockets, and none that is not theirs."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver

from adapters.webhooks import readers_servers
from adapters.webhooks.readers_servers import AT_ONCE_TO_ONE, PublicReadersServers
from application.watches.ports import WebhookNotAccepted
from domain.shared.errors import InvalidInput


@dataclass
class Server:
    """A reader's server."""

    url: str = ""
    status: int = 204
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((request.headers, await request.read()))
        await self.go_on.wait()
        return web.Response(status=self.status, headers={"Location": self.url})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    theirs, app = Server(), web.Application()
    app.router.add_post("/prices", theirs.take)
    theirs.go_on.set()
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    [(_, port, *_)] = runner.addresses
    theirs.url = f"http://127.0.0.1:{port}/prices"
    yield theirs
    await runner.cleanup()


@asynccontextmanager
async def calling(*, private_too: bool) -> AsyncIterator[PublicReadersServers]:
    servers = PublicReadersServers("Octavo/test", private_too=private_too)
    try:
        yield servers
    finally:
        await servers.close()


async def test_a_message_comes_as_it_was_sent_with_its_key_and_signature(server: Server) -> None:
    async with calling(private_too=True) as servers:
        assert await servers.post(server.url, b'{"number":1}', key="watch-1", signature="t=1,v1=ab")
    [(headers, body)] = server.got
    assert body == b'{"number":1}'
    assert (headers["Octavo-Delivery"], headers["Octavo-Signature"]) == ("watch-1", "t=1,v1=ab")
    assert headers["Content-Type"] == "application/json"


async def test_an_owner_who_wants_no_more_gets_none_and_any_other_answer_is_for_later(server: Server) -> None:
    async with calling(private_too=True) as servers:
        server.status = 410
        assert not await servers.post(server.url, b"{}", key="k", signature="s")
        for status in (302, 400, 429, 500):
            server.status = status
            with pytest.raises(WebhookNotAccepted):
                await servers.post(server.url, b"{}", key="k", signature="s")
    assert len(server.got) == 5  # nobody was followed


async def test_a_server_that_does_not_answer_keeps_no_more_than_its_seats(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers_servers, "ANSWER_SECONDS", 0.3)
    server.go_on.clear()
    async with calling(private_too=True) as servers:
        calls = [servers.post(server.url, b"{}", key="k", signature="s") for _ in range(9)]
        ends = await asyncio.gather(*calls, return_exceptions=True)
        assert all(isinstance(end, WebhookNotAccepted) for end in ends)
        assert len(server.got) == AT_ONCE_TO_ONE
        server.go_on.set()
        assert await servers.post(server.url, b"{}", key="k", signature="s")


async def test_a_name_that_leads_into_the_shop_s_network_is_not_called(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.url.rpartition(":")[2].partition("/")[0])

    async def leads_here(*_: object) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname="prices.example.org",
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=6,
                flags=0,
            )
        ]

    monkeypatch.setattr(ThreadedResolver, "resolve", leads_here)
    named = server.url.replace("127.0.0.1", "prices.example.org")
    async with calling(private_too=False) as servers:
        servers.require_allowed(named.replace("http:", "https:"))
        with pytest.raises(WebhookNotAccepted):
            await servers.post(named, b"{}", key="k", signature="s")
    assert server.got == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/prices",
        "ftp://example.org/prices",
        "https://",
        "https://user:word@example.org/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://localhost/",
        "https://postgres:5432/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1./",
        "https://127.0.0.1\t/",
        "https://example.org\\@127.0.0.1/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_addresses_that_are_not_the_public_s_are_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        PublicReadersServers("Octavo/test").require_allowed(url)
    assert refused.value.details["field"] == "webhook.url"


@pytest.mark.parametrize(
    "url", ["https://example.org/prices?a=b", "https://93.184.215.14:8443/", "https://[2606:4700::1111]/"]
)
def test_addresses_of_the_public_are_taken(url: str) -> None:
    PublicReadersServers("Octavo/test").require_allowed(url)
