"""What became of a purchase that a watch began."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from domain.shared.money import Money

COOL_FIRST: Final = timedelta(minutes=15)  # a price that was not to be had is looked at by the stores' asking
ASK_AGAIN: Final = timedelta(hours=1)  # a purchase's end is told at once; this replaces news that got lost
COOL_LONGEST: Final = timedelta(hours=24)
_DOUBLINGS: Final = 7  # then the longest is reached


class ResultKind(StrEnum):
    """In the watch's terms."""

    OPEN = "open"
    BOUGHT = "bought"
    NOT_HAD = "not_had"  # the price moved, the offer is gone, the store refused: nothing was kept
    CAP_REACHED = "cap_reached"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Result:
    """`paid` is what was kept of the reader's money, `why` says in words why there is no book."""

    kind: ResultKind
    paid: Money | None = None
    why: str = ""


def rest_after(kind: ResultKind, failures: int, at: datetime) -> datetime | None:
    """Until when nothing is tried again after an attempt without a book: each holds the reader's money for a
    while, so a price that is only seen and never had is not tried all day. A day's cap is new tomorrow (UTC).
    """
    if kind is ResultKind.CAP_REACHED:
        return datetime.combine(at.astimezone(UTC).date() + timedelta(days=1), time(), tzinfo=UTC)
    if kind is ResultKind.NOT_HAD:
        return at + min(COOL_FIRST * (1 << min(failures, _DOUBLINGS)), COOL_LONGEST)
    return None
