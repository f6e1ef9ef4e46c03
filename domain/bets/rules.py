"""How much may be staked, and by whom on what."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from domain.bets.errors import ConflictOfInterest, NotRunning, StakeTooHigh
from domain.bets.status import NO, SIDES, UNDER, MarketKind
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId

PART_OF_BALANCE: Final = 4  # a quarter: nobody is ruined by one book
TIMES_THE_MEDIAN: Final = 10  # nobody drowns the stakes of a small club
MEDIAN_FROM: Final = 5  # bets; fewer say nothing about what a club is used to


def most(balance: int, median: int | None) -> int:
    """The highest stake: a quarter of the balance, and ten times what half of the club's bets stay below.
    `median` None: too few bets to know.
    """
    by_balance = max(0, balance) // PART_OF_BALANCE
    return by_balance if median is None else min(by_balance, TIMES_THE_MEDIAN * median)


def demand_within_limits(amount: int, balance: int, median: int | None) -> None:
    """Raise `StakeTooHigh`, or `InvalidInput` for less than a point."""
    if amount < 1:
        raise InvalidInput("amount", "Stake one point or more.")
    if amount > (limit := most(balance, median)):
        words = f"You may stake at most {limit} points: a quarter of your {max(0, balance)}"
        raise StakeTooHigh(limit, f"{words}, and ten times what is usual in the club.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """What a reader wants to back: a horse in a race of readers, or a side. `subject` is whom a yes-or-no
    market is about.
    """

    kind: MarketKind
    horse: str
    subject: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """What the meeting knows of those the bet concerns: whether its bettor runs, whether whom it backs (or is
    about) does, and whether its bettor is a host.
    """

    bettor_runs: bool = False
    backed_runs: bool = False
    bettor_hosts: bool = False


def demand_no_conflict(pick: Pick, bettor: UserId, parties: Parties) -> None:
    """Raise `NotRunning` where there is no such horse, and `ConflictOfInterest` where the reader could make
    the bet come true: by losing a race, by staying away, by counting the heads.
    """
    _demand_horse(pick, parties)
    match pick.kind:
        case MarketKind.FIRST_TO_FINISH:
            if parties.bettor_runs and pick.horse != str(bettor):
                raise ConflictOfInterest("You run in this race: you may back yourself, and nobody else.")
        case MarketKind.FINISHES:
            if bettor == pick.subject and pick.horse == NO:
                raise ConflictOfInterest("You may back yourself to finish, not to fail.")
        case MarketKind.ATTENDANCE:
            if parties.bettor_hosts:
                raise ConflictOfInterest("You take the attendance: somebody else may bet on it.")
            if parties.bettor_runs and pick.horse == UNDER:
                raise ConflictOfInterest("You said that you come: you may not win by staying away.")


def demand_no_stake(decider: UserId, bettors: Collection[UserId]) -> None:
    """Who decides about a market must have nothing on it."""
    if decider in bettors:
        raise ConflictOfInterest("You have points on this market: another host or staff has to decide.")


def _demand_horse(pick: Pick, parties: Parties) -> None:
    if pick.kind is not MarketKind.ATTENDANCE and not parties.backed_runs:
        raise NotRunning("Bet on somebody who has said that they come to the meeting.")
    sides = SIDES.get(pick.kind)
    if sides is not None and pick.horse not in sides:
        raise InvalidInput("pick", f"Back one of {', '.join(sorted(sides))}.")
