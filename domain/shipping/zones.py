"""Where the shop ships to, as seen from its warehouse in the United States."""

from enum import StrEnum
from typing import Final

from domain.shared.errors import InvalidInput


class Zone(StrEnum):
    """Countries a parcel costs about the same to reach."""

    DOMESTIC = "domestic"
    NEIGHBOUR = "neighbour"
    EUROPE = "europe"
    WORLD = "world"


_DOMESTIC: Final = "US PR GU VI AS MP"  # one postal tariff: the states and their territories
_NEIGHBOURS: Final = "CA MX"  # reached by road, without a flight
# Served by the carrier's one European hub: EU, EFTA, United Kingdom and the microstates between them.
_EUROPE: Final = """
AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK SM VA
"""
# ISO 3166-1 countries with a postal service that takes parcels from abroad. Left out: countries under an
# embargo (CU IR KP SY), those where post from abroad was suspended in 2026 (AF BY RU SO SS YE), and
# places without residents.
_WORLD: Final = """
AE AG AI AL AM AO AR AU AW AZ BA BB BD BF BH BI BJ BM BN BO BR BS BT BW BZ CD CF CG CI CL CM CN CO CR CV CW
DJ DM DO DZ EC EG ER ET FJ FO GA GD GE GF GH GL GM GN GP GQ GT GW GY HK HN HT ID IL IN IQ JM JO JP KE KG KH
KI KM KN KR KW KY KZ LA LB LC LK LR LS LY MA MD ME MG MK ML MM MN MO MQ MR MS MU MV MW MY MZ NA NC NE NG NI
NP NR NZ OM PA PE PF PG PH PK PW PY QA RE RS RW SA SB SC SD SG SL SN SR ST SV SZ TC TD TG TH TJ TL TM TN TO
TR TT TV TW TZ UA UG UY UZ VC VE VG VN VU WS YT ZA ZM ZW
"""

ZONES: Final[dict[str, Zone]] = {
    country: zone
    for zone, countries in (
        (Zone.DOMESTIC, _DOMESTIC),
        (Zone.NEIGHBOUR, _NEIGHBOURS),
        (Zone.EUROPE, _EUROPE),
        (Zone.WORLD, _WORLD),
    )
    for country in countries.split()
}


def zone_of(country: str) -> Zone:
    """The zone of an ISO 3166-1 alpha-2 country code; `InvalidInput` where the shop does not ship."""
    zone = ZONES.get(country)
    if zone is None:
        raise InvalidInput("shipping_addr.country", f"We do not ship to {country!r}.")
    return zone
