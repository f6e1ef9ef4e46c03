"""A carrier in memory, proven equal to the real ones by the contract suite."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.shipping.carrier import (
    BookingRefused,
    BookingRequest,
    CarrierOutcomeUnknown,
    Parcel,
    ParcelStatus,
    ShipmentKey,
    ShipmentKeyReused,
    TrackingNumber,
)
from tests.fakes.payments import Silence

NEXT = {ParcelStatus.BOOKED: ParcelStatus.DISPATCHED, ParcelStatus.DISPATCHED: ParcelStatus.DELIVERED}


class InMemoryCarrier:
    """Parcels move only when told to. `moves` is what an auditor would see."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.moves: list[tuple[ShipmentKey, ParcelStatus]] = []
        self._now = start
        self._booked: dict[ShipmentKey, tuple[BookingRequest, Parcel]] = {}
        self._called_off: set[ShipmentKey] = set()
        self._silences: dict[str, deque[Silence]] = {}

    def fall_silent(self, operation: str, when: Silence, times: int = 1) -> None:
        """Let the next calls of `operation` ("book", "find" …) end in an unknown outcome."""
        self._silences.setdefault(operation, deque()).extend([when] * times)

    def hear_again(self) -> None:
        """End every silence."""
        self._silences.clear()

    def advance(self, key: ShipmentKey) -> None:
        """Move the parcel one step on its way; one that has arrived, or never leaves, stays."""
        _, parcel = self._booked[key]
        if parcel.status in NEXT:
            self._move(key, NEXT[parcel.status])

    async def book(self, request: BookingRequest) -> Parcel | BookingRefused:
        with self._heard("book"):
            if request.key in self._booked:
                known, parcel = self._booked[request.key]
                if known != request:
                    raise ShipmentKeyReused("This key was used for another parcel.")
                return parcel
            if request.key in self._called_off:
                return BookingRefused("This parcel was called off before it was booked.")
            if request.address.country == "ZZ" or request.address.postal_code == "00000":
                return BookingRefused("There is no service to that place.")
            number = TrackingNumber(f"FAKE{len(self._booked):08d}")
            self._booked[request.key] = request, Parcel(number, ParcelStatus.BOOKED, self._now)
            return self._move(request.key, ParcelStatus.BOOKED)

    async def find(self, key: ShipmentKey) -> Parcel | None:
        with self._heard("find"):
            return self._booked[key][1] if key in self._booked else None

    async def cancel(self, key: ShipmentKey) -> bool:
        with self._heard("cancel"):
            if key not in self._booked:
                self._called_off.add(key)
                return True
            if self._booked[key][1].status is ParcelStatus.BOOKED:
                self._move(key, ParcelStatus.CANCELLED)
            return self._booked[key][1].status is ParcelStatus.CANCELLED

    @contextmanager
    def _heard(self, operation: str) -> Iterator[None]:
        waiting = self._silences.get(operation)
        when = waiting.popleft() if waiting else None
        if when is Silence.BEFORE:
            raise CarrierOutcomeUnknown("The request never arrived.")
        yield
        if when is Silence.AFTER:
            raise CarrierOutcomeUnknown("The answer was lost.")

    def _move(self, key: ShipmentKey, status: ParcelStatus) -> Parcel:
        request, parcel = self._booked[key]
        self._now += timedelta(seconds=1)
        moved = replace(parcel, status=status, since=self._now)
        self._booked[key] = request, moved
        self.moves.append((key, status))
        return moved
