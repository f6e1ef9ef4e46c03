"""Terms of buying, here and at other stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.purchases.caps import Caps
from domain.shared.errors import DomainError
from domain.shared.money import Money
from entrypoints.environment import Environment, SettingError

# A hundred dollars a book, three hundred a day, a thousand a month, or about as much elsewhere: what a reader
# would notice at once if something went wrong. In other currencies readers set caps before they buy.
DEFAULT: Final = (
    "USD:10000/30000/100000, EUR:10000/30000/100000, GBP:8000/24000/80000, CHF:9000/27000/90000, "
    "CAD:13000/39000/130000, AUD:15000/45000/150000, JPY:15000/45000/150000"
)
SHAPE: Final = "currencies with three caps in minor units, as in USD:10000/30000/100000"

LONGEST_HOLD: Final = 24 * 60  # minutes; longer, and unpaid carts keep books from readers


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """Terms of a purchase here."""

    hold_minutes: int  # OCTAVO_HOLD_MINUTES: how long unpaid copies stay off the shelf


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """Terms of purchases at other stores."""

    caps: Mapping[str, Caps]  # OCTAVO_PURCHASE_CAPS: by currency, each purchase/day/month in minor units


def checkout(env: Environment) -> Checkout:
    """From the environment."""
    return Checkout(hold_minutes=env.number("OCTAVO_HOLD_MINUTES", 15, least=1, most=LONGEST_HOLD))


def purchases(env: Environment) -> Purchases:
    """From the environment."""
    name = "OCTAVO_PURCHASE_CAPS"
    written = env.words(name) or tuple(word.strip() for word in DEFAULT.split(","))
    return Purchases(caps=dict(_caps(name, word) for word in written))


def _caps(name: str, word: str) -> tuple[str, Caps]:
    currency, _, amounts = word.partition(":")
    try:
        each, day, month = (Money(int(amount), currency) for amount in amounts.split("/"))
        return currency, Caps(per_purchase=each, per_day=day, per_month=month)
    except (ValueError, DomainError) as wrong:
        raise SettingError(name, f"{word!r} does not fit: {SHAPE}.") from wrong
