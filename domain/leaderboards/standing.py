"""How a reader stands in a club or a season. Exact, in integers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.shared.ids import UserId
from domain.shared.money import round_half_up

FEWEST_MARKETS: Final = 5  # settled ones; fewer are luck
SHRINK_BY: Final = 200  # points: as if everybody had staked so many before, and had won and lost nothing
SCALE: Final = 10_000  # ten-thousandths: of a point returned, and of a Brier score


class Ranking(StrEnum):
    """By what readers are ranked."""

    PROFIT = "profit"
    RETURN = "return"
    BRIER = "brier"
    READING = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the settled (not the void) markets of a reader add up to. `brier_sum` adds the score of each pick;
    `reading` are points earned by reading, apart from all the rest.
    """

    reader: UserId
    settled: int = 0
    won: int = 0
    staked: int = 0
    returned: int = 0
    brier_sum: int = 0
    reading: int = 0

    @property
    def profit(self) -> int:
        """What was won above what was staked."""
        return self.returned - self.staked

    @property
    def shrunk_return(self) -> int:
        """Profit for each point staked, in ten-thousandths, drawn towards nothing while little was staked."""
        return _rounded(SCALE * self.profit, self.staked + SHRINK_BY)

    @property
    def brier(self) -> int:
        """The mean score of the picks, in ten-thousandths: 0 is a prophet, 10,000 always surely wrong."""
        return round_half_up(self.brier_sum, self.settled) if self.settled else SCALE


@dataclass(frozen=True, slots=True)
class Place:
    """A rank that nobody shares, from one."""

    rank: int
    standing: Standing


def implied(stake: int, of_balance: int, on_horse: int, pool: int) -> int:
    """How likely a bettor held the pick to be, in ten-thousandths: who stakes the part f of a balance on what
    the others price at s believes in s + f (1 - s), if they bet as Kelly would.

    `on_horse` and `pool` are what all staked at the lock, this stake included; where nobody else staked there
    is no price but a half.
    """
    others, others_on_it = pool - stake, on_horse - stake
    price = round_half_up(SCALE * others_on_it, others) if others else SCALE // 2
    return price + round_half_up((SCALE - price) * stake, of_balance)


def brier(implied_probability: int, *, won: bool) -> int:
    """The squared distance from what came true, in ten-thousandths."""
    distance = (SCALE if won else 0) - implied_probability
    return round_half_up(distance * distance, SCALE)


def is_ranked(standing: Standing, by: Ranking) -> bool:
    """Reading needs no bets; the others need enough of them."""
    return standing.reading > 0 if by is Ranking.READING else standing.settled >= FEWEST_MARKETS


def score(standing: Standing, by: Ranking) -> int:
    """More is better, whatever is ranked."""
    match by:
        case Ranking.PROFIT:
            return standing.profit
        case Ranking.RETURN:
            return standing.shrunk_return
        case Ranking.BRIER:
            return -standing.brier
        case Ranking.READING:
            return standing.reading


def ranked(standings: Iterable[Standing], by: Ranking) -> Sequence[Place]:
    """Best first. Equal scores stand in the order of their readers' ids, which are older for older accounts:
    the same list whenever it is asked for.
    """
    fit = [standing for standing in standings if is_ranked(standing, by)]
    fit.sort(key=lambda standing: (-score(standing, by), standing.reader))
    return [Place(rank, standing) for rank, standing in enumerate(fit, start=1)]


def _rounded(numerator: int, denominator: int) -> int:
    size = round_half_up(abs(numerator), denominator)
    return size if numerator >= 0 else -size
