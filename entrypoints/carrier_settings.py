"""The carrier who brings parcels."""

from dataclasses import dataclass, field
from typing import Final

from entrypoints.environment import Environment

LONGEST_WAY: Final = 30 * 24 * 60 * 60  # seconds; a month, as real parcels at their worst


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """The carrier who brings parcels."""

    url: str  # OCTAVO_CARRIER_URL
    api_key: str = field(repr=False)  # OCTAVO_CARRIER_API_KEY
    webhook_secret: str = field(repr=False)  # OCTAVO_CARRIER_WEBHOOK_SECRET
    dispatch_seconds: int  # OCTAVO_CARRIER_DISPATCH_SECONDS: until the sandbox collects a parcel
    delivery_seconds: int  # OCTAVO_CARRIER_DELIVERY_SECONDS: until it delivers it


def carrier(env: Environment) -> Carrier:
    """From the environment."""
    return Carrier(
        url=env.url("OCTAVO_CARRIER_URL", "http://127.0.0.1:8102", "http", "https"),
        api_key=env.secret("OCTAVO_CARRIER_API_KEY"),
        webhook_secret=env.secret("OCTAVO_CARRIER_WEBHOOK_SECRET"),
        dispatch_seconds=env.number("OCTAVO_CARRIER_DISPATCH_SECONDS", 2, least=0, most=LONGEST_WAY),
        delivery_seconds=env.number("OCTAVO_CARRIER_DELIVERY_SECONDS", 2, least=0, most=LONGEST_WAY),
    )
