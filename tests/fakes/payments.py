"""A payment provider in memory, proven equal to the real ones by the contract suite."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

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
from domain.shared.ids import OrderId
from domain.shared.money import Money

Outcome = Authorised | Declined | ActionRequired
T = TypeVar("T", Captured | Refused, Refunded | Refused)

CALLED_OFF = Declined(DeclineReason.DECLINED, "This payment was called off.")
NOT_CONFIRMED = Declined(DeclineReason.AUTHENTICATION_FAILED, "The payment was not confirmed.")
UNKNOWN_TOKEN = Declined(DeclineReason.INVALID_TOKEN, "Nobody made this token.")
DECLINES = {
    "tok_declined": Declined(DeclineReason.DECLINED, "The bank declined the card."),
    "tok_insufficient_funds": Declined(DeclineReason.INSUFFICIENT_FUNDS, "There is not enough money."),
}
RESERVING = {"tok_ok", "tok_slow", "tok_lost_answer"}


class Silence(StrEnum):
    """When the provider falls silent: before it did anything, or after it did everything."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Movement:
    """One line of the ledger: authorise, capture, void or refund."""

    kind: str
    key: PaymentKey
    order_id: OrderId
    amount: Money


@dataclass
class _Payment:
    request: AuthorisationRequest
    outcome: Outcome
    taken: Money | None = None
    given_back: int = 0


class InMemoryPaymentGateway:
    """Knows the sandbox's tokens. `ledger` is what an auditor would see, without declines."""

    def __init__(self) -> None:
        self.ledger: list[Movement] = []
        self._payments: dict[PaymentKey, _Payment] = {}
        self._abandoned: set[PaymentKey] = set()
        self._answers: dict[PaymentKey, tuple[object, object]] = {}
        self._silences: dict[str, deque[Silence]] = {}

    def fall_silent(self, operation: str, when: Silence, times: int = 1) -> None:
        """Let the next calls of `operation` ("authorise", "find" …) end in an unknown outcome."""
        self._silences.setdefault(operation, deque()).extend([when] * times)

    def hear_again(self) -> None:
        """End every silence."""
        self._silences.clear()

    def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        """The reader confirms or denies the payment at the bank; only the first time counts."""
        payment = self._payments[_key(reference)]
        if isinstance(payment.outcome, ActionRequired):
            payment.outcome = self._reserve(payment.request) if confirmed else NOT_CONFIRMED

    async def authorise(self, request: AuthorisationRequest) -> Outcome:
        with self._heard("authorise"):
            if request.key in self._abandoned:
                return CALLED_OFF
            if request.token == "tok_timeout":
                raise PaymentOutcomeUnknown("No answer.")
            payment = self._payments.get(request.key)
            if payment is None:
                self._payments[request.key] = _Payment(request, self._answer_to(request))
                if request.token == "tok_lost_answer":
                    raise PaymentOutcomeUnknown("The answer was lost.")
            elif payment.request != request:
                raise PaymentKeyReused("This key was used for another request.")
            return self._payments[request.key].outcome

    async def find(self, key: PaymentKey) -> Outcome | None:
        with self._heard("find"):
            if key in self._abandoned:
                return CALLED_OFF
            payment = self._payments.get(key)
            return None if payment is None else payment.outcome

    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        with self._heard("capture"):
            return self._once(key, ("capture", reference, amount), lambda: self._take(key, reference, amount))

    async def abandon(self, authorisation_key: PaymentKey) -> None:
        with self._heard("abandon"):
            payment = self._payments.get(authorisation_key)
            if payment is not None and authorisation_key not in self._abandoned:
                self._undo(payment)
            self._abandoned.add(authorisation_key)

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        with self._heard("refund"):
            return self._once(key, ("refund", reference, amount), lambda: self._give(key, reference, amount))

    @contextmanager
    def _heard(self, operation: str) -> Iterator[None]:
        waiting = self._silences.get(operation)
        when = waiting.popleft() if waiting else None
        if when is Silence.BEFORE:
            raise PaymentOutcomeUnknown("The request never arrived.")
        yield
        if when is Silence.AFTER:
            raise PaymentOutcomeUnknown("The answer was lost.")

    def _once(self, key: PaymentKey, request: object, work: Callable[[], T]) -> T:
        if key not in self._answers:
            self._answers[key] = (request, work())
        known, answer = self._answers[key]
        if known != request:
            raise PaymentKeyReused("This key was used for another request.")
        return answer  # type: ignore[return-value]  # the request it belongs to is of the same kind

    def _answer_to(self, request: AuthorisationRequest) -> Outcome:
        if request.token == "tok_3ds_required":
            return ActionRequired(_reference(request.key), f"http://thebankspage.test/3ds/{request.key}")
        if request.token in RESERVING:
            return self._reserve(request)
        return DECLINES.get(request.token, UNKNOWN_TOKEN)

    def _reserve(self, request: AuthorisationRequest) -> Authorised:
        self._write("authorise", request.key, request, request.amount)
        return Authorised(_reference(request.key), request.amount)

    def _take(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Captured | Refused:
        payment = self._payments.get(_key(reference))
        if payment is None or not isinstance(payment.outcome, Authorised):
            return Refused("Nothing is reserved.")
        if payment.taken is not None or payment.request.key in self._abandoned:
            return Refused("Nothing is reserved any more.")
        if payment.request.amount < amount:
            return Refused("So much was never authorised.")
        payment.taken = amount
        self._write("capture", key, payment.request, amount)
        if amount < payment.request.amount:
            self._write("void", key, payment.request, payment.request.amount - amount)
        return Captured(reference, amount)

    def _give(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        payment = self._payments.get(_key(reference))
        if payment is None or payment.taken is None:
            return Refused("Nothing was taken.")
        if payment.given_back + amount.amount > payment.taken.amount:
            return Refused("So much was never taken.")
        payment.given_back += amount.amount
        self._write("refund", key, payment.request, amount)
        return Refunded(PaymentReference(f"refund:{key}"), amount)

    def _undo(self, payment: _Payment) -> None:
        request = payment.request
        if isinstance(payment.outcome, ActionRequired):
            payment.outcome = CALLED_OFF
        if payment.taken is None and isinstance(payment.outcome, Authorised):
            self._write("void", request.key, request, request.amount)
        if payment.taken is not None and payment.given_back < payment.taken.amount:
            rest = Money(payment.taken.amount - payment.given_back, payment.taken.currency)
            self._write("refund", request.key, request, rest)

    def _write(self, kind: str, key: PaymentKey, request: AuthorisationRequest, amount: Money) -> None:
        self.ledger.append(Movement(kind, key, request.order_id, amount))


def _reference(key: PaymentKey) -> PaymentReference:
    return PaymentReference(f"pay:{key}")


def _key(reference: PaymentReference) -> PaymentKey:
    return PaymentKey(reference.removeprefix("pay:"))
