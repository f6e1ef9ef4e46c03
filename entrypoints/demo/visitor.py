"""Somebody outside the shop, with nothing but its public addresses."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from entrypoints.demo.narrator import NotAsTold
from entrypoints.settings import Settings

STORY_ENDS_WITHIN: Final = 40.0  # seconds an order's events are followed: a sandbox parcel takes four
Document = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Document:
        """Its JSON."""
        found: Document = json.loads(self.body)
        return found


@dataclass
class Visitor:
    """Keeps the headers that name her, as a browser would keep cookies."""

    session: aiohttp.ClientSession
    settings: Settings
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **query: str) -> Document:
        """Read something of the shop's."""
        return (await self.ask("GET", path, query=query)).document

    async def post(self, path: str, body: Document, *expect: int, key: str | None = None) -> Reply:
        """Do something in the shop, under an `Idempotency-Key` where one is given."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.ask("POST", path, *(expect or (201,)), body=body, headers=headers)

    async def ask(
        self,
        method: str,
        path: str,
        *expect: int,
        query: Mapping[str, str] | None = None,
        body: Document | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request to the shop; another status than the one told is the end of the story."""
        url, sent = self.settings.http.local_url + path, {**self.headers, **(headers or {})}
        async with self.session.request(method, url, params=query, json=body, headers=sent) as answer:
            reply = Reply(answer.status, answer.headers, await answer.read())
        if reply.status not in (expect or (200,)):
            told = reply.body.decode(errors="replace")
            raise NotAsTold(f"{method} {path} answered {reply.status}: {told}")
        return reply

    async def events(self, path: str) -> AsyncIterator[Document]:
        """The server-sent events of an order, until the shop says that it has ended."""
        limit = aiohttp.ClientTimeout(total=STORY_ENDS_WITHIN)
        url = self.settings.http.local_url + path
        async with self.session.get(url, headers=self.headers, timeout=limit) as answer:
            async for line in answer.content:
                name, _, value = line.decode().rstrip("\r\n").partition(": ")
                if name == "data" and (event := json.loads(value)):
                    yield event

    async def ledger(self, order_id: str) -> list[Document]:
        """What the payment provider has written down about an order."""
        return await self._items(f"{self.settings.payments.url}/ledger", order=order_id)

    async def mails(self, address: str) -> list[Document]:
        """What lies in a mailbox, the oldest first."""
        return (await self._items(f"{self.settings.mail.url}/messages", to=address))[::-1]

    async def confirm_at_bank(self, page: str) -> None:
        """Open the bank's page and press its button."""
        async with self.session.get(page) as shown:
            shown.raise_for_status()
        async with self.session.post(page, data={"decision": "confirm"}) as answer:
            answer.raise_for_status()

    async def _items(self, url: str, **query: str) -> list[Document]:
        async with self.session.get(url, params=query) as answer:
            answer.raise_for_status()
            found: list[Document] = (await answer.json())["items"]
            return found
