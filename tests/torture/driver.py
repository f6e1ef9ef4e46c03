"""Readers who buy while the house burns, and remember what they were told."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

import httpx

from tests.torture.purchases import Purchase
from tests.torture.record import Record

RETRIES = 3  # as many as the API's documentation asks of a client
PAUSES = (0.5, 1.5, 3.0)  # seconds
STUBBORN = 80  # tries, half a second apart, of what only prepares a purchase
ADDRESS = {
    "name": "Jane Fairfax",
    "line1": "1 Highbury Street",
    "city": "Highbury",
    "country": "US",
}


@dataclass(frozen=True)
class Buyer:
    """Somebody signed in."""

    user_id: UUID
    headers: Mapping[str, str]


class Driver:
    """Carries out purchases, some at a time, and writes every answer down as it comes."""

    def __init__(self, http: httpx.AsyncClient, history: Path, at_once: int) -> None:
        self._http = http
        self._history: TextIO = history.open("a", buffering=1)
        self._turns = asyncio.Semaphore(at_once)

    async def drive(self, purchases: Sequence[Purchase], buyers: Sequence[Buyer]) -> list[Record]:
        """All of them; returns when each has its last answer."""
        pairs = zip(purchases, buyers, strict=True)
        records = await asyncio.gather(*(self._buy(purchase, buyer) for purchase, buyer in pairs))
        self._history.close()
        return list(records)

    async def ask_again(self, record: Record, buyer: Buyer) -> tuple[int | None, bytes]:
        """The same request once more, as patiently as the first time."""
        for pause in PAUSES:
            status, body = await self._checkout(record.purchase, buyer)
            if _final(status, body):
                break
            await asyncio.sleep(pause)
        return status, body

    async def _buy(self, purchase: Purchase, buyer: Buyer) -> Record:
        record = Record(purchase, str(buyer.user_id))
        async with self._turns:
            for book, copies in purchase.books.items():
                await self._put_in_cart(purchase, buyer, book, copies)
            await self._insist(record, lambda: self._checkout(purchase, buyer))
            if purchase.cancels and record.order_id:
                record.cancel_sent = True
                record.cancel_answer = (await self._cancel(record.order_id, buyer))[0]
                self._write(purchase, "cancel", record.cancel_answer, b"")
        if purchase.token == "tok_3ds_required":
            await self._meet_the_bank(record, buyer)
        return record

    async def _insist(self, record: Record, ask: Callable[[], Awaitable[tuple[int | None, bytes]]]) -> None:
        for pause in (*PAUSES[:RETRIES], None):
            status, body = await ask()
            self._write(record.purchase, "checkout", status, body)
            record.tries.append((status if _final(status, body) else None, body))
            if _final(status, body) or pause is None:
                return
            await asyncio.sleep(pause)

    async def _put_in_cart(self, purchase: Purchase, buyer: Buyer, book: UUID, copies: int) -> None:
        for _ in range(STUBBORN):
            status, body = await self._post(
                "/v1/cart", buyer, f"{purchase.key}-{book}", {"book_id": str(book), "qty": copies}
            )
            if status == 201:
                return
            await asyncio.sleep(0.5)
        raise AssertionError(f"the cart never took it: {status} {body!r}")

    async def _checkout(self, purchase: Purchase, buyer: Buyer) -> tuple[int | None, bytes]:
        body: dict[str, object] = {
            "payment_info": {"method": "card", "token": purchase.token},
            "shipping_addr": {**ADDRESS, "postal_code": purchase.postal_code},
        }
        if purchase.coupon is not None:
            body["coupon"] = purchase.coupon
        return await self._post("/v1/checkout", buyer, purchase.key, body)

    async def _cancel(self, order_id: str, buyer: Buyer) -> tuple[int | None, bytes]:
        return await self._post(f"/v1/orders/{order_id}/cancel", buyer, "", None)

    async def _meet_the_bank(self, record: Record, buyer: Buyer) -> None:
        for _ in range(STUBBORN):
            order = await self._look(buyer)
            if order.get("action_url"):
                async with httpx.AsyncClient(timeout=10) as bank:
                    decision = "confirm" if record.purchase.confirms else "deny"
                    (await bank.post(order["action_url"], data={"decision": decision})).raise_for_status()
                return
            if order.get("status") not in {None, "pending"}:
                return
            await asyncio.sleep(0.5)

    async def _look(self, buyer: Buyer) -> dict[str, Any]:
        """The order as its reader sees it; nothing while the shop does not answer."""
        try:
            answer = await self._http.get("/v1/orders", headers=buyer.headers)
            orders = answer.json()["items"] if answer.is_success else []
            if not orders:
                return {}
            answer = await self._http.get(f"/v1/orders/{orders[0]['order_id']}", headers=buyer.headers)
            return dict(answer.json()) if answer.is_success else {}
        except httpx.TransportError:
            return {}

    async def _post(self, path: str, buyer: Buyer, key: str, body: object) -> tuple[int | None, bytes]:
        headers = {**buyer.headers, **({"Idempotency-Key": key} if key else {})}
        try:
            answer = await self._http.post(path, headers=headers, json=body)
        except httpx.TransportError:
            return None, b""
        return answer.status_code, answer.content

    def _write(self, purchase: Purchase, what: str, status: int | None, body: bytes) -> None:
        line = {
            "purchase": purchase.key,
            "what": what,
            "status": status,
            "body": body.decode(errors="replace"),
        }
        self._history.write(json.dumps(line) + "\n")


def _final(status: int | None, body: bytes) -> bool:
    """Neither silence, nor trouble of the house, nor "still at it"."""
    if status is None or status >= 500:
        return False
    return not (status == 409 and json.loads(body).get("code") == "request_in_progress")
