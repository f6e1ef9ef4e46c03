"""A market of mortals pays once, to the point; and a judge who finds out each rule that is broken."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.bets import PostgresBettingViews
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.bets import end_markets
from application.bets.end_markets import Settlement
from domain.bets.bet import Bet
from domain.bets.parimutuel import Stake, settle
from domain.points.errors import BooksDoNotBalance, NotEnoughPoints
from domain.shared.ids import BetId, MeetingId, UserId
from tests.betting import Track
from tests.fakes.bets import InMemoryBets, InMemoryBettingViews
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.torture.betting.onlooker import looking_on
from tests.torture.betting.trial import Trial, judged
from tests.torture.betting.verdict import Heard, Verdict

Change = Callable[[pytest.MonkeyPatch], None]
SEEDS = (1, 2)

pytestmark = [pytest.mark.torture, pytest.mark.timeout(60)]


@pytest.fixture(scope="module")
async def database_url(make_shop_database: Callable[[], str]) -> str:
    return make_shop_database()


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    await opened.open()
    yield opened
    await opened.close()


def guilty(verdict: Verdict) -> set[str]:
    """Of what."""
    return {part.name for part in fields(verdict) if getattr(verdict, part.name)}


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_market_in_which_everybody_dies_all_the_time_pays_once_to_the_point(
    database: Database, database_url: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(end_markets, "SHARD", 3)
    track = Track(PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32)))
    trial = Trial(track, seed)
    async with looking_on(database_url) as onlooker:
        _, bettors = await trial.run()
    views = PostgresBettingViews(database)
    verdict = await judged(track, views, bettors, trial.heard, onlooker.astray)
    assert verdict.clean, verdict
    assert onlooker.looks > 0
    assert trial.mortal.kills > 0


# -- can the judge see? --------------------------------------------------------------------------------


def pays_the_winners_alike(patch: pytest.MonkeyPatch) -> None:
    """Whatever they staked."""

    def alike(stakes: Sequence[Stake], winners: frozenset[str]) -> Settlement:
        right = settle(stakes, winners)
        won = sorted(stake.bet for stake in stakes if stake.horse in winners)
        shares = dict.fromkeys(won, right.pool // len(won))
        shares[won[0]] += right.pool - sum(shares.values())
        return replace(right, returns={stake.bet: shares.get(stake.bet, 0) for stake in stakes})

    patch.setattr(end_markets, "settle", alike)


def rounds_every_share_down(patch: pytest.MonkeyPatch) -> None:
    """And keeps what is left over."""

    def floored(stakes: Sequence[Stake], winners: frozenset[str]) -> Settlement:
        right = settle(stakes, winners)
        returns = {bet: max(0, points - 1) for bet, points in right.returns.items()}
        return replace(right, returns=returns)

    patch.setattr(end_markets, "settle", floored)


def forgets_that_bets_were_withdrawn(patch: pytest.MonkeyPatch) -> None:
    """The stake goes back, and the bet stands."""

    async def unsaved(_bets: InMemoryBets, bet: Bet) -> None:
        del bet

    patch.setattr(InMemoryBets, "save", unsaved)


def reverses_nothing(patch: pytest.MonkeyPatch) -> None:
    """A correction pays beside what was paid before."""
    patch.setattr(end_markets, "round_key", lambda market, round_: f"nothing:{market.id}:{round_}")


def honest(patch: pytest.MonkeyPatch) -> None:
    """Changes nothing."""
    del patch


@pytest.mark.parametrize(
    ("change", "found_as"),
    [
        (honest, set()),
        (pays_the_winners_alike, {"wrong"}),
        (rounds_every_share_down, {"stuck"}),
        (forgets_that_bets_were_withdrawn, {"lost", "stuck"}),
        (reverses_nothing, {"doubled", "stuck"}),
    ],
)
async def test_a_broken_rule_is_found_out(
    change: Change, found_as: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = InMemoryWork()
    track = Track(InMemoryUnitOfWork(shop))
    with monkeypatch.context() as patch, suppress(BooksDoNotBalance, NotEnoughPoints):
        heard: list[Heard] = []
        change(patch)
        await derby(track, heard)
    bettors = sorted({bet.bettor for bet in shop.bets.kept.values()})
    views = InMemoryBettingViews(shop.markets, shop.bets, shop.meetings)
    assert guilty(await judged(track, views, bettors, heard)) == found_as


async def derby(track: Track, heard: list[Heard]) -> None:
    """Four bet, a fifth thinks better of it; it is settled, and corrected."""
    club, meeting, (x, y, z) = await track.race(runners=3)
    for horse, amount in ((x, 100), (y, 100), (z, 50), (z, 33), (z, 40)):
        bet = await track.bets(await track.member(club), meeting, horse, amount)
        heard.append(Heard(bet.id, stands=True))
    await track.withdraws(bet.bettor, bet)
    heard.append(Heard(bet.id, stands=False))
    await finish(track, meeting, x)
    await track.corrects(await track.market(meeting), {str(z)})
    await track.end_due(meeting)


async def finish(track: Track, meeting: MeetingId, horse: UserId) -> None:
    """It wins, and nobody disputes."""
    track.clock.move(timedelta(days=5))
    await track.reads(meeting, horse, finished=True)
    await track.settle(meeting)


async def test_a_bet_that_was_told_of_and_is_nowhere_is_found_out() -> None:
    shop = InMemoryWork()
    track = Track(InMemoryUnitOfWork(shop))
    views = InMemoryBettingViews(shop.markets, shop.bets, shop.meetings)
    verdict = await judged(track, views, [], [Heard(BetId(uuid4()), stands=True)])
    assert guilty(verdict) == {"lost"}
