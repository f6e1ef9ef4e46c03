"""Points: none appears or vanishes, and balances are what their entries add up to."""

from collections.abc import Iterator
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import PointsAccountFacts, PointsFacts


def _conserves(points: PointsFacts) -> Iterator[str]:
    if points.held != points.minted - points.burned:
        yield f"{points.held} points are about, but {points.minted} were minted and {points.burned} burned"


def _balances(points: PointsFacts) -> Iterator[str]:
    for key in points.unbalanced:
        yield f"transaction {key} does not add up to zero"


def _follows(account: PointsAccountFacts) -> Iterator[str]:
    if account.balance != account.booked:
        yield f"a {account.kind} has {account.balance} points, but its entries add up to {account.booked}"


OF_POINTS: Final = (
    Check(
        "points-are-conserved",
        Area.POINTS,
        "What readers and markets have is what was minted less what was burned.",
        _conserves,
    ),
    Check("points-balance", Area.POINTS, "Every transaction of points adds up to zero.", _balances),
)
OF_ACCOUNTS: Final = (
    Check(
        "balances-follow-entries",
        Area.POINTS,
        "A balance of points is what its entries add up to.",
        _follows,
    ),
)
