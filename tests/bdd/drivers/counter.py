"""What a counter does without HTTP: check who asks, and answer in the words of the API."""

import hashlib
from typing import Any
from uuid import UUID

import msgspec

from application.orders.views import OrderOutcome
from domain.requests.idempotency import Answer
from domain.shared.errors import DomainError
from domain.shared.ids import OrderId
from entrypoints.http.orders.schemas import CheckoutAnswer
from tests.bdd.drivers.protocol import Refused, Told

PASSWORD = "seven blue herons"
REFUSED = 400


def told(answer: object) -> Any:  # noqa: ANN401 - plain values, as JSON would carry them
    """The answer as its reader gets to see it."""
    return msgspec.json.decode(msgspec.json.encode(answer))


def said(body: object, kind: Any) -> Any:  # noqa: ANN401 - an instance of `kind`
    """What somebody said, in one of the API's shapes."""
    return msgspec.json.decode(msgspec.json.encode(body), type=kind)


def refusal(error: DomainError) -> Refused:
    """A rule's no, as people hear it."""
    return Refused(error.code, error.message, told({k: str(v) for k, v in error.details.items()}))


def order_id_of(text: str) -> OrderId:
    return OrderId(UUID(text))


def fingerprint(wish: object) -> bytes:
    """Equal wishes have equal fingerprints."""
    return hashlib.sha256(repr(wish).encode()).digest()


def checkout_answer(outcome: OrderOutcome) -> Answer:
    """What is said at the front door, and kept for whoever asks again."""
    if outcome.ended_because is None:
        return Answer(200, msgspec.json.encode(CheckoutAnswer.of(outcome)))
    code = "payment_declined" if outcome.status == "declined" else "order_ended"
    body = {"code": code, "detail": outcome.ended_because, "order_id": str(outcome.order_id)}
    return Answer(REFUSED, msgspec.json.encode(body))


def heard(answer: Answer) -> Told:
    """The answer, or the refusal that it is."""
    body: dict[str, Any] = msgspec.json.decode(answer.body)
    if answer.status >= REFUSED:
        raise Refused(body["code"], body["detail"], body)
    return body
