"""How much one reader may do, and how many readers it takes. Every number of the house is here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.reviews.errors import TooManyReports, TooManyReviews

WINDOW: Final = timedelta(days=1)
# Who catches up on a full shelf writes a dozen in an evening and corrects some of them.
WRITINGS_A_DAY: Final = 30
# Nobody finishes books that fast, nor finds so many mistakes. It may be a shelf full of old favourites, so
# they are held, not refused.
IN_A_HURRY: Final = 8
HURRY: Final = timedelta(minutes=10)
# Who reads on and meets a nest of spam reports a handful; more is a campaign, or a quarrel.
REPORTS_A_DAY: Final = 20
# One reader may be touchy and two may be friends.
REPORTS_TO_HOLD: Final = 3
# A member of staff has read these very words and let them stand: it takes a crowd to ask her again.
REPORTS_TO_HOLD_AGAIN: Final = 10


def demand_room_to_write(lately: Sequence[datetime], now: datetime) -> None:
    """`lately`: when this reader wrote or changed reviews within the window. Raises `TooManyReviews`."""
    if wait := _wait(lately, WRITINGS_A_DAY, now):
        raise TooManyReviews(wait)


def demand_room_to_report(lately: Sequence[datetime], now: datetime) -> None:
    """The same for reports; raises `TooManyReports`."""
    if wait := _wait(lately, REPORTS_A_DAY, now):
        raise TooManyReports(wait)


def in_a_hurry(lately: Sequence[datetime], now: datetime) -> bool:
    """Whether the next one would be one too many for somebody who reads before she writes."""
    return sum(now - at < HURRY for at in lately) >= IN_A_HURRY


def reports_needed(*, approved: bool) -> int:
    """How many readers have to report a review before it is held."""
    return REPORTS_TO_HOLD_AGAIN if approved else REPORTS_TO_HOLD


def _wait(lately: Sequence[datetime], most: int, now: datetime) -> timedelta:
    if len(lately) < most:
        return timedelta(0)
    makes_room = sorted(lately)[-most]  # once this one is a day old, there are fewer than `most`
    return max(makes_room + WINDOW - now, timedelta(0))
