"""Points: none appears or vanishes, and balances are what their entries add up to."""

from collections.abc import Iterator
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import MarketFacts, PointsAccountFacts, PointsFacts, StandingFacts


def _conserves(points: PointsFacts) -> Iterator[str]:
    if points.held != points.minted - points.burned:
        yield f"{points.held} points are about, but {points.minted} were minted and {points.burned} burned"


def _balances(points: PointsFacts) -> Iterator[str]:
    for key in points.unbalanced:
        yield f"transaction {key} does not add up to zero"


def _follows(account: PointsAccountFacts) -> Iterator[str]:
    if account.balance != account.booked:
        yield f"a {account.kind} has {account.balance} points, but its entries add up to {account.booked}"


def _holds_its_stakes(market: MarketFacts) -> Iterator[str]:
    if not market.paying and market.held != market.unpaid:
        yield f"is {market.status} and holds {market.held} points, but {market.unpaid} are staked on it"


def _stands_by_the_books(standing: StandingFacts) -> Iterator[str]:
    it = standing
    shown = (it.settled, it.staked, it.returned, it.reading)
    booked = (it.booked_settled, it.booked_staked, it.booked_returned, it.booked_reading)
    if shown != booked:
        yield (
            f"in {it.season}, club {it.club_id}, stands at {shown} markets, staked, returned and read; "
            f"the books say {booked}"
        )


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
OF_MARKETS: Final = (
    Check(
        "markets-hold-their-stakes",
        Area.POINTS,
        "A market holds what is staked on it, and nothing once it has ended.",
        _holds_its_stakes,
    ),
)
OF_STANDINGS: Final = (
    Check(
        "leaderboards-follow-the-books",
        Area.POINTS,
        "Leaderboards say what the books of points say.",
        _stands_by_the_books,
    ),
)
