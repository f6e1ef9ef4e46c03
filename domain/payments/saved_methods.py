"""The port to cards a provider keeps for a reader. The shop knows their last digits, never a number."""

from dataclasses import dataclass
from typing import NewType, Protocol

from domain.payments.gateway import Declined, PaymentToken
from domain.shared.ids import UserId

CustomerReference = NewType("CustomerReference", str)  # the provider's own name for a reader


@dataclass(frozen=True, slots=True)
class SavedMethod:
    """`token` pays like any other, as often as the reader likes. Expiry is (year, month)."""

    token: PaymentToken
    brand: str
    last4: str
    expiry: tuple[int, int]


class SavedMethods(Protocol):
    """What the shop needs to remember cards. Every method may raise `PaymentOutcomeUnknown`; repeating
    any of them is harmless.
    """

    async def open_customer(self, user_id: UserId) -> CustomerReference:
        """Make the reader known to the provider, by the shop's id alone. Keep the answer: a day later the
        provider would make another one.
        """
        ...

    async def save(self, customer: CustomerReference, token: PaymentToken) -> SavedMethod | Declined:
        """Keep a card for later; the bank may decline that."""
        ...

    async def list_saved(self, customer: CustomerReference) -> list[SavedMethod]:
        """The reader's cards, newest first."""
        ...

    async def forget(self, token: PaymentToken) -> None:
        """Never charge this card again."""
        ...
