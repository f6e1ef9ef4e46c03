"""What all new watches have in common: how many there may be, and which prices they know."""

from collections.abc import Iterable
from typing import Final

from application.shared.unit_of_work import Work
from application.watches.known_prices import known_lows
from application.watches.wake_watches import OVERLAP
from domain.watches.errors import TooManyWatches
from domain.watches.lows import Low
from domain.watches.ports import Particulars
from domain.watches.watch import Watch

# What is remembered while it is written down may be another price a moment later. Its process reads it again
# after that, and what it hears then (`OVERLAP` before the beginning) is the later word.
BEFORE: Final = 2 * OVERLAP
MOST_OPEN: Final = 500  # of one reader: beyond it somebody uses the shop as a feed of prices


async def lows_before(work: Work, watch: Watch) -> list[Low]:
    """What is remembered of its book's prices as it begins."""
    return await known_lows(work, watch.isbn, watch.begun_at, heard_at=watch.begun_at - BEFORE)


async def write_down(work: Work, watch: Watch, particulars: Particulars, lows: Iterable[Low]) -> None:
    """With the prices known before it. Raises `TooManyWatches`."""
    if await work.watches.open_of(watch.user_id) >= MOST_OPEN:
        raise TooManyWatches(f"You have {MOST_OPEN} open watches: end some first.")
    await work.watches.add(watch, particulars)
    for low in lows:
        await work.watches.hear(low)
