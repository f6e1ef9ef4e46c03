"""Every identity in the shop. They are UUIDs made outside the core and passed in."""

from typing import Final, NewType, Protocol
from uuid import UUID

UUID_LENGTH: Final = 36  # characters of its canonical form

UserId = NewType("UserId", UUID)
SessionId = NewType("SessionId", UUID)
WorkId = NewType("WorkId", UUID)
BookId = NewType("BookId", UUID)
CartId = NewType("CartId", str)
QuoteId = NewType("QuoteId", UUID)
OrderId = NewType("OrderId", UUID)
RefundId = NewType("RefundId", UUID)
ReviewId = NewType("ReviewId", UUID)
PurchaseId = NewType("PurchaseId", UUID)
WatchId = NewType("WatchId", UUID)
ClubId = NewType("ClubId", UUID)
MeetingId = NewType("MeetingId", UUID)
MarketId = NewType("MarketId", UUID)
BetId = NewType("BetId", UUID)


class IdSource(Protocol):
    """Makes new identities, ordered by time so that indexes stay compact."""

    def new(self) -> UUID:
        """Return an identity nobody has seen before (UUID version 7)."""
        ...


def order_named_in(key: str) -> OrderId | None:
    """The order at the head of a derived key ("<order>-1-authorise"); None if there is none."""
    try:
        return OrderId(UUID(key[:UUID_LENGTH]))
    except ValueError:
        return None
