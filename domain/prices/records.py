"""What is written down of prices for good: each store's last answer, and what its prices have been."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.prices.answer import Told
from domain.prices.events import PriceChanged
from domain.prices.history import PriceRun, observed
from domain.prices.memory import Known
from domain.prices.offer import Series, StoreName
from domain.shared.isbn import Isbn
from domain.shared.money import Money

Answerer = tuple[Isbn, StoreName]  # a store, asked about an edition


@dataclass(frozen=True, slots=True)
class Record:
    """A store's last answer about an edition, and the last run of each of its series, as far as it is known
    in which the answer belongs.
    """

    known: Known
    runs: Mapping[Series, PriceRun] = field(default_factory=dict)

    def after(self, told: Told) -> "Record | None":
        """What to write down after a later answer; None if it is no later: whatever comes twice or out of
        order changes nothing.
        """
        if told.at <= self.known.told.at:
            return None
        return Record(self.known.then(told), _continued(self.runs, self.known.told, told))


def first(told: Told) -> Record:
    """What to write down after a store's first answer."""
    return Record(Known(told), _continued({}, None, told))


def _continued(runs: Mapping[Series, PriceRun], before: Told | None, told: Told) -> dict[Series, PriceRun]:
    """The runs that this answer begins or prolongs; a series that is not there any more counts as one that
    nobody offers.
    """
    gone = set(before.lows) - set(told.lows) if before else set()
    prices: dict[Series, Money | None] = {**dict.fromkeys(gone, None), **told.lows}
    told_of = {series: observed(runs.get(series), price, told.at) for series, price in prices.items()}
    return {series: run for series, run in told_of.items() if run is not None}


class PriceRecords(Protocol):
    """The records, in the caller's transaction."""

    async def of(self, answerers: Collection[Answerer], month: datetime) -> Mapping[Answerer, Record]:
        """For a change: until the transaction ends, nobody else changes anything about these editions. Runs
        that began before `month` are not looked for: the history is kept by months, and joined when read.
        """
        ...

    async def lows(self, isbns: Collection[Isbn], since: datetime) -> Mapping[Series, Money]:
        """The least that is asked in each series, by stores that answered after that moment."""
        ...

    async def save(self, records: Sequence[Record]) -> None:
        """Their answers are the last ones now, their runs begin or go on."""
        ...

    async def tell(self, changes: Sequence[PriceChanged]) -> None:
        """Everybody is to hear of them once the transaction has ended."""
        ...
