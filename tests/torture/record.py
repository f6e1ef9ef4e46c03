"""What the shop told its readers, as they remember it: the side of the story that no database can lose."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.torture.purchases import NOWHERE, Purchase

OUTCOMES = {201, 202, 402}  # confirmed, on its way, declined: the shop has an order
REFUSED_BEFORE_AN_ORDER = {"out_of_stock", "coupon_exhausted", "coupon_used_up"}


@dataclass
class Record:
    """One purchase with every answer to it; None: no answer, or none that says anything."""

    purchase: Purchase
    user_id: str
    tries: list[tuple[int | None, bytes]] = field(default_factory=list)
    cancel_answer: int | None = None
    cancel_sent: bool = False

    @property
    def answer(self) -> tuple[int | None, dict[str, Any]]:
        """The last word on the checkout."""
        status, body = self.tries[-1] if self.tries else (None, b"")
        return status, json.loads(body or b"{}")

    @property
    def order_id(self) -> str | None:
        """The order the shop spoke of."""
        status, document = self.answer
        return document.get("order_id") if status is not None else None

    @property
    def acknowledged(self) -> bool:
        """The reader was told of an order."""
        return self.order_id is not None

    @property
    def refused(self) -> bool:
        """The reader was told that there is no order."""
        return self.answer[1].get("code") in REFUSED_BEFORE_AN_ORDER

    @property
    def may_end_as(self) -> set[str]:
        """The ends that agree with what the reader was told."""
        status, document = self.answer
        if self.cancel_answer == 200:
            return {"cancelled"}
        if document.get("code") == "order_ended":
            return {str(document["order_status"])}
        may_be_called_off = self.cancel_sent or self.purchase.postal_code == NOWHERE
        cancelled = {"cancelled"} if may_be_called_off else set[str]()
        return {
            201: {"completed"} | cancelled,
            402: {"declined"},
            202: {"completed", "declined", "cancelled", "expired"},
        }.get(status or 0, {"completed", "declined", "cancelled", "expired"})
