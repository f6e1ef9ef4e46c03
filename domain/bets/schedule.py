"""What moving a meeting does to its bets."""

from datetime import datetime, timedelta
from typing import Final

STANDS_WITHIN: Final = timedelta(days=7)  # a week later it is still the same race


def bets_stand(bet_for: datetime, starts_at: datetime) -> bool:
    """Whether a meeting moved to `starts_at` is still the one that was bet on."""
    return abs(starts_at - bet_for) <= STANDS_WITHIN
