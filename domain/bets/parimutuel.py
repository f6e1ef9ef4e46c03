"""Settlement: who backed a winner shares what the others staked, in whole points that add up.

No market maker and no fee, so no point is made or lost. What integers leave over goes to the largest
remainders; the order in which bets came changes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from domain.bets.status import VoidReason
from domain.shared.ids import BetId, UserId

Key = TypeVar("Key", str, BetId)

FEWEST_BETTORS: Final = 3  # two could pass points to each other, each the other's only loser
FEWEST_BACKED: Final = 2  # who all back the same have nothing to win from each other


@dataclass(frozen=True, slots=True)
class Stake:
    """What one bet put on one horse."""

    bet: BetId
    bettor: UserId
    horse: str
    amount: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """`pool` was staked in all, `on_winners` of it on horses that won. `parts` is what each of these has to
    share among its backers, who staked `backed`; `returns` is what each bet gets, its stake included.
    """

    pool: int
    on_winners: int
    parts: Mapping[str, int]
    backed: Mapping[str, int]
    returns: Mapping[BetId, int]

    @property
    def profit(self) -> int:
        """What the losers staked."""
        return self.pool - self.on_winners


def void_reason(stakes: Sequence[Stake], winners: Collection[str]) -> VoidReason | None:
    """Why nothing can be settled; None when it can."""
    backed = {stake.horse for stake in stakes}
    if not winners:
        return VoidReason.NOBODY_WON
    if len({stake.bettor for stake in stakes}) < FEWEST_BETTORS:
        return VoidReason.TOO_FEW_BETTORS
    if len(backed) < FEWEST_BACKED:
        return VoidReason.TOO_FEW_BACKED
    if not backed & set(winners):
        return VoidReason.NO_BACKER_OF_A_WINNER
    return None


def settle(stakes: Sequence[Stake], winners: Collection[str]) -> Settlement:
    """Dead heat: the profit is split into equal parts, one for each winner that has backers. Only for what is
    not void.
    """
    on: defaultdict[str, dict[BetId, int]] = defaultdict(dict)
    for stake in stakes:
        on[stake.horse][stake.bet] = stake.amount
    tied = sorted(set(winners) & on.keys())
    backed = {horse: sum(on[horse].values()) for horse in tied}
    pool, on_winners = sum(stake.amount for stake in stakes), sum(backed.values())
    parts = allocate(pool - on_winners, dict.fromkeys(tied, 1))
    returns = {stake.bet: 0 for stake in stakes}
    for horse in tied:
        shares = allocate(parts[horse], on[horse])
        returns |= {bet: amount + shares[bet] for bet, amount in on[horse].items()}
    return Settlement(pool, on_winners, parts, backed, returns)


def give_back(stakes: Sequence[Stake]) -> dict[BetId, int]:
    """Void: everybody gets the exact stake."""
    return {stake.bet: stake.amount for stake in stakes}


def allocate(amount: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Split by weight without losing a point: the largest remainder first, among equals the lower key."""
    total = sum(weights.values())
    shares = {key: amount * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(amount * weights[key] % total), key))
    for key in by_remainder[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares
