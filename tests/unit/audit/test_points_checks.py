"""What the auditor says of points."""

from dataclasses import replace
from uuid import UUID

from application.audit.facts import MarketFacts, PointsAccountFacts, PointsFacts, StandingFacts
from application.audit.points import OF_ACCOUNTS, OF_MARKETS, OF_POINTS, OF_STANDINGS

POINTS = PointsFacts(minted=300, burned=50, held=250, unbalanced=())
ACCOUNT = PointsAccountFacts(account_id=UUID(int=9), kind="reader", balance=25, booked=25)
MARKET = MarketFacts(market_id=UUID(int=8), status="open", held=30, unpaid=30, paying=False)
STANDING = StandingFacts(
    season="2026-Q4",
    club_id=UUID(int=7),
    user_id=UUID(int=9),
    settled=1,
    staked=30,
    returned=50,
    reading=7,
    booked_settled=1,
    booked_staked=30,
    booked_returned=50,
    booked_reading=7,
)


def words(points: PointsFacts) -> list[str]:
    return [said for check in OF_POINTS for said in check.look(points)]


def test_what_is_about_was_minted_and_not_burned() -> None:
    assert words(POINTS) == []
    assert words(replace(POINTS, held=251)) == ["251 points are about, but 300 were minted and 50 burned"]


def test_a_transaction_that_does_not_add_up_is_named() -> None:
    assert words(replace(POINTS, unbalanced=("k",))) == ["transaction k does not add up to zero"]


def test_a_balance_is_what_its_entries_add_up_to() -> None:
    (check,) = OF_ACCOUNTS
    assert list(check.look(ACCOUNT)) == []
    (said,) = check.look(replace(ACCOUNT, balance=26))
    assert said == "a reader has 26 points, but its entries add up to 25"


def test_a_market_holds_what_is_staked_on_it_and_nothing_once_it_has_ended() -> None:
    (check,) = OF_MARKETS
    assert list(check.look(MARKET)) == []
    assert list(check.look(replace(MARKET, held=20, paying=True))) == []
    (said,) = check.look(replace(MARKET, status="settled", held=1, unpaid=0))
    assert said == "is settled and holds 1 points, but 0 are staked on it"


def test_leaderboards_follow_the_books() -> None:
    (check,) = OF_STANDINGS
    assert list(check.look(STANDING)) == []
    for wrong in (replace(STANDING, returned=51), replace(STANDING, reading=8)):
        assert len(list(check.look(wrong))) == 1
