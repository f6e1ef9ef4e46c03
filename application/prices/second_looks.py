"""A price cheap beyond belief is a bargain or a mistake, and the store is asked which."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Final

from application.prices.ask_store import AskStore
from application.prices.comparison import Comparison
from application.prices.store_experience import Lessons
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.doubt import Doubt, Doubts, SamePrice
from domain.prices.estimates.experience import Experience
from domain.prices.ports import Bookstores
from domain.prices.store import Lane, Missing
from domain.shared.clock import Clock
from domain.shared.ids import IdSource
from domain.shared.isbn import Isbn

MOST: Final = 3  # at once: the cheapest are those that matter
UNHURRIED: Final = timedelta(seconds=10)  # for a turn and an answer where nobody waits
OUGHT_TO_ANSWER: Final = frozenset({None, Missing.NOT_SOLD})
Known = dict[SamePrice, Doubt]


class SecondLooks:
    """What is suspected is written down, and asked for again half a minute later at the earliest, by the next
    comparison that comes by. The same price twice is believed; what staff decided holds.
    """

    def __init__(
        self, doubts: Doubts, stores: Bookstores, ask_store: AskStore, clock: Clock, ids: IdSource
    ) -> None:
        self._doubts = doubts
        self._stores = stores
        self._ask_store = ask_store
        self._clock = clock
        self._ids = ids

    async def known(self, isbn: Isbn) -> Known:
        """What was doubted before; nothing while the database is lost."""
        try:
            return dict(await self._doubts.about(isbn))
        except DatabaseUnavailable:
            return {}

    async def look(
        self, comparison: Comparison, known: Mapping[SamePrice, Doubt], within: timedelta
    ) -> Lessons:
        """Ask again for what may be asked again by now; what it says of how reliable the stores are."""
        doubts = [known[SamePrice.of(offer)] for offer in comparison.suspects if SamePrice.of(offer) in known]
        now = self._clock.now()
        due = sorted(
            (doubt for doubt in doubts if doubt.may_be_asked(now)),
            key=lambda doubt: doubt.offer.landed.amount,
        )[:MOST]
        if not due or not within:
            return {}
        looks = await asyncio.gather(*(self._look(doubt, Lane.READER, within) for doubt in due))
        comparison.trusts(doubt.offer for doubt in due if doubt.is_believed)
        trade = comparison.question.trade
        return {
            (doubt.offer.store, trade): Experience(
                right=int(doubt.is_believed), wrong=int(not doubt.is_believed)
            )
            for doubt, answered in zip(due, looks, strict=True)
            if answered
        }

    async def again(self, doubt: Doubt) -> None:
        """Ask for this one, if it may be asked for by now, though nobody compares."""
        if doubt.may_be_asked(self._clock.now()):
            await self._look(doubt, Lane.REFRESH, UNHURRIED)

    async def note(self, comparison: Comparison, known: Mapping[SamePrice, Doubt]) -> None:
        """Write down what is suspected for the first time."""
        now = self._clock.now()
        new = [
            Doubt(self._ids.new(), offer, comparison.usual_of(offer), now)
            for offer in comparison.suspects
            if SamePrice.of(offer) not in known
        ]
        with suppress(DatabaseUnavailable):  # the next comparison suspects it again
            await self._doubts.add(new)

    async def _look(self, doubt: Doubt, lane: Lane, within: timedelta) -> bool:
        store = self._stores.named(doubt.offer.store)
        asked = await self._ask_store.again(store, doubt.offer, lane, within=within)
        if asked.missing not in OUGHT_TO_ANSWER:
            return False
        doubt.hear_again(asked.offers[0] if asked.offers else None, self._clock.now())
        with suppress(DatabaseUnavailable):  # the next comparison finds it out once more
            await self._doubts.save(doubt)
        return True


def believed(known: Mapping[SamePrice, Doubt]) -> frozenset[SamePrice]:
    """Cheap, and so."""
    return frozenset(price for price, doubt in known.items() if doubt.is_believed)
