"""The sandbox carrier behind the shop's carrier port (its calls: docs/sandbox.md)."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import aiohttp

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

CONNECT_SECONDS: Final = 2.0  # a listening server accepts at once; two seconds forgive one lost packet
ANSWER_SECONDS: Final = 10.0  # carriers route a parcel before they answer; leaving sooner only asks again

# The carrier's verdicts on a parcel. Every other status says nothing about what an earlier try has done.
VERDICTS: Final = frozenset({200, 201, 404, 410, 422})
REFUSALS: Final = frozenset({"no_service", "called_off", "invalid_request"})


class SandboxCarrier:
    """Asks the sandbox. What is not its verdict on this very parcel is an unknown outcome."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds, sock_connect=connect_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def book(self, request: BookingRequest) -> Parcel | BookingRefused:
        """Ask for a pick-up."""
        body = {
            "order_id": str(request.order_id),
            "address": asdict(request.address),
            "weight_grams": request.weight_grams,
            "method": request.method,
        }
        document = await self._call("POST", _path(request.key), body)
        if document.get("code") == "key_reused":
            raise ShipmentKeyReused("This shipment key was spent on another parcel.")
        if document.get("code") in REFUSALS:
            return BookingRefused(str(document["message"]))
        return _parcel(document)

    async def find(self, key: ShipmentKey) -> Parcel | None:
        """Where the parcel is now."""
        document = await self._call("GET", _path(key))
        return None if document.get("code") == "unknown_key" else _parcel(document)

    async def cancel(self, key: ShipmentKey) -> bool:
        """Call it off, or forbid its booking; the carrier keeps a tombstone for the key."""
        cancelled = (await self._call("POST", f"{_path(key)}/cancel")).get("cancelled")
        if not isinstance(cancelled, bool):
            raise CarrierOutcomeUnknown("The carrier's answer says nothing.")
        return cancelled

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            async with self._opened().request(method, self._url + path, json=body) as response:
                document = json.loads(await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise CarrierOutcomeUnknown("The carrier did not answer.") from error
        if response.status not in VERDICTS or not isinstance(document, dict):
            raise CarrierOutcomeUnknown(f"The carrier answered {response.status}.")
        return document

    def _opened(self) -> aiohttp.ClientSession:
        # Made at the first call, because it belongs to the event loop that is running then.
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self._session


def _path(key: ShipmentKey) -> str:
    return f"/v1/parcels/{quote(key, safe='')}"


def _parcel(document: dict[str, Any]) -> Parcel:
    try:
        return Parcel(
            tracking_number=TrackingNumber(document["tracking_number"]),
            status=ParcelStatus(document["status"]),
            since=datetime.fromisoformat(document["since"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise CarrierOutcomeUnknown("The carrier's answer says nothing.") from error
