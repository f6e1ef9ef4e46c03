"""PaymentIntents, refunds and cards as Stripe's API reference (2026-10-28.endive) describes them."""

import itertools
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
Form = dict[str, str]

SMALLEST = 50  # US cents
CARDS = {
    "pm_card_visa": None,
    "pm_card_visa_chargeDeclined": "generic_decline",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_threeDSecure2Required": None,
}
KNOWN = {
    "amount", "currency", "capture_method", "confirm", "payment_method", "return_url", "customer",
    "allowed_payment_method_types[0]",
}  # fmt: skip


class StripeRefusal(Exception):
    """An error object, as Stripe sends it."""

    def __init__(self, status: int, code: str, kind: str = "invalid_request_error", **more: object) -> None:
        super().__init__(code)
        self.status = status
        self.document = {"error": {"type": kind, "code": code, "message": f"{code}.", **more}}


@dataclass
class StripeState:
    """What one Stripe account holds. `lines` is what its balance history would show."""

    intents: dict[str, Document] = field(default_factory=dict)
    refunds: list[Document] = field(default_factory=list)
    methods: dict[str, Document] = field(default_factory=dict)
    lines: list[tuple[str, str, int]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def create_intent(self, form: Form) -> Document:
        unknown = [name for name in form if name not in KNOWN and not name.startswith("metadata[")]
        if unknown:
            raise StripeRefusal(400, "parameter_unknown", param=unknown[0])
        method = form.get("payment_method")
        if method is not None and method not in CARDS and method not in self.methods:
            raise StripeRefusal(400, "resource_missing", param="payment_method")
        if int(form["amount"]) < SMALLEST:
            raise StripeRefusal(400, "amount_too_small", param="amount")
        number = next(self.numbers)
        intent: Document = {
            "id": f"pi_{number}",
            "object": "payment_intent",
            "created": 1_790_000_000 + number,
            "amount": int(form["amount"]),
            "amount_received": 0,
            "currency": form["currency"],
            "metadata": metadata(form),
            "status": "requires_payment_method",
            "next_action": None,
            "last_payment_error": None,
        }
        self.intents[intent["id"]] = intent
        if form.get("confirm") == "true" and method is not None:
            self._confirm(intent, method, form["return_url"])
        return intent

    def _confirm(self, intent: Document, method: str, return_url: str) -> None:
        decline_code = CARDS.get(method)
        if decline_code is not None:
            error = {"type": "card_error", "code": "card_declined", "decline_code": decline_code}
            intent["last_payment_error"] = {**error, "message": "Your card was declined."}
            raise StripeRefusal(402, "card_declined", "card_error", decline_code=decline_code)
        if method == "pm_card_threeDSecure2Required":
            url = f"https://hooks.stripe.com/3d_secure_2/{intent['id']}?return={return_url}"
            intent["status"] = "requires_action"
            intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": {"url": url}}
        else:
            self._reserve(intent)

    def decide(self, intent_id: str, *, confirmed: bool) -> None:
        """The reader's answer on the bank's page."""
        intent = self.intents[intent_id]
        if intent["status"] != "requires_action":
            return
        intent["next_action"] = None
        if confirmed:
            self._reserve(intent)
        else:
            error = {"type": "invalid_request_error", "code": "payment_intent_authentication_failure"}
            intent.update(
                status="requires_payment_method", last_payment_error={**error, "message": "Not confirmed."}
            )

    def capture(self, intent: Document, form: Form) -> Document:
        demand(intent, "requires_capture")
        amount = int(form["amount_to_capture"])
        if amount > intent["amount"]:
            raise StripeRefusal(400, "amount_too_large")
        intent.update(status="succeeded", amount_received=amount)
        intent["metadata"] |= metadata(form)
        self._write("capture", intent, amount)
        if amount < intent["amount"]:
            self._write("void", intent, intent["amount"] - amount)
        return intent

    def cancel(self, intent: Document, _: Form) -> Document:
        demand(intent, "requires_capture", "requires_action", "requires_payment_method")
        if intent["status"] == "requires_capture":
            self._write("void", intent, intent["amount"])
        intent.update(status="canceled", next_action=None)
        return intent

    def update(self, intent: Document, form: Form) -> Document:
        intent["metadata"] |= metadata(form)
        return intent

    def refund(self, form: Form) -> Document:
        intent = self.intents[form["payment_intent"]]
        demand(intent, "succeeded")
        left = intent["amount_received"] - sum(
            refund["amount"] for refund in self.refunds if refund["payment_intent"] == intent["id"]
        )
        amount = int(form.get("amount", left))
        if left == 0:
            raise StripeRefusal(400, "charge_already_refunded")
        if amount > left:
            raise StripeRefusal(400, "amount_too_large")
        refund = {
            "id": f"re_{next(self.numbers)}",
            "object": "refund",
            "amount": amount,
            "payment_intent": intent["id"],
            "metadata": metadata(form),
            "status": "succeeded",
        }
        self.refunds.append(refund)
        self._write("refund", intent, amount)
        return refund

    def _reserve(self, intent: Document) -> None:
        intent["status"] = "requires_capture"
        self._write("authorise", intent, intent["amount"])

    def _write(self, kind: str, intent: Document, amount: int) -> None:
        self.lines.append((intent["metadata"].get("order_id", ""), kind, amount))


def metadata(form: Form) -> dict[str, str]:
    return {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}


def demand(intent: Document, *statuses: str) -> None:
    if intent["status"] not in statuses:
        raise StripeRefusal(400, "payment_intent_unexpected_state")
