"""How far what a store told may be relied upon by now."""

from datetime import timedelta

import pytest

from domain.prices.answer import answer
from domain.prices.estimates.change_rate import ChangeRate
from domain.prices.estimates.freshness import Tier
from domain.prices.estimates.trust import Trust, left_alone, to_renew, trust
from domain.prices.memory import Known, Trouble
from domain.prices.store import Missing
from domain.shared.errors import InvalidInput
from tests.builders import NOON
from tests.price_builders import GALLEY, HARBOUR, an_isbn, offer, told

EMMA = an_isbn()
NEVER_CHANGES = ChangeRate(0.0, 1e9)
OFTEN_CHANGES = ChangeRate(10_000.0, 36_000.0)


def trusted(known: Known, tier: Tier, **age: float) -> Trust:
    return trust(known, tier, NOON + timedelta(**age))


@pytest.mark.parametrize("tier", Tier)
def test_a_price_that_hardly_changes_lives_as_long_as_its_tier_allows(tier: Tier) -> None:
    known = Known(told(EMMA, 1_000), NEVER_CHANGES)
    life = trusted(known, tier).life
    assert 0.8 * tier.value <= life <= tier.value
    assert trusted(known, tier, seconds=life - 1).is_fresh
    assert not trusted(known, tier, seconds=life + 1).is_fresh
    assert trusted(known, tier, seconds=4 * life - 1).is_of_use
    assert not trusted(known, tier, seconds=4 * life + 1).is_of_use


def test_a_price_that_changes_often_is_soon_told_to_be_doubtful() -> None:
    known = Known(told(EMMA, 1_000), OFTEN_CHANGES)
    now, later = trusted(known, Tier.L3), trusted(known, Tier.L3, minutes=1)
    assert now.still_right == 1.0
    assert now.life < 1
    assert later.still_right < 0.05


def test_what_was_asked_together_does_not_die_together() -> None:
    lives = {trusted(Known(told(an_isbn(), 1_000), NEVER_CHANGES), Tier.L1).life for _ in range(20)}
    assert len(lives) == 20


def test_that_a_book_is_not_sold_is_believed_for_a_day() -> None:
    life = trusted(Known(told(EMMA), OFTEN_CHANGES), Tier.L0).life
    assert 0.8 * 86_400 <= life <= 86_400


def test_a_clock_that_is_behind_makes_nothing_younger_than_new() -> None:
    assert trusted(Known(told(EMMA, 1_000)), Tier.L0, seconds=-5).age == 0.0


def test_the_lot_to_renew_falls_the_oftener_the_nearer_the_end() -> None:
    known = Known(told(EMMA, 1_000, took=400), NEVER_CHANGES)
    assert not to_renew(known, Trust(age=0.0, life=10.0, still_right=1.0), chance=0.001)
    assert to_renew(known, Trust(age=9.9, life=10.0, still_right=1.0), chance=0.5)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 5), (2, 10), (9, 30)])
def test_an_error_is_never_remembered_for_long(failures: int, seconds: int) -> None:
    trouble = Trouble(Missing.SLOW, NOON, failures)
    assert left_alone(trouble, NOON + timedelta(seconds=seconds - 1))
    assert not left_alone(trouble, NOON + timedelta(seconds=seconds))


def test_an_answer_speaks_of_its_own_offers_of_one_book() -> None:
    for stranger in (offer(an_isbn()), offer(EMMA, store=GALLEY)):
        with pytest.raises(InvalidInput):
            told(EMMA, stranger)
    with pytest.raises(InvalidInput):
        told(EMMA, offer(EMMA, 1), offer(EMMA, 2))
    twice = answer(EMMA, HARBOUR, [offer(EMMA, 1), offer(EMMA, 2)], at=NOON, took=timedelta())
    assert [one.item.amount for one in twice.offers] == [1]
