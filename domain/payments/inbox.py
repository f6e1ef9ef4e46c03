"""Messages from payment providers, recognised when they come again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shared.errors import DomainError
from domain.shared.ids import OrderId


class UnknownProvider(DomainError):
    """Mail for a payment provider that the shop does not use."""

    code = "unknown_provider"


@dataclass(frozen=True, slots=True)
class PaymentNews:
    """A verified message. Its amounts are not kept: the provider is asked for those."""

    provider: str
    event_id: str
    type: str
    order_id: OrderId | None


class PaymentInbox(Protocol):
    """What was received, by the provider's own event id."""

    async def knows(self, news: PaymentNews) -> bool:
        """It came before."""
        ...

    async def keep(self, news: PaymentNews, at: datetime) -> None:
        """Remember it; again is a no-op."""
        ...
