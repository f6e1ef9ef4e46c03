"""What a work would cost a club: the least that is known, here or elsewhere; no store is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from application.prices.recall_prices import Recalled, Recollection, Standing
from application.shared.unavailable import DatabaseUnavailable
from application.votes.club_prices import HERE_ALONE, HERE_AND_ELSEWHERE, NOT_KNOWN, ClubPrices
from domain.books.errors import WorkNotFound
from domain.prices.answer import Told
from domain.prices.doubt import Doubt, SamePrice
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Known, Layer, StoreMemory
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.shared.edition_format import Format
from domain.shared.ids import WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from tests.builders import NOON, usd

EMMA, DRACULA = WorkId(UUID(int=1)), WorkId(UUID(int=2))
PAPERBACK, HARDCOVER = Isbn("9780141439587"), Isbn("9780141040349")


def offer(isbn: Isbn = PAPERBACK, item: int = 900, store: str = "harbour", **more: Any) -> Offer:  # noqa: ANN401 - any part
    parts: dict[str, Any] = {
        "condition": Condition.NEW,
        "item": usd(item),
        "shipping": usd(300),
        "tax": usd(50),
        "availability": Availability.IN_STOCK,
        **more,
    }
    return Offer(store=StoreName(store), offer_id="1", seller=store, isbn=isbn, format=Format.PAPERBACK,
                 seen_at=NOON, **parts)  # fmt: skip


def told(*offers: Offer) -> Told:
    first = offers[0]
    return Told(isbn=first.isbn, store=first.store, offers=offers, at=NOON, took=timedelta())


@dataclass
class World:
    """What is on sale here, what stores told, and how old that is."""

    editions: dict[WorkId, Sequence[Isbn]] = field(default_factory=lambda: {EMMA: [PAPERBACK, HARDCOVER]})
    elsewhere: dict[Isbn, tuple[Told, Standing]] = field(default_factory=dict)
    here: dict[Isbn, Told] = field(default_factory=dict)
    doubted: list[Doubt] = field(default_factory=list)
    stores: int = 1
    database_up: bool = True

    async def work(self, work_id: WorkId) -> Any:  # noqa: ANN401 - as much of a work as is asked for
        if not self.database_up:
            raise DatabaseUnavailable("The database does not answer.")
        if work_id not in self.editions:
            raise WorkNotFound("There is no such work.")
        return SimpleNamespace(editions=[SimpleNamespace(isbn=i.value) for i in self.editions[work_id]])

    async def recall(self, isbn: Isbn) -> Recollection:
        known = self.elsewhere.get(isbn)
        stores = {}
        if known is not None:
            answer, standing = known
            stores[answer.store] = Recalled(StoreMemory(Known(answer)), None, standing, left_alone=False)
        return Recollection(isbn, stores, Tier.L3, Layer.SHARED)

    async def own(self, isbn: Isbn) -> Told | None:
        return self.here.get(isbn)

    async def about(self, isbn: Isbn) -> dict[SamePrice, Doubt]:
        return {SamePrice.of(doubt.offer): doubt for doubt in self.doubted if doubt.offer.isbn == isbn}

    def all(self) -> list[str]:
        return ["a store"] * self.stores

    def prices(self) -> ClubPrices:
        return ClubPrices(works=self, recall=self.recall, doubts=self, own=self.own, stores=self)  # type: ignore[arg-type] # a stand-in for each


async def test_the_least_that_is_known_of_any_edition_is_the_club_s_price() -> None:
    world = World(
        here={PAPERBACK: told(offer(item=950, store="octavo"))},
        elsewhere={HARDCOVER: (told(offer(HARDCOVER, 700)), Standing.STALE)},
    )
    found = await world.prices()([EMMA], 5)
    price = found.of[EMMA]
    assert (price.one, price.for_all, price.isbn, price.store) == (
        usd(1_050),
        usd(5_250),
        HARDCOVER,
        "harbour",
    )
    assert (price.seen_at, found.words) == (NOON, HERE_AND_ELSEWHERE)


async def test_what_cannot_be_compared_or_bought_is_no_price() -> None:
    for useless in (
        offer(condition=Condition.GOOD),
        offer(availability=Availability.OUT_OF_STOCK),
        replace(offer(), item=Money(1, "EUR"), shipping=Money(0, "EUR"), tax=Money(0, "EUR")),
    ):
        world = World(elsewhere={PAPERBACK: (told(useless), Standing.FRESH)})
        assert (await world.prices()([EMMA], 5)).of == {}


async def test_what_is_cheap_beyond_belief_is_no_price_until_it_is_believed() -> None:
    dear, cheap = offer(item=900), replace(offer(item=1, store="ferry"), offer_id="2")
    doubt = Doubt(UUID(int=9), cheap, usd(900), NOON)
    world = World(
        elsewhere={PAPERBACK: (told(cheap), Standing.FRESH)},
        here={PAPERBACK: told(dear)},
        doubted=[doubt],
    )
    assert (await world.prices()([EMMA], 5)).of[EMMA].one == dear.landed
    doubt.approve(UUID(int=1), NOON)
    assert (await world.prices()([EMMA], 5)).of[EMMA].one == cheap.landed


async def test_what_is_too_old_is_no_price() -> None:
    world = World(elsewhere={PAPERBACK: (told(offer()), Standing.UNKNOWN)})
    assert (await world.prices()([EMMA], 5)).of == {}


async def test_a_work_that_is_not_sold_any_more_has_no_price_and_the_others_have() -> None:
    world = World(here={PAPERBACK: told(offer(store="octavo"))})
    assert set((await world.prices()([DRACULA, EMMA], 5)).of) == {EMMA}


async def test_a_shop_that_asks_nobody_says_so() -> None:
    world = World(stores=0, here={PAPERBACK: told(offer(store="octavo"))})
    found = await world.prices()([EMMA], 5)
    assert (found.of[EMMA].store, found.words) == ("octavo", HERE_ALONE)


async def test_while_the_database_is_away_there_are_no_prices_and_that_is_said() -> None:
    found = await World(database_up=False).prices()([EMMA], 5)
    assert (found.of, found.words) == ({}, NOT_KNOWN)
