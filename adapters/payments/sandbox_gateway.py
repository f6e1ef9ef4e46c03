"""The sandbox provider behind the shop's payment port (its calls: docs/sandbox.md)."""

from typing import Any, Final
from urllib.parse import quote

from adapters.payments.sandbox_http import Answer, SandboxHttp
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    DeclineReason,
    PaymentKey,
    PaymentKeyReused,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refunded,
    Refused,
)
from domain.shared.money import Money

CONNECT_SECONDS: Final = 2.0  # a listening server accepts at once; two seconds forgive one lost packet
ANSWER_SECONDS: Final = 10.0  # banks answer within seconds; leaving sooner turns known outcomes into unknown

REASONS: Final = {
    "declined": DeclineReason.DECLINED,
    "insufficient_funds": DeclineReason.INSUFFICIENT_FUNDS,
    "invalid_token": DeclineReason.INVALID_TOKEN,
    "authentication_failed": DeclineReason.AUTHENTICATION_FAILED,
    "abandoned": DeclineReason.DECLINED,
    "invalid_request": DeclineReason.PROVIDER_UNAVAILABLE,
}


class SandboxGateway:
    """Asks the sandbox. What is not its verdict on this very payment is an unknown outcome."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._http = SandboxHttp(url, api_key, connect_seconds, answer_seconds)

    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        """Reserve the money. A replayed answer may be out of date: then the payment itself is asked."""
        body = {"order_id": str(request.order_id), "token": request.token, **_amount(request.amount)}
        answer = await self._http.call("POST", "/v1/authorisations", body, request.key)
        _demand_own_key(answer)
        outcome = await self.find(request.key) if answer.replayed else _authorisation(answer)
        if outcome is None:
            raise PaymentOutcomeUnknown("The payment provider contradicts itself.")
        return outcome

    async def find(self, key: PaymentKey) -> Authorised | Declined | ActionRequired | None:
        """How the payment stands now."""
        answer = await self._http.call("GET", _by_key(key))
        return None if answer.code == "unknown_key" else _authorisation(answer)

    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        """Take the money."""
        answer = await self._move(reference, "captures", key, amount)
        return answer if isinstance(answer, Refused) else Captured(reference, amount)

    async def abandon(self, authorisation_key: PaymentKey) -> None:
        """Undo what happened and forbid what may still come; the provider keeps a tombstone for the key."""
        answer = await self._http.call("POST", f"{_by_key(authorisation_key)}/abandon")
        if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
            raise PaymentOutcomeUnknown(f"The payment provider answered {answer.status}.")

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        """Give money back."""
        answer = await self._move(reference, "refunds", key, amount)
        if isinstance(answer, Refused):
            return answer
        return Refunded(PaymentReference(answer.document["reference"]), amount)

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.close()

    async def _move(
        self, reference: PaymentReference, what: str, key: PaymentKey, amount: Money
    ) -> Answer | Refused:
        path = f"/v1/payments/{quote(reference, safe='')}/{what}"
        answer = await self._http.call("POST", path, _amount(amount), key)
        _demand_own_key(answer)
        if answer.status == 201:  # noqa: PLR2004 - HTTP's own number
            return answer
        if answer.code in {"refused", "unknown_payment", "invalid_request"}:
            return Refused(str(answer.document["message"]))
        raise PaymentOutcomeUnknown(f"The payment provider answered {answer.status}.")


def _authorisation(answer: Answer) -> Authorised | Declined | ActionRequired:
    document = answer.document
    if answer.code in REASONS:
        return Declined(REASONS[answer.code], str(document["message"]))
    match document.get("status"):
        case "authorised" | "captured":
            money = Money(int(document["amount"]), str(document["currency"]))
            return Authorised(PaymentReference(document["reference"]), money)
        case "action_required":
            return ActionRequired(PaymentReference(document["reference"]), str(document["url"]))
        case "voided":
            return Declined(DeclineReason.DECLINED, "This payment was called off.")
    raise PaymentOutcomeUnknown(f"The payment provider answered {answer.status}, which says nothing.")


def _demand_own_key(answer: Answer) -> None:
    if answer.code == "key_reused":
        raise PaymentKeyReused("This payment key was spent on another request.")


def _by_key(key: PaymentKey) -> str:
    return f"/v1/authorisations/by-key/{quote(key, safe='')}"


def _amount(amount: Money) -> dict[str, Any]:
    return {"amount": amount.amount, "currency": amount.currency}
