"""A postal address, checked for shape only: the carrier knows whether it exists."""

import re
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput

LONGEST_LINE: Final = 120  # what carriers print on a label without cutting
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a parcel goes. `country` is ISO 3166-1 alpha-2. Personal data: encrypted wherever it rests."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        for field in ("name", "line1", "city", "postal_code"):
            value: str = getattr(self, field)
            if not value.strip():
                raise InvalidInput(f"shipping_addr.{field}", "This part of the address is missing.")
        for field in ("name", "line1", "line2", "city", "region", "postal_code"):
            text: str | None = getattr(self, field)
            if text is not None and len(text) > LONGEST_LINE:
                raise InvalidInput(f"shipping_addr.{field}", f"Use at most {LONGEST_LINE} characters.")
        demand_country("shipping_addr.country", self.country)


def demand_country(field: str, text: str) -> None:
    """It is written like a country; whether the shop sends parcels there is another question."""
    if not _COUNTRY.fullmatch(text):
        raise InvalidInput(field, "Use the two-letter ISO code, such as US or DE.")
