"""What the auditor says of points."""

from dataclasses import replace
from uuid import UUID

from application.audit.facts import PointsAccountFacts, PointsFacts
from application.audit.points import OF_ACCOUNTS, OF_POINTS

POINTS = PointsFacts(minted=300, burned=50, held=250, unbalanced=())
ACCOUNT = PointsAccountFacts(account_id=UUID(int=9), kind="reader", balance=25, booked=25)


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
