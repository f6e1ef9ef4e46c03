"""What a point would return if the race ended now: it moves with every bet until the lock."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from domain.bets.parimutuel import Stake

HUNDREDTHS: Final = 100


def odds(stakes: Iterable[Stake]) -> dict[str, int]:
    """For each horse that has backers: hundredths of a point for each point staked on it, rounded down. 340:
    ten points would return thirty-four.
    """
    backed: defaultdict[str, int] = defaultdict(int)
    for stake in stakes:
        backed[stake.horse] += stake.amount
    return dividends(backed)


def dividends(backed: dict[str, int]) -> dict[str, int]:
    """The same, from what stands on each horse."""
    pool = sum(backed.values())
    return {horse: HUNDREDTHS * pool // staked for horse, staked in backed.items()}
