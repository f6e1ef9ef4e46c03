"""What readers ask for is counted, what sells is expected, and every store has a process."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from application.prices.refreshing.count_questions import CountQuestions
from application.prices.refreshing.processes import DriveRefreshing
from application.prices.refreshing.review_demand import ReviewDemand
from application.prices.refreshing.seasons import Seasons
from application.prices.refreshing.store_report import ReportOnStores
from application.prices.store_records import StoreDay
from domain.prices.estimates.demand import ClubPlan
from domain.prices.offer import StoreName
from domain.prices.store import RateLimit
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.fakes.refreshing import InMemoryOutages, InMemoryRefreshing, InMemoryRefreshProcesses
from tests.fakes.time import StandingClock
from tests.price_builders import an_isbn
from tests.price_world import Market

NAME = StoreName("harbour-books")


class Meetings:
    """A `DemandSource`: clubs that meet about a book."""

    def __init__(self, plans: Mapping[Isbn, ClubPlan]) -> None:
        self._plans = plans

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:
        return {isbn: plan.per_second for isbn, plan in self._plans.items()}


async def test_questions_are_written_down_together_and_none_is_lost_while_the_database_is() -> None:
    kept, one, other = InMemoryRefreshing({}), an_isbn(), an_isbn()
    questions = CountQuestions(kept, StandingClock(NOON))
    for isbn in (one, one, other):
        questions.note(isbn)
    kept.lost = True
    await questions.write()
    kept.lost = False
    questions.note(one)
    async with questions.counting():
        pass
    assert set(kept.wanted) == {one, other}
    assert kept.wanted[one].once_at > kept.wanted[other].once_at == NOON.timestamp()


async def test_what_is_known_ahead_is_added_up_and_what_nobody_wants_is_let_go() -> None:
    kept, club_book, old = InMemoryRefreshing({}), an_isbn(), an_isbn()
    await kept.note({old: 1}, NOON - timedelta(days=60))
    plan = ClubPlan(members=12, probability=0.5, seconds=7 * 86_400.0)
    review = ReviewDemand(
        [Meetings({club_book: plan}), Meetings({club_book: plan})], kept, StandingClock(NOON)
    )
    assert await review() == 1
    assert kept.wanted[club_book].expected == pytest.approx(2 * plan.per_second)
    assert old not in kept.wanted


async def test_a_season_is_looked_up_once_an_hour() -> None:
    kept, now = InMemoryRefreshing({}), 0.0
    seasons = Seasons(kept, StandingClock(NOON), lambda: now)
    assert await seasons.known() == {}
    await kept.note({an_isbn(): 100}, NOON - timedelta(weeks=52))
    for week in range(1, 40):
        await kept.note({an_isbn(): 10}, NOON - timedelta(weeks=week))
    assert await seasons.known() == {}
    now = 3_601.0
    assert (await seasons.known())[""] > 1.5


async def test_every_described_store_has_a_process_unless_none_are_to_be_kept_fresh() -> None:
    market, processes = Market(), InMemoryRefreshProcesses()
    market.sells(NAME, 1_000)
    market.sells("galley-press", 1_000)
    await processes.start(NAME)
    assert await DriveRefreshing(processes, market, 0)() == 0
    assert await DriveRefreshing(processes, market, 6)() == 1
    assert await DriveRefreshing(processes, market, 6)() == 0
    assert set(await processes.running()) == {NAME, StoreName("galley-press")}


async def test_a_report_tells_of_the_days_that_were_asked_for() -> None:
    class Records:
        async def note(self, *_: object) -> None:
            return

        async def of(self, store: StoreName, day: object) -> StoreDay:
            return StoreDay({"answered": 80, "not_sold": 10, "slow": 10, "resting": 5}, {0.3: 60, 5.0: 40})

    market, outages, kept = Market(), InMemoryOutages(), InMemoryRefreshing({})
    market.sells(NAME, 1_000, limits=(RateLimit(10, 1), RateLimit(1_000, 86_400)))
    await outages.begin(NAME, NOON - timedelta(days=3), refused=False)
    await outages.end(NAME, NOON - timedelta(hours=11))
    await outages.begin(NAME, NOON - timedelta(minutes=5), refused=True)
    report = ReportOnStores(
        stores=market, records=Records(), outages=outages, queue=kept, clock=StandingClock(NOON)
    )
    (one,) = await report(1)
    assert (one.calls, one.answered, one.p50, one.p95, one.spared) == (100, 0.9, 0.3, 5.0, 5)
    assert one.used == pytest.approx(100 / 500)  # half a day of a thousand a day
    assert (one.outages, one.is_away, one.away) == (2, True, timedelta(hours=1, minutes=5))
    (three,) = await report(3)
    assert (three.calls, three.fresh, three.price) == (300, None, None)
