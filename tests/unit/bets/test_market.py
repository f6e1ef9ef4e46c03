"""A market goes from the first bet to the last point, and never back."""

from datetime import timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest

from domain.bets.bet import Bet, BetStatus
from domain.bets.errors import BetNotFound, BettingLocked, MarketCannotMove, NothingToDispute
from domain.bets.market import DISPUTE_WINDOW, RULE_WITHIN, Market
from domain.bets.status import MARKET_BEHIND, MARKET_MOVES, MarketKind, MarketStatus, VoidReason
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId
from tests.builders import NOON

HOST, EMMA = UserId(UUID(int=1)), UserId(UUID(int=2))
BAY, GREY = frozenset({"bay"}), frozenset({"grey"})


def market(status: MarketStatus = MarketStatus.OPEN) -> Market:
    return Market(
        id=MarketId(UUID(int=7)),
        meeting_id=MeetingId(UUID(int=8)),
        club_id=ClubId(UUID(int=9)),
        kind=MarketKind.FIRST_TO_FINISH,
        opened_at=NOON,
        status=status,
    )


def proposed() -> Market:
    it = market(MarketStatus.LOCKED)
    it.propose(BAY, NOON, season="2026-Q4")
    return it


def ask(it: Market, wanted: MarketStatus) -> None:
    it.void_because = VoidReason.RULED if wanted is MarketStatus.VOIDED else None
    {
        MarketStatus.LOCKED: lambda: it.lock(NOON),
        MarketStatus.PROPOSED: lambda: it.propose(BAY, NOON, season="2026-Q4"),
        MarketStatus.SETTLED: lambda: it.settle(NOON),
        MarketStatus.VOIDED: lambda: it.void(NOON),
    }[wanted]()


@pytest.mark.parametrize(("now", "wanted"), list(product(MarketStatus, list(MarketStatus)[1:])))
def test_each_status_may_follow_each_other_exactly_where_the_table_says(
    now: MarketStatus, wanted: MarketStatus
) -> None:
    it = market(now)
    if wanted is now or wanted in MARKET_BEHIND[now]:
        ask(it, wanted)
        assert it.status is now
        assert it.drain_events() == []
    elif wanted in MARKET_MOVES[now]:
        ask(it, wanted)
        assert it.status is wanted
        assert len(it.drain_events()) == 1
    else:
        with pytest.raises(MarketCannotMove):
            ask(it, wanted)
        assert it.status is now


def test_the_tables_are_total_and_the_way_goes_one_way() -> None:
    assert set(MARKET_MOVES) == set(MARKET_BEHIND) == set(MarketStatus)
    way = [MarketStatus.OPEN, MarketStatus.LOCKED, MarketStatus.PROPOSED, MarketStatus.SETTLED]
    for earlier, later in pairwise(way):
        assert later in MARKET_MOVES[earlier]
        assert earlier in MARKET_BEHIND[later]


def test_once_locked_no_bet_is_taken_or_given_back() -> None:
    it = market()
    it.demand_open()
    it.lock(NOON)
    with pytest.raises(BettingLocked):
        it.demand_open()


def test_a_proposal_settles_after_a_day_unless_it_is_disputed() -> None:
    it = proposed()
    assert it.settles_at == NOON + DISPUTE_WINDOW
    it.dispute(EMMA, NOON + timedelta(hours=23))
    assert it.disputed
    assert it.settles_at == NOON + timedelta(hours=23) + RULE_WITHIN


def test_the_first_proposal_and_the_first_dispute_stand() -> None:
    it = proposed()
    it.propose(GREY, NOON + timedelta(hours=1), season="2026-Q4")
    it.dispute(EMMA, NOON + timedelta(hours=2))
    it.dispute(HOST, NOON + timedelta(hours=3))
    assert (it.winners, it.disputed_by) == (BAY, EMMA)
    assert it.settles_at == NOON + timedelta(hours=2) + RULE_WITHIN


def test_after_the_window_nobody_disputes() -> None:
    with pytest.raises(NothingToDispute):
        proposed().dispute(EMMA, NOON + DISPUTE_WINDOW)
    with pytest.raises(NothingToDispute):
        market().dispute(EMMA, NOON)


def test_a_ruling_is_carried_out_at_once_and_not_disputed_again() -> None:
    it = proposed()
    it.dispute(EMMA, NOON)
    later = NOON + timedelta(hours=1)
    it.rule(HOST, GREY, later)
    assert (it.disputed, it.winners, it.settles_at) == (False, GREY, later)
    with pytest.raises(NothingToDispute):
        it.dispute(EMMA, NOON)


def test_a_ruling_may_be_that_it_is_void_and_may_be_changed_until_it_is_carried_out() -> None:
    it = proposed()
    it.rule(HOST, None, NOON)
    assert it.void_because is VoidReason.RULED
    it.rule(HOST, GREY, NOON)
    assert it.void_because is None
    it.settle(NOON)
    with pytest.raises(NothingToDispute):
        it.rule(HOST, BAY, NOON)


def test_a_market_is_void_for_its_first_reason_and_not_without_one() -> None:
    it = market()
    with pytest.raises(MarketCannotMove):
        it.void(NOON)
    it.condemn(VoidReason.CANCELLED)
    it.condemn(VoidReason.NO_EVIDENCE)
    it.void(NOON)
    assert (it.status, it.void_because) == (MarketStatus.VOIDED, VoidReason.CANCELLED)


def test_a_settled_market_is_not_condemned() -> None:
    it = market(MarketStatus.SETTLED)
    it.condemn(VoidReason.CANCELLED)
    assert it.void_because is None


def test_a_correction_begins_the_next_round_and_only_after_the_end() -> None:
    it = proposed()
    with pytest.raises(MarketCannotMove):
        it.correct(HOST, GREY, NOON)
    it.settle(NOON)
    it.correct(HOST, GREY, NOON)
    assert (it.round, it.status, it.winners) == (2, MarketStatus.PROPOSED, GREY)
    it.settle(NOON)
    assert it.ended


def bet() -> Bet:
    return Bet(
        id=BetId(UUID(int=3)),
        market_id=MarketId(UUID(int=7)),
        meeting_id=MeetingId(UUID(int=8)),
        club_id=ClubId(UUID(int=9)),
        bettor=EMMA,
        horse="bay",
        amount=5,
        of_balance=20,
        placed_at=NOON,
    )


def test_a_bet_ends_once_however_often_it_is_asked_to() -> None:
    it = bet()
    assert it.withdraw(NOON)
    assert not it.withdraw(NOON)
    assert it.status is BetStatus.WITHDRAWN
    with pytest.raises(MarketCannotMove):
        it.scratch(NOON)


def test_a_bet_is_its_bettor_s() -> None:
    bet().demand_bettor(EMMA)
    with pytest.raises(BetNotFound):
        bet().demand_bettor(HOST)
