"""What a price leads to."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from domain.watches.lows import seen
from domain.watches.notices import NoticeKind
from domain.watches.quiet_hours import QuietHours
from domain.watches.result import Result, ResultKind
from domain.watches.status import EndReason, WatchStatus
from domain.watches.watch import purchase_of
from tests.builders import NOON
from tests.watching import NIGHT, buying, low, minutes, price, terms, usd, utc, watch


def _told(it: object) -> list[NoticeKind]:
    return [notice.kind for notice in it.notices]  # type: ignore[attr-defined]


def test_the_target_itself_is_low_enough_and_a_cent_more_is_not() -> None:
    for cents, begins in [(1_501, False), (1_500, True)]:
        assert watch(terms(buying())).look(price(cents), NOON) is begins


def test_a_price_that_dances_round_the_target_is_one_piece_of_news() -> None:
    it = watch(terms())
    for minute, cents in enumerate([1_500, 1_501, 1_500, 1_510, 1_499]):
        it.look(price(cents, minute), minutes(minute))
    assert _told(it) == [NoticeKind.REACHED]


def test_it_is_news_again_after_a_price_far_above_or_three_looks_above_or_a_far_lower_price() -> None:
    for between, then in [([1_530], 1_500), ([1_501, 1_502, 1_503], 1_500), ([], 1_470)]:
        it = watch(terms())
        for minute, cents in enumerate([1_500, *between, then]):
            it.look(price(cents, minute), minutes(minute))
        assert _told(it) == [NoticeKind.REACHED, NoticeKind.REACHED], between


def test_the_same_look_above_the_target_counts_once_however_often_it_comes() -> None:
    it = watch(terms())
    it.look(price(1_500), NOON)
    for _ in range(5):
        it.look(price(1_501, 1), minutes(1))
    it.look(price(1_500, 2), minutes(2))
    assert _told(it) == [NoticeKind.REACHED]


def test_that_nobody_has_a_copy_is_no_price() -> None:
    it = watch(terms())
    it.look(price(1_500), NOON)
    for minute in range(5):
        it.look(None, minutes(minute))
    it.look(price(1_500, 9), minutes(9))
    assert _told(it) == [NoticeKind.REACHED]


def test_only_prices_of_what_is_wanted_count() -> None:
    of = terms()
    lows = [
        low(100, form=Format.EBOOK),
        low(200, condition="good"),
        low(300, currency="EUR"),
        low(None, form=Format.HARDCOVER),
        low(1_700, minutes(3)),
    ]
    found = seen(of.mine(lows))
    assert found is not None
    assert (found.price, found.at) == (usd(1_700), minutes(3))
    assert seen(of.mine([low(None)])) is None


def test_of_two_copies_the_second_is_bought_once_the_first_is() -> None:
    it = watch(terms(buying(2)))
    assert it.look(price(1_400), NOON)
    assert not it.look(price(1_300, 1), minutes(1))
    it.settle(1, Result(ResultKind.BOUGHT, usd(1_400)), minutes(2))
    it.settle(1, Result(ResultKind.BOUGHT, usd(1_400)), minutes(2))
    assert it.look(price(1_300, 1), minutes(3))
    assert (it.bought, it.attempt, it.spent) == (1, 2, usd(1_400))
    it.settle(2, Result(ResultKind.BOUGHT, usd(1_300)), minutes(4))
    assert (it.status, it.ended_because) == (WatchStatus.ENDED, EndReason.BOUGHT)


def test_each_attempt_has_a_purchase_of_its_own_and_always_the_same() -> None:
    it = watch()
    ids = {purchase_of(it.id, attempt) for attempt in range(1, 9)}
    assert len(ids) == 8
    assert purchase_of(it.id, 1) == purchase_of(it.id, 1)


def test_the_next_copy_may_cost_what_the_budget_leaves() -> None:
    it = watch(terms(buying(3, budget=2_000)))
    assert it.look(price(1_400), NOON)
    it.settle(1, Result(ResultKind.BOUGHT, usd(1_400)), NOON)
    assert it.threshold == usd(600)
    assert not it.look(price(700, 1), minutes(1))
    assert it.look(price(600, 2), minutes(2))
    it.settle(2, Result(ResultKind.BOUGHT, usd(600)), minutes(2))
    assert it.ended_because is EndReason.BUDGET_SPENT


def test_a_price_that_was_not_to_be_had_is_tried_again_after_growing_rests() -> None:
    it, at = watch(terms(buying())), NOON
    for attempt, rest in enumerate([15, 30, 60, 120], start=1):
        assert it.look(price(1_400), at)
        it.settle(attempt, Result(ResultKind.NOT_HAD, why="The price moved."), at)
        assert not it.look(price(1_400), at)
        assert it.wakes_at(at) == at + timedelta(minutes=rest)
        at += timedelta(minutes=rest)


def test_after_a_day_s_cap_it_is_tried_on_the_next_day() -> None:
    it = watch(terms(buying()))
    it.look(price(1_400), NOON)
    it.settle(1, Result(ResultKind.CAP_REACHED), NOON)
    it.look(price(1_400), NOON)
    tomorrow = (NOON + timedelta(days=1)).replace(hour=0, minute=0)
    assert it.wakes_at(NOON) == tomorrow
    assert it.look(price(1_400), tomorrow)


def test_nothing_is_told_in_quiet_hours_and_what_is_still_so_is_told_after_them() -> None:
    night, morning = utc(2030, 1, 5, 23, 30), utc(2030, 1, 6, 6, 0)
    it = watch(terms(quiet=NIGHT, until=utc(2030, 2, 1)), begun_at=night)
    it.look(price(1_400), night)
    assert (it.notices, it.wakes_at(night)) == ((), morning)
    assert not it.would_change(price(1_300, 1), night)
    it.look(price(1_400), morning)
    assert _told(it) == [NoticeKind.REACHED]


def test_what_may_be_vetoed_is_not_bought_while_the_reader_sleeps_and_what_may_not_is() -> None:
    night = utc(2030, 1, 5, 23, 30)
    for veto, begins in [(timedelta(hours=1), False), (None, True)]:
        of = terms(buying(veto=veto), quiet=NIGHT, until=utc(2030, 2, 1))
        it = watch(of, begun_at=night)
        assert it.look(price(1_400), night) is begins
        assert it.status is (WatchStatus.BUYING if begins else WatchStatus.ACTIVE)


def test_quiet_hours_follow_the_reader_s_clock_through_the_change_of_it() -> None:
    # Vienna puts its clocks forward on 2030-03-31 at 2:00.
    assert NIGHT.end_after(utc(2030, 3, 30, 22, 0)) == utc(2030, 3, 31, 5, 0)
    assert NIGHT.end_after(utc(2030, 3, 29, 22, 0)) == utc(2030, 3, 30, 6, 0)
    assert NIGHT.end_after(utc(2030, 3, 30, 12, 0)) is None
    skipped = QuietHours(time(1), time(2, 30), "Europe/Vienna").end_after(utc(2030, 3, 31, 0, 30))
    assert skipped is not None
    assert utc(2030, 3, 31, 0, 30) < skipped <= utc(2030, 3, 31, 1, 30)


def test_the_time_for_a_veto_runs_from_when_the_reader_was_told() -> None:
    it = watch(terms(buying(veto=timedelta(hours=1))))
    it.look(price(1_400), NOON)
    assert not it.look(price(1_400), minutes(600))
    it.noticed(1, minutes(600))
    it.noticed(1, minutes(630))
    assert it.wakes_at(minutes(600)) == minutes(660)
    assert it.look(price(1_400), minutes(660))


def test_a_price_that_rose_is_not_bought_after_the_time_for_a_veto() -> None:
    it = watch(terms(buying(veto=timedelta(hours=1))))
    it.look(price(1_400), NOON)
    it.noticed(1, NOON)
    assert it.would_change(price(1_700, 5), minutes(5))
    assert not it.look(price(1_700, 5), minutes(90))
    assert it.status is WatchStatus.ACTIVE


def test_what_was_vetoed_is_proposed_again_only_when_it_is_news() -> None:
    it = watch(terms(buying(veto=timedelta(hours=1))))
    it.look(price(1_400), NOON)
    it.veto(NOON)
    it.look(price(1_390, 1), minutes(1))
    assert it.status is WatchStatus.ACTIVE
    it.look(price(1_300, 2), minutes(2))
    assert it.status is WatchStatus.AWAITING_VETO


def test_a_budget_cannot_be_lowered_below_what_is_on_its_way() -> None:
    it = watch(terms(buying(2, budget=3_000)))
    it.look(price(1_400), NOON)
    with pytest.raises(InvalidInput):
        it.change(terms(buying(2, budget=1_500)), NOON)
    it.change(terms(buying(2, budget=1_600), target=1_000), NOON)
    it.settle(1, Result(ResultKind.BOUGHT, usd(1_500)), NOON)
    assert it.threshold == usd(100)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: terms(target=0),
        lambda: buying(0),
        lambda: buying(21),
        lambda: terms(buying(1, budget=1_499)),
        lambda: terms(conditions=frozenset()),
        lambda: QuietHours(time(7), time(7), "UTC"),
        lambda: QuietHours(time(7), time(8), "Europe/Atlantis"),
        lambda: QuietHours(time(7), time(8), "../etc/passwd"),
        lambda: watch(terms(until=NOON)),
        lambda: watch(terms(until=NOON + timedelta(days=800))),
        lambda: watch(terms()).change(replace(terms(), target=Money(1_000, "EUR")), NOON),
    ],
)
def test_what_cannot_be_wanted_is_refused(wrong: object) -> None:
    with pytest.raises(Exception, match=r".+") as refused:
        wrong()  # type: ignore[operator]
    assert hasattr(refused.value, "code")


def test_who_would_not_change_need_not_be_woken() -> None:
    it = watch(terms())
    assert not it.would_change(None, NOON)
    assert not it.would_change(price(1_600), NOON)
    assert it.would_change(price(1_500), NOON)
    it.look(price(1_500), NOON)
    assert not it.would_change(price(1_495, 1), NOON)
    assert it.would_change(price(1_470, 1), NOON)
    assert it.would_change(price(1_501, 1), NOON)
    assert not it.would_change(price(1_501, 0), NOON)
    it.look(price(1_501, 1), minutes(1))
    assert it.would_change(price(1_495, 2), NOON)  # looks above in a row begin anew
    it.pause(NOON)
    assert not it.would_change(price(100, 2), NOON)
