"""The port to a carrier who brings parcels."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from domain.shared.address import PostalAddress
from domain.shared.errors import DomainError
from domain.shared.ids import OrderId

ShipmentKey = NewType("ShipmentKey", str)  # "<order>-<attempt>-ship": stable for ever, one per parcel
TrackingNumber = NewType("TrackingNumber", str)


class ParcelStatus(StrEnum):
    """Where a parcel is."""

    BOOKED = "booked"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One parcel: `weight_grams` with packaging, `method` as named by the rate table."""

    key: ShipmentKey
    order_id: OrderId
    address: PostalAddress
    weight_grams: int
    method: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the carrier knows of a parcel; `since` is when it reached `status`."""

    tracking_number: TrackingNumber
    status: ParcelStatus
    since: datetime


@dataclass(frozen=True, slots=True)
class BookingRefused:
    """The carrier will not bring it (no service to that place, say): a reason fit for the reader."""

    message: str


class CarrierOutcomeUnknown(DomainError):
    """The carrier did not answer: ask `find(key)`, never a new key."""

    code = "carrier_outcome_unknown"


class ShipmentKeyReused(DomainError):
    """The key was spent on another parcel: a mistake of the shop's own, which no retry mends."""

    code = "shipment_key_reused"


class Carrier(Protocol):
    """What the shop needs from a carrier. Every method may raise `CarrierOutcomeUnknown`."""

    async def book(self, request: BookingRequest) -> Parcel | BookingRefused:
        """Ask for a pick-up; asking again with the same key gives the same parcel."""
        ...

    async def find(self, key: ShipmentKey) -> Parcel | None:
        """Say where the parcel booked under `key` is; None: the carrier never saw it."""
        ...

    async def cancel(self, key: ShipmentKey) -> bool:
        """Call the parcel off, or refuse it if the booking is still on its way. True: it will not leave
        (or never will be booked); False: it has left already. Repeating it is harmless.
        """
        ...
