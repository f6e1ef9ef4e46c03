"""What a book usually costs, from what it has cost."""

from collections.abc import Mapping
from statistics import median

from application.prices.ports import PriceStories
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.history import MEDIAN_OF, median_price
from domain.prices.offer import Series
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class UsualPrices:
    """In each series the middle of its stores' own medians of 90 days, of stores that told five times."""

    def __init__(self, stories: PriceStories, clock: Clock) -> None:
        self._stories = stories
        self._clock = clock

    async def __call__(self, isbn: Isbn) -> Mapping[Series, Money]:
        """Nothing at all while the database is lost: a comparison can do without."""
        now = self._clock.now()
        try:
            stories = await self._stories.stories(isbn, since=now - MEDIAN_OF)
        except DatabaseUnavailable:
            return {}
        amounts: dict[Series, list[int]] = {}
        for story in stories:
            usual = median_price(story.runs, now)
            if usual is not None:
                amounts.setdefault(story.series, []).append(usual.amount)
        return {series: Money(round(median(each)), series.currency) for series, each in amounts.items()}
