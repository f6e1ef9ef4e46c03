"""What a carrier tells on its own account. It is a hint to ask, never a fact to book."""

from dataclasses import dataclass
from typing import Protocol

from domain.shipping.carrier import ShipmentKey, TrackingNumber


@dataclass(frozen=True, slots=True)
class ParcelEvent:
    """`id` is the carrier's and stays the same however often the event comes."""

    id: str
    type: str
    key: ShipmentKey
    tracking_number: TrackingNumber


class CarrierWebhooks(Protocol):
    """Tells a carrier's own letters from forgeries."""

    @property
    def header(self) -> str:
        """The request header that carries the signature."""
        ...

    def verify(self, body: bytes, signature: str) -> ParcelEvent:
        """Read a letter; raises `ForgedMessage`, or `InvalidInput` if a true letter makes no sense."""
        ...
