"""The port to a payment provider. Tokens only: no card number ever reaches the shop."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

from domain.shared.errors import DomainError
from domain.shared.ids import OrderId
from domain.shared.money import Money

PaymentKey = NewType("PaymentKey", str)  # "<order>-<attempt>-<operation>": stable for ever, one per effect
PaymentReference = NewType("PaymentReference", str)  # the provider's own name for a payment
PaymentToken = NewType("PaymentToken", str)  # made by the provider from the card, worthless elsewhere


class DeclineReason(StrEnum):
    """Why no money was reserved, in the words a reader can act on."""

    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - the name of a reason, not a secret
    AUTHENTICATION_FAILED = "authentication_failed"
    PROVIDER_UNAVAILABLE = "provider_unavailable"


@dataclass(frozen=True, slots=True)
class AuthorisationRequest:
    """Reserve `amount` on what `token` stands for."""

    key: PaymentKey
    order_id: OrderId
    amount: Money
    token: PaymentToken


@dataclass(frozen=True, slots=True)
class Authorised:
    """The money is reserved until captured, voided or lapsed."""

    reference: PaymentReference
    amount: Money


@dataclass(frozen=True, slots=True)
class Declined:
    """No money is reserved, and none will be under this key."""

    reason: DeclineReason
    message: str


@dataclass(frozen=True, slots=True)
class ActionRequired:
    """The reader must confirm with their bank (3-D Secure) at `url`; then `find` the key again."""

    reference: PaymentReference
    url: str


@dataclass(frozen=True, slots=True)
class Captured:
    """The money is ours."""

    reference: PaymentReference
    amount: Money


@dataclass(frozen=True, slots=True)
class Refunded:
    """The money is on its way back."""

    reference: PaymentReference
    amount: Money


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will never do this (authorisation lapsed, already refunded): a person must decide."""

    message: str


class PaymentOutcomeUnknown(DomainError):
    """The provider did not answer: ask `find(key)`, never a new key."""

    code = "payment_outcome_unknown"


class PaymentKeyReused(DomainError):
    """The key was spent on another request: a mistake of the shop's own, which no retry mends."""

    code = "payment_key_reused"


class PaymentGateway(Protocol):
    """What the shop needs from a payment provider. Every method may raise `PaymentOutcomeUnknown`,
    and asking again with the same key gives the same answer and has the effect at most once.
    """

    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        """Reserve the money under `request.key`."""
        ...

    async def find(self, key: PaymentKey) -> Authorised | Declined | ActionRequired | None:
        """Say what became of the authorisation under `key`; None: the provider never saw it, or is still
        working on it. It never has an effect.
        """
        ...

    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        """Take the reserved money (at most once for each key, never more than was authorised). The first
        capture is the only one: what it leaves is released, and a second key is refused.
        """
        ...

    async def abandon(self, authorisation_key: PaymentKey) -> None:
        """See to it that no money stays reserved or taken under this authorisation: void it, refund it
        if it was captured, refuse it if the request is still on its way. Repeating it is harmless.
        """
        ...

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        """Give back part or all of a captured payment. Two equal refunds with two keys are two refunds."""
        ...
