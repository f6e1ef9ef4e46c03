"""Why a bettor got what they got: every number of it, so that it can be worked out again by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from domain.bets.parimutuel import Settlement, Stake
from domain.bets.status import VoidReason

WHY_VOID: Final[Mapping[VoidReason, str]] = {
    VoidReason.CANCELLED: "the meeting was cancelled",
    VoidReason.MOVED_TOO_FAR: "the meeting was moved by more than a week",
    VoidReason.NO_EVIDENCE: "nobody told within three days what happened",
    VoidReason.NOBODY_WON: "nobody won",
    VoidReason.NO_BACKER_OF_A_WINNER: "nobody had backed a winner",
    VoidReason.TOO_FEW_BACKED: "all had backed the same",
    VoidReason.TOO_FEW_BETTORS: "fewer than three readers had bet",
    VoidReason.LEFT: "the reader it was about will not come",
    VoidReason.RULED: "it was ruled so after a dispute",
    VoidReason.DISPUTED: "the result was disputed, and nobody ruled on it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`share` is what the bet won beside its stake; `exact` the same before rounding, in hundredths rounded
    down; `tied` how many winners had backers; `part` what the backers of this horse had to share, who staked
    `on_horse`. `void`: nothing was won or lost.
    """

    stake: int
    returned: int
    pool: int
    on_winners: int
    tied: int = 0
    part: int = 0
    on_horse: int = 0
    void: VoidReason | None = None

    @property
    def share(self) -> int:
        """What was won; below zero: lost."""
        return self.returned - self.stake

    @property
    def won(self) -> bool:
        """It backed a winner."""
        return self.void is None and self.on_horse > 0

    def words(self) -> Iterator[str]:
        """Sentence by sentence."""
        if self.void is not None:
            yield f"Void: {WHY_VOID[self.void]}. You got your {self.stake} back."
            return
        profit = self.pool - self.on_winners
        yield f"{self.pool} points were staked in all, {self.on_winners} of them on what won."
        if not self.won:
            yield f"Yours were not: your {self.stake} went to those who had backed a winner."
            return
        yield f"So {profit} were to be won."
        if self.tied > 1:
            yield f"It was a dead heat of {self.tied}: {self.part} of them for those who backed yours."
        yield (
            f"They had staked {self.on_horse}, you {self.stake} of it: "
            f"{self._exact()} points, {self._rounded()}."
        )
        yield f"You got {self.returned}: your {self.stake} and {self.share}."

    def _exact(self) -> str:
        whole, rest = divmod(self.part * self.stake, self.on_horse)
        hundredths = 100 * rest // self.on_horse
        return f"{whole}.{hundredths:02}" if rest else str(whole)

    def _rounded(self) -> str:
        if self.part * self.stake % self.on_horse == 0:
            return "to the point"
        up = self.share > self.part * self.stake // self.on_horse
        return "rounded up, for one point was left over" if up else "rounded down"


def explain(stake: Stake, settlement: Settlement) -> Explanation:
    """Of a settled market."""
    return Explanation(
        stake=stake.amount,
        returned=settlement.returns[stake.bet],
        pool=settlement.pool,
        on_winners=settlement.on_winners,
        tied=len(settlement.parts),
        part=settlement.parts.get(stake.horse, 0),
        on_horse=settlement.backed.get(stake.horse, 0),
    )


def explain_void(stake: Stake, pool: int, reason: VoidReason) -> Explanation:
    """Of a void one."""
    return Explanation(stake=stake.amount, returned=stake.amount, pool=pool, on_winners=0, void=reason)
