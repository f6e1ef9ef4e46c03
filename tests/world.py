"""The stand-in outside world, as an auditor and a mischief-maker meet it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Sandbox:
    """One stand-in server, payments or carrier."""

    http: httpx.AsyncClient

    async def misbehave(self, operation: str, effect: str, times: int = 1, **how: float) -> None:
        """Let something go wrong at the next calls of `operation`."""
        body = {"operation": operation, "effect": effect, "times": times, **how}
        (await self.http.post("/control/faults", json=body)).raise_for_status()

    async def behave(self) -> None:
        """Forget every fault."""
        (await self.http.delete("/control/faults")).raise_for_status()

    async def struck(self, operation: str) -> bool:
        """Whether every fault of that operation has befallen a call."""
        waiting = (await self.http.get("/control/faults")).json()["items"]
        return all(fault["operation"] != operation for fault in waiting)

    async def ledger(self, order_id: str) -> list[dict[str, Any]]:
        """What truly happened to this order, oldest first."""
        items: list[dict[str, Any]] = (await self.http.get("/ledger", params={"order": order_id})).json()[
            "items"
        ]
        return items

    async def money(self, order_id: str) -> dict[str, int]:
        """Minor units moved for this order, by kind; what did not happen is 0."""
        moved = dict.fromkeys(("authorise", "capture", "void", "refund"), 0)
        for line in await self.ledger(order_id):
            if line["kind"] in moved:
                moved[line["kind"]] += line["amount"]
        return moved

    async def decide(self, url: str, decision: str) -> None:
        """The reader stands on the bank's page and presses a button: "confirm" or "deny"."""
        (await self.http.post(url, data={"decision": decision})).raise_for_status()

    async def hurry(self, dispatch_seconds: float, delivery_seconds: float) -> None:
        """How long parcels booked from now on take."""
        body = {"dispatch_seconds": dispatch_seconds, "delivery_seconds": delivery_seconds}
        (await self.http.post("/control/delays", json=body)).raise_for_status()


@asynccontextmanager
async def asking(url: str, key: str) -> AsyncIterator[Sandbox]:
    """The server at `url`."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as client:
        yield Sandbox(client)


class Postbox:
    """Every mail the shop sent, as (recipient, content)."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mails += [(to, content.decode(errors="replace")) for to in envelope.rcpt_tos]
        return "250 Message accepted"

    def to(self, recipient: str) -> list[str]:
        return [content for to, content in self.mails if to == recipient]
