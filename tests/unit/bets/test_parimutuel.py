"""Settlement by examples that can be worked out by hand."""

from uuid import UUID

import pytest

from domain.bets.explanation import explain, explain_void
from domain.bets.odds import odds
from domain.bets.parimutuel import Stake, allocate, settle, void_reason
from domain.bets.status import VoidReason
from domain.shared.ids import BetId, UserId


def stakes(*bets: tuple[str, int]) -> list[Stake]:
    return [
        Stake(BetId(UUID(int=place)), UserId(UUID(int=100 + place)), horse, amount)
        for place, (horse, amount) in enumerate(bets)
    ]


THREE = stakes(("amber", 100), ("amber", 50), ("bay", 100), ("grey", 33))


@pytest.mark.parametrize(
    ("winners", "returned"),
    [
        ({"amber"}, [189, 94, 0, 0]),  # 133 shared 100 : 50 is 88⅔ and 44⅓
        ({"bay"}, [0, 0, 283, 0]),
        ({"grey"}, [0, 0, 0, 283]),
        ({"amber", "bay"}, [111, 56, 116, 0]),  # the dead heat: 33 is 17 and 16
        ({"amber", "bay", "grey"}, [100, 50, 100, 33]),
        ({"amber", "roan"}, [189, 94, 0, 0]),  # a tied horse without backers takes no part
    ],
)
def test_winners_share_what_the_others_staked(winners: set[str], returned: list[int]) -> None:
    assert list(settle(THREE, winners).returns.values()) == returned


@pytest.mark.parametrize(
    ("bets", "winners", "reason"),
    [
        ((("amber", 5), ("bay", 5), ("bay", 5)), set(), VoidReason.NOBODY_WON),
        ((("amber", 5), ("bay", 5)), {"bay"}, VoidReason.TOO_FEW_BETTORS),
        ((("bay", 5), ("bay", 5), ("bay", 5)), {"bay"}, VoidReason.TOO_FEW_BACKED),
        ((("amber", 5), ("bay", 5), ("bay", 5)), {"grey"}, VoidReason.NO_BACKER_OF_A_WINNER),
        ((("amber", 5), ("bay", 5), ("bay", 5)), {"bay"}, None),
        ((), {"bay"}, VoidReason.TOO_FEW_BETTORS),
    ],
)
def test_a_market_is_void_where_there_is_nothing_to_win_from_each_other(
    bets: tuple[tuple[str, int], ...], winners: set[str], reason: VoidReason | None
) -> None:
    assert void_reason(stakes(*bets), winners) is reason


def test_odds_say_what_a_point_would_return() -> None:
    assert odds(THREE) == {"amber": 188, "bay": 283, "grey": 857}
    assert odds([]) == {}


def test_what_integers_leave_over_goes_to_the_largest_remainder_then_to_the_lower_key() -> None:
    assert allocate(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert allocate(100, {"a": 1, "b": 2}) == {"a": 33, "b": 67}


def test_a_bettor_can_work_out_why_it_was_a_hundred_and_eleven() -> None:
    words = list(explain(THREE[0], settle(THREE, {"amber", "bay"})).words())
    assert words == [
        "283 points were staked in all, 250 of them on what won.",
        "So 33 were to be won.",
        "It was a dead heat of 2: 17 of them for those who backed yours.",
        "They had staked 150, you 100 of it: 11.33 points, rounded down.",
        "You got 111: your 100 and 11.",
    ]


def test_a_point_left_over_is_told_to_whom_it_went() -> None:
    words = list(explain(THREE[1], settle(THREE, {"amber", "bay"})).words())
    assert words[-2:] == [
        "They had staked 150, you 50 of it: 5.66 points, rounded up, for one point was left over.",
        "You got 56: your 50 and 6.",
    ]


def test_who_lost_is_told_where_the_stake_went() -> None:
    settlement = settle(THREE, {"amber"})
    explained = explain(THREE[3], settlement)
    assert (explained.won, explained.share) == (False, -33)
    assert list(explained.words())[-1] == ("Yours were not: your 33 went to those who had backed a winner.")
    assert "to the point" in " ".join(explain(THREE[2], settle(THREE, {"bay"})).words())


@pytest.mark.parametrize("reason", VoidReason)
def test_every_reason_for_a_void_has_its_words(reason: VoidReason) -> None:
    explained = explain_void(THREE[0], 283, reason)
    assert (explained.won, explained.share) == (False, 0)
    assert next(explained.words()).endswith("You got your 100 back.")
