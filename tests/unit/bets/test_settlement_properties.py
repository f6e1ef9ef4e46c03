"""What holds for every market. A few examples in each run; `--hypothesis-profile=markets` tries two
hundred thousand markets.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from application.bets.booking import shared_out
from domain.bets.market import Market
from domain.bets.parimutuel import Settlement, Stake, give_back, settle, void_reason
from domain.bets.status import MarketKind, MarketStatus, VoidReason
from domain.points.ledger import Transaction, balances
from domain.shared.ids import ClubId, MarketId, MeetingId
from tests.builders import NOON
from tests.unit.bets.markets import STAKES, WINNERS


def settled(stakes: list[Stake], winners: frozenset[str]) -> Settlement:
    assume(void_reason(stakes, winners) is None)
    return settle(stakes, winners)


def market(void: VoidReason | None = None) -> Market:
    return Market(
        id=MarketId(UUID(int=7)),
        meeting_id=MeetingId(UUID(int=8)),
        club_id=ClubId(UUID(int=9)),
        kind=MarketKind.FIRST_TO_FINISH,
        opened_at=NOON,
        status=MarketStatus.PROPOSED,
        void_because=void,
    )


def booked(stakes: list[Stake], winners: frozenset[str], shard_size: int) -> list[Transaction]:
    """The transactions of the settlement, or of the void."""
    reason = void_reason(stakes, winners)
    returns = give_back(stakes) if reason else settle(stakes, winners).returns
    shards = [stakes[start : start + shard_size] for start in range(0, len(stakes), shard_size)]
    each = (
        shared_out(market(reason), place, {s.bettor: returns[s.bet] for s in shard}, NOON)
        for place, shard in enumerate(shards)
    )
    return [transaction for transaction in each if transaction is not None]


def once(transactions: Iterable[Transaction]) -> list[Transaction]:
    """What the ledger keeps: each key once."""
    return list({transaction.key: transaction for transaction in transactions}.values())


@given(STAKES, WINNERS)
def test_points_are_conserved(stakes: list[Stake], winners: frozenset[str]) -> None:
    assert sum(settled(stakes, winners).returns.values()) == sum(stake.amount for stake in stakes)


@given(STAKES, WINNERS)
def test_no_winner_gets_less_than_the_stake_and_no_loser_anything(
    stakes: list[Stake], winners: frozenset[str]
) -> None:
    returns = settled(stakes, winners).returns
    for stake in stakes:
        won = stake.horse in winners
        assert returns[stake.bet] >= stake.amount if won else returns[stake.bet] == 0


@given(STAKES, WINNERS, st.integers())
def test_the_order_of_bets_changes_nothing(stakes: list[Stake], winners: frozenset[str], seed: int) -> None:
    found = settled(stakes, winners).returns
    Random(seed).shuffle(stakes)
    assert settle(stakes, winners).returns == found


@given(STAKES, WINNERS)
def test_who_staked_more_on_the_same_horse_gets_no_less(stakes: list[Stake], winners: frozenset[str]) -> None:
    returns = settled(stakes, winners).returns
    for horse in winners:
        backers = sorted((s for s in stakes if s.horse == horse), key=lambda s: s.amount)
        shares = [returns[stake.bet] - stake.amount for stake in backers]
        assert all(more >= less - 1 for less, more in pairwise(shares))  # 1: the point left over


@given(STAKES, WINNERS)
def test_a_dead_heat_splits_the_profit_evenly_among_winners_with_backers(
    stakes: list[Stake], winners: frozenset[str]
) -> None:
    parts = settled(stakes, winners).parts
    backed = {stake.horse for stake in stakes}
    assert parts.keys() == winners & backed
    assert max(parts.values()) - min(parts.values()) <= 1


@given(STAKES)
def test_void_gives_everybody_the_exact_stake(stakes: list[Stake]) -> None:
    assert give_back(stakes) == {stake.bet: stake.amount for stake in stakes}


@given(STAKES, WINNERS, st.integers(1, 5))
def test_a_replayed_settlement_moves_nothing_and_a_correction_restores_everything(
    stakes: list[Stake], winners: frozenset[str], shard_size: int
) -> None:
    done = booked(stakes, winners, shard_size)
    left = balances(done)
    assert balances(once(done + booked(stakes, winners, shard_size))) == left
    undone = [transaction.reverse("wrong", NOON + timedelta(days=1)) for transaction in done]
    assert set(balances(done + undone).values()) <= {0}


@given(STAKES, WINNERS, st.integers(1, 5), st.integers(1, 5))
def test_the_size_of_shards_changes_nothing(
    stakes: list[Stake], winners: frozenset[str], one: int, other: int
) -> None:
    assert balances(booked(stakes, winners, one)) == balances(booked(stakes, winners, other))
