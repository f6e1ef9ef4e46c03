"""What a payment provider tells on its own account. It is a hint to ask, never a fact to book."""

from dataclasses import dataclass
from typing import Protocol

from domain.payments.gateway import PaymentKey, PaymentReference


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """`id` is the provider's and stays the same however often the event comes; `key` is that of the
    authorisation it concerns, None where it concerns none of ours.
    """

    id: str
    type: str
    key: PaymentKey | None
    reference: PaymentReference | None


class PaymentWebhooks(Protocol):
    """Tells a provider's own letters from forgeries."""

    @property
    def header(self) -> str:
        """The request header that carries the signature."""
        ...

    def verify(self, body: bytes, signature: str) -> PaymentEvent:
        """Read a letter; raises `ForgedMessage`, or `InvalidInput` if a true letter makes no sense."""
        ...
