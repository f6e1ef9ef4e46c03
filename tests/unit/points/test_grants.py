"""Points are minted for three deeds, each paid once, and by staff with a reason."""

from uuid import UUID

import pytest

from domain.points.account import BURN, MINT, Account
from domain.points.grants import (
    MEETINGS_FOR_BONUS,
    MOST_BY_HAND,
    points_read,
    reading_grant,
    season_grant,
    sign_up_grant,
    staff_burn,
    staff_grant,
)
from domain.points.ledger import Transaction, balances
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId, WorkId
from tests.builders import NOON

EMMA, EMMA_BOUGHT = UserId(UUID(int=11)), WorkId(UUID(int=21))
PERCENT = 10_000  # parts of a million


def read(*pages: int) -> int:
    """What turning to those pages of a hundred pays in all."""
    paid, mark, found = 0, 0, 0
    for page in pages:
        mark = max(mark, page * PERCENT)
        grant = reading_grant(EMMA, EMMA_BOUGHT, paid=paid, high_water=mark, at=NOON)
        if grant is not None:
            found += balances([grant])[Account.of_reader(EMMA)]
            paid = points_read(mark)
    return found


def test_turning_pages_back_and_forth_pays_a_hundred_and_not_a_hundred_and_fifteen() -> None:
    assert read(0, 50, 75, 60, 100) == 100


def test_reading_on_without_a_whole_percent_pays_nothing_yet() -> None:
    mark = 99 * PERCENT // 100
    assert reading_grant(EMMA, EMMA_BOUGHT, paid=0, high_water=mark, at=NOON) is None


def test_each_percent_of_a_book_has_a_key_of_its_own() -> None:
    first = reading_grant(EMMA, EMMA_BOUGHT, paid=0, high_water=50 * PERCENT, at=NOON)
    second = reading_grant(EMMA, EMMA_BOUGHT, paid=50, high_water=60 * PERCENT, at=NOON)
    assert first is not None
    assert second is not None
    assert first.key != second.key


def test_the_season_s_bonus_comes_with_the_third_meeting_and_once() -> None:
    assert season_grant(EMMA, "2026-Q4", MEETINGS_FOR_BONUS - 1, NOON) is None
    third = season_grant(EMMA, "2026-Q4", MEETINGS_FOR_BONUS, NOON)
    fourth = season_grant(EMMA, "2026-Q4", MEETINGS_FOR_BONUS + 1, NOON)
    assert third is not None
    assert fourth is not None
    assert third.key == fourth.key


def test_signing_up_twice_is_one_grant() -> None:
    assert sign_up_grant(EMMA, NOON).key == sign_up_grant(EMMA, NOON).key


@pytest.mark.parametrize("amount", [0, -5, MOST_BY_HAND + 1])
def test_staff_cannot_mint_nothing_nor_less_nor_by_a_slip_of_the_finger(amount: int) -> None:
    with pytest.raises(InvalidInput):
        staff_grant("k", EMMA, amount, "a prize", NOON)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_staff_says_why(reason: str) -> None:
    with pytest.raises(InvalidInput):
        staff_grant("k", EMMA, 5, reason, NOON)


def test_what_staff_takes_away_is_burned() -> None:
    moved: Transaction = staff_burn("k", EMMA, 5, "two accounts of one reader", NOON)
    assert balances([moved]) == {Account.of_reader(EMMA): -5, BURN: 5}
    assert balances([staff_grant("k", EMMA, 5, "a prize", NOON)])[MINT] == -5
