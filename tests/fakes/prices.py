"""What is remembered of prices, in memory, proven equal to the real by the contract suites."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count

from application.prices.ports import Shared, Story
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.answer import MAY_BE_BOUGHT, Outcome, Unanswered
from domain.prices.estimates.demand import WINDOW
from domain.prices.estimates.freshness import Tier
from domain.prices.events import PriceChanged
from domain.prices.history import PriceRun
from domain.prices.memory import Claim, Known, Layer, News, Remembered, StoreMemory, about
from domain.prices.months import month_of, months_on
from domain.prices.offer import Condition, Series, StoreName
from domain.prices.records import Answerer, Record
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class InMemoryPriceRecords:
    """The `PriceRecords`, the `LastingPrices` and the `PriceStories` port. `lost` is like a database that is
    away.
    """

    def __init__(self) -> None:
        self.kept: dict[Answerer, Known] = {}
        self.runs: dict[tuple[Series, StoreName], list[PriceRun]] = {}
        self.events: list[PriceChanged] = []
        self.recalls = 0
        self.lost = False

    async def of(self, answerers: Collection[Answerer], month: datetime) -> Mapping[Answerer, Record]:
        self._there()
        found = {answerer: self.kept[answerer] for answerer in answerers if answerer in self.kept}
        return {
            answerer: Record(known, self._last_runs(answerer, month)) for answerer, known in found.items()
        }

    async def lows(self, isbns: Collection[Isbn], since: datetime) -> Mapping[Series, Money]:
        lows: dict[Series, Money] = {}
        for (isbn, _), known in self.kept.items():
            if isbn not in isbns or known.told.at <= since:
                continue
            for offer in known.told.offers:
                if offer.availability in MAY_BE_BOUGHT:
                    lows[offer.series] = min(offer.landed, lows.get(offer.series, offer.landed))
        return lows

    async def save(self, records: Sequence[Record]) -> None:
        for record in records:
            store = record.known.told.store
            self.kept[record.known.told.isbn, store] = record.known
            for series, run in record.runs.items():
                runs = self.runs.setdefault((series, store), [])
                if run.seen > 1:
                    runs.pop()
                runs.append(run)

    async def tell(self, changes: Sequence[PriceChanged]) -> None:
        self.events += changes

    async def recall(self, isbn: Isbn) -> Sequence[Known]:
        self._there()
        self.recalls += 1
        return [known for (edition, _), known in sorted(self.kept.items(), key=_by_name) if edition == isbn]

    async def stories(
        self,
        isbn: Isbn,
        *,
        since: datetime,
        format: Format | None = None,  # noqa: A002 - the trade's word
        condition: Condition | None = None,
        store: StoreName | None = None,
    ) -> Sequence[Story]:
        month = months_on(month_of(since), -1)
        wanted = (
            (series, seller, [run for run in runs if run.until >= month])
            for (series, seller), runs in self.runs.items()
            if series.isbn == isbn
            and format in {None, series.format}
            and condition in {None, series.condition}
            and store in {None, seller}
        )
        return [Story(series, seller, runs) for series, seller, runs in wanted if runs]

    def _last_runs(self, answerer: Answerer, month: datetime) -> Mapping[Series, PriceRun]:
        isbn, seller = answerer
        return {
            series: runs[-1]
            for (series, store), runs in self.runs.items()
            if (series.isbn, store) == (isbn, seller) and runs[-1].since >= month
        }

    def _there(self) -> None:
        if self.lost:
            raise DatabaseUnavailable("Lost.")


class InMemorySharedPrices:
    """The `SharedPrices` port, for any number of processes; `lost` is like a Valkey that is away. Claims do
    not lapse, and questions count for ever.
    """

    def __init__(self) -> None:
        self._stores: dict[Isbn, dict[StoreName, StoreMemory]] = {}
        self._whole: set[Isbn] = set()
        self._asked: Counter[Isbn] = Counter()
        self._claims = Claims()
        self._ears: list[tuple[object, Callable[[frozenset[str]], None]]] = []
        self.recalls = 0
        self.lost = False

    async def recall(self, isbn: Isbn, times: int) -> Shared | None:
        if self.lost:
            return None
        self.recalls += 1
        self._asked[isbn] += times
        stores = self._stores.setdefault(isbn, {})
        return Shared(dict(stores), Tier.of(self._asked[isbn] / WINDOW), isbn in self._whole)

    async def fill(self, isbn: Isbn, known: Sequence[Known]) -> bool:
        if not self.lost:
            self._whole.add(isbn)
            self._note(known)
        return not self.lost

    async def keep(self, news: Sequence[News]) -> bool:
        if self.lost:
            return False
        self._note([one for one in news if about(one)[0] in self._stores])
        isbns = frozenset(about(one)[0].value for one in news)
        for heard in [heard for _, heard in self._ears if isbns]:
            heard(isbns)
        return True

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        if self.lost:
            return Claim(ticket="")
        return self._claims.claim((isbn, store), self._stores.get(isbn, {}).get(store), since)

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        self._claims.leave((isbn, store), ticket)

    @asynccontextmanager
    async def listening(self, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
        heard(frozenset())
        me = object()
        self._ears.append((me, heard))
        try:
            yield
        finally:
            self._ears = [ear for ear in self._ears if ear[0] is not me]

    def _note(self, news: Sequence[News]) -> None:
        for one in news:
            isbn, store = about(one)
            stores = self._stores.setdefault(isbn, {})
            stores[store] = stores.get(store, StoreMemory()).after(one)


class InMemoryPriceMemory:
    """The `PriceMemory` port: one process that remembers everything. Claims do not lapse."""

    def __init__(self) -> None:
        self._remembered: defaultdict[Isbn, dict[StoreName, StoreMemory]] = defaultdict(dict)
        self._asked: Counter[Isbn] = Counter()
        self._claims = Claims()

    async def recall(self, isbn: Isbn) -> Remembered:
        self._asked[isbn] += 1
        tier = Tier.of(self._asked[isbn] / WINDOW)
        return Remembered(isbn, dict(self._remembered[isbn]), tier, Layer.PROCESS)

    async def keep(self, news: Sequence[News]) -> None:
        for one in news:
            isbn, store = about(one)
            stores = self._remembered[isbn]
            stores[store] = stores.get(store, StoreMemory()).after(one)

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        return self._claims.claim((isbn, store), self._remembered[isbn].get(store), since)

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        self._claims.leave((isbn, store), ticket)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        yield


class Claims:
    """Who is asking whom about what."""

    def __init__(self) -> None:
        self._held: dict[Answerer, str] = {}
        self._numbers = count(1)

    def claim(self, key: Answerer, memory: StoreMemory | None, since: datetime | None) -> Claim:
        news = _news_since(key, memory, since)
        if news is not None:
            return Claim(news=news)
        if key in self._held:
            return Claim()
        self._held[key] = str(next(self._numbers))
        return Claim(ticket=self._held[key])

    def leave(self, key: Answerer, ticket: str) -> None:
        if self._held.get(key) == ticket:
            del self._held[key]


def _news_since(key: Answerer, memory: StoreMemory | None, since: datetime | None) -> Outcome | None:
    if memory is None or memory.latest is None or (since is not None and memory.latest <= since):
        return None
    if memory.trouble is not None:
        return Unanswered(isbn=key[0], store=key[1], why=memory.trouble.why, at=memory.trouble.at)
    return memory.known.told if memory.known else None


def _by_name(item: tuple[Answerer, Known]) -> str:
    return item[0][1]
