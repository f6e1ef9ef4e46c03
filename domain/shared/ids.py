"""Every identity in the shop. They are UUIDs made outside the core and passed in."""

from typing import NewType, Protocol
from uuid import UUID

UserId = NewType("UserId", UUID)
SessionId = NewType("SessionId", UUID)
WorkId = NewType("WorkId", UUID)
BookId = NewType("BookId", UUID)
CartId = NewType("CartId", str)
QuoteId = NewType("QuoteId", UUID)
OrderId = NewType("OrderId", UUID)
RefundId = NewType("RefundId", UUID)


class IdSource(Protocol):
    """Makes new identities, ordered by time so that indexes stay compact."""

    def new(self) -> UUID:
        """Return an identity nobody has seen before (UUID version 7)."""
        ...
