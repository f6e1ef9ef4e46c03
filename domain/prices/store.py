"""A bookstore as we know it from its description, and the ways in which it fails to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from domain.prices.offer import StoreName
from domain.shared.errors import DomainError


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A store's own rule: at most `calls` in any `seconds`, counted on its clock."""

    calls: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreTerms:
    """What was agreed with a store. `feed` names the price list it shares with others, None if it makes its
    own: stores of one feed are one witness. `country` is ISO 3166, `currency` ISO 4217.
    """

    name: StoreName
    title: str
    country: str
    currency: str
    limits: Sequence[RateLimit]
    can_order: bool
    feed: str | None = None


class Lane(StrEnum):
    """Who asks. Each has a share of a store's calls; what one leaves unused the next may take."""

    CHARGE = "charge"  # somebody is about to pay: the last look before the money moves
    READER = "reader"  # somebody waits for the answer
    REFRESH = "refresh"  # nobody waits


class Missing(StrEnum):
    """Why a store has no part in a comparison."""

    NOT_SOLD = "not_sold"  # it answered: it does not have this book
    BUSY = "busy"  # its limit leaves no call for us before our deadline
    RESTING = "resting"  # it failed so often that it is left in peace for a while
    SLOW = "slow"  # it has not answered in time
    BROKEN = "broken"  # it answered with an error or with what cannot be understood
    REFUSED = "refused"  # it does not accept us: an operator must look
    NOT_ASKED = "not_asked"  # others are likelier to be cheaper
    OTHER_CURRENCY = "other_currency"  # it does not sell in the currency that was asked for


class StoreFailed(DomainError):
    """A store did not answer as it should. `why` is one of `SLOW`, `BROKEN`, `REFUSED`, `BUSY`."""

    code = "store_failed"
    why: ClassVar[Missing] = Missing.BROKEN


class StoreSlow(StoreFailed):
    """No connection or no answer in time. Whether it did what was asked is unknown."""

    code = "store_slow"
    why: ClassVar[Missing] = Missing.SLOW


class StoreBroken(StoreFailed):
    """A 5xx, or an answer of another shape than agreed."""

    code = "store_broken"


class StoreRefused(StoreFailed):
    """401 or 403: our account with it is not in order."""

    code = "store_refused"
    why: ClassVar[Missing] = Missing.REFUSED


class StoreBusy(StoreFailed):
    """429: it wants to be left alone for `retry_after` seconds (None: it did not say). That is the business
    of the pace, and no failure of the store.
    """

    code = "store_busy"
    why: ClassVar[Missing] = Missing.BUSY

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.retry_after = retry_after
