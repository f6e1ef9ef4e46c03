"""What a book has cost, put together from what was written down, and drawn."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from application.prices.price_history import HistoryQuestion, PriceHistory, SeePriceHistory
from domain.prices.history import PriceRun
from domain.prices.offer import Condition, Series, StoreName
from domain.prices.reductions import Discount
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from entrypoints.http.prices.picture import drawn
from entrypoints.http.prices.scales import MOST_LINES, Scales
from tests.builders import NOON
from tests.fakes.prices import InMemoryPriceRecords
from tests.fakes.time import StandingClock
from tests.price_builders import GALLEY, HARBOUR, an_isbn

DAY = timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"
EMMA = an_isbn()
Days = list[tuple[int, int | None]]  # a price from so many days ago on


class World:
    """What was written down of one book."""

    def __init__(self) -> None:
        self.records = InMemoryPriceRecords()

    def was(self, days: Days, store: StoreName = HARBOUR, currency: str = "USD") -> "World":
        series = Series(EMMA, Format.PAPERBACK, Condition.NEW, currency)
        self.records.runs[series, store] = [
            PriceRun(None if price is None else Money(price, currency), NOON - ago * DAY, NOON - ago * DAY)
            for ago, price in days
        ]
        return self

    async def seen(self, days: int = 90) -> PriceHistory:
        see = SeePriceHistory(self.records, StandingClock(NOON))
        return await see(HistoryQuestion(EMMA, days))


def words(picture: str) -> str:
    return " | ".join(ET.fromstring(picture).itertext())  # noqa: S314 - our own


async def test_a_price_below_all_of_the_30_days_before_is_a_real_reduction() -> None:
    history = await World().was([(80, 1_700), (40, 1_600), (5, 1_200)]).seen()
    (found,) = history.series
    assert (found.discount, found.current, found.lowest_at) == (
        Discount.REAL,
        Money(1_200, "USD"),
        NOON - 5 * DAY,
    )
    assert "25 % below the lowest price of the 30 days before, 16.00 USD." in words(drawn(history))


async def test_a_price_that_was_raised_first_is_none() -> None:
    history = await World().was([(80, 1_200), (20, 1_900), (5, 1_200)]).seen()
    assert history.series[0].discount is Discount.RAISED_FIRST
    assert "but within the 30 days before it was as cheap: 12.00 USD." in words(drawn(history))


async def test_of_a_price_that_is_new_nothing_is_claimed() -> None:
    history = await World().was([(10, 1_600), (5, 1_200)]).seen()
    assert history.series[0].discount is Discount.UNKNOWN
    assert "too little is known of the 30 days before" in words(drawn(history))


async def test_a_month_that_ends_is_no_cut() -> None:
    history = await World().was([(80, 1_600), (50, 1_600), (20, 1_200), (19, 1_200)]).seen()
    assert history.series[0].discount is Discount.REAL
    assert len(history.series[0].points) == 2


async def test_the_picture_breaks_off_while_no_copy_is_to_be_bought() -> None:
    history = await World().was([(80, 1_600), (50, None), (20, 1_200)]).seen()
    shapes = ET.fromstring(drawn(history)).iter(f"{SVG}path")  # noqa: S314 - our own
    (line,) = [shape.get("d", "") for shape in shapes if shape.get("stroke-width") == "2.5"]
    assert line.count("M") == 2
    gone = await World().was([(80, 1_600), (1, None)]).seen()
    assert "no price now" in words(drawn(gone))


async def test_prices_in_several_currencies_are_several_stories() -> None:
    world = World().was([(80, 1_600)]).was([(80, 900), (40, 850), (2, 800)], currency="JPY")
    history = await world.was([(70, 1_500)], store=GALLEY).seen()
    assert [(one.series.currency, len(one.stores)) for one in history.series] == [("JPY", 1), ("USD", 2)]
    assert "800 JPY" in words(drawn(history))


@pytest.mark.parametrize("days", [[], [(80, None)], [(500, 1_600)]])
async def test_where_no_price_is_known_the_picture_says_so(days: Days) -> None:
    assert "No price has been seen yet." in words(drawn(await World().was(days).seen(days=30)))


async def test_what_stores_are_called_does_not_break_the_picture() -> None:
    history = await World().was([(80, 1_600)], store=StoreName('<b>&"')).seen()
    assert '<b>&"' in words(drawn(history))


@pytest.mark.parametrize("days", [0, 3_661])
def test_nobody_asks_for_no_time_or_for_ever(days: int) -> None:
    with pytest.raises(InvalidInput):
        HistoryQuestion(EMMA, days)


@pytest.mark.parametrize("amounts", [[1], [5, 5], [1_299, 1_301], [1, 10**12], [999, 2_500, 1_200]])
@pytest.mark.parametrize("days", [1, 30, 3_000])
def test_every_amount_has_its_place_between_a_few_round_ones(amounts: list[int], days: int) -> None:
    scales = Scales.fitting(NOON - days * DAY, NOON, amounts)
    assert all(scales.y(scales.high) <= scales.y(amount) <= scales.y(scales.low) for amount in amounts)
    assert 1 <= len(scales.amounts()) <= MOST_LINES
    assert len({words for _, words in scales.dates()}) == len(scales.dates())
