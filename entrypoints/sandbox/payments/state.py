"""What the provider's handlers share, and a payment as answers and events show it."""

import sqlite3
from typing import Any, Final

from aiohttp import web

from entrypoints.sandbox.payments.bank import DECLINES
from entrypoints.sandbox.payments.idempotency import Keys
from entrypoints.sandbox.shared.faults import FAULTS
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.webhooks import enqueue

JOURNAL: Final = web.AppKey("journal", Journal)
KEYS: Final = web.AppKey("keys", Keys)
SLOW_SECONDS: Final = web.AppKey("slow_seconds", float)
HANG_SECONDS: Final = web.AppKey("hang_seconds", float)
SHOWN: Final = ("key", "reference", "order_id", "status", "amount", "currency")


def describe(payment: sqlite3.Row, origin: str) -> dict[str, Any]:
    """The payment; with the page to confirm it on, or why it was declined."""
    document = {name: payment[name] for name in SHOWN}
    if payment["status"] == "action_required":
        document["url"] = f"{origin}/3ds/{payment['reference']}"
    if payment["reason"]:
        document |= {"code": payment["reason"], "message": DECLINES[payment["reason"]]}
    return document


def tell(request: web.Request, connection: sqlite3.Connection, payment: sqlite3.Row) -> None:
    """Write the event of an outcome that no answer has told, or none may have reached."""
    document = describe(payment, str(request.url.origin()))
    enqueue(connection, request.app[FAULTS], f"payment.{payment['status']}", document)
