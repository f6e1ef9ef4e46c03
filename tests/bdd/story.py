"""What a scenario remembers: who is who, which book is meant, whose order it is, and what was refused."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from application.purchases import drive_open_purchases as buying
from domain.shared.isbn import isbn13_check_digit
from tests.bdd.drivers.protocol import Elsewhere, Refused, Shop, TimelessShop, Told, Visitor, Wish
from workflows.purchase import store as purchase_at_store

PATIENCE = 15.0  # seconds a busy machine may take for what normally takes a tenth of one
PASSWORD = "seven blue herons"
T = TypeVar("T")
_isbns = count(1)


class Story:
    """One scenario's memory."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.mark = uuid4().hex[:8]  # what others do in the same shop is no part of this story
        self.people: dict[str, Visitor] = {}
        self.books: dict[str, UUID] = {}
        self.titles: dict[UUID, str] = {}
        self.orders: dict[str, list[str]] = {}
        self.buyer = "Anna"  # whose order "the order" is
        self.refused: Refused | None = None
        self.coupon: str | None = None
        self.codes: dict[str, str] = {}  # of calling cards, as they were given away
        self.elsewhere = ""  # the ISBN of an edition that others know
        self.isbns: dict[str, str] = {}  # of books that bookstores sell
        self.bought: list[tuple[str, str]] = []  # purchases elsewhere: who, and which
        self.watches: dict[str, str] = {}  # the last of each who waits for a price
        self.watcher = "Anna"
        self.quiet_hours: dict[str, dict[str, str]] = {}
        self._checks: pytest.MonkeyPatch | None = None  # while bookstores have a part in it
        self.bank_page = ""
        self.parcel_awaited = True  # the shop books it; unless somebody has done so by hand
        self.wish: Wish | None = None
        self.last: Any = None  # the quote, page, list or answers that the next steps speak of
        self.engine_away = False
        self.began = shop.now().replace(microsecond=0)
        self.clubs: dict[str, str] = {}
        self.host_of: dict[str, str] = {}
        self.calendars: dict[str, str] = {}
        self.meeting = ""
        self.bets: dict[str, str] = {}
        self.vote = ""
        self.club_buy = ""
        self.threads: dict[str, str] = {}
        self.posts: dict[str, tuple[str, str]] = {}  # what was said: in which thread, and which
        self._clicks = count(1)

    # -- people --------------------------------------------------------------------------------------

    def email(self, who: str) -> str:
        return f"{who.lower()}.{self.mark}@example.org"

    async def person(self, who: str) -> Visitor:
        """Whoever was not introduced is a reader with an account, signed in."""
        if who not in self.people:
            self.people[who] = await self.shop.known_reader(self.email(who))
        return self.people[who]

    async def reader_id(self, who: str) -> str:
        """By what others know her."""
        found: str = (await (await self.person(who)).profile())["id"]
        return found

    async def staff(self, who: str = "Olga") -> Visitor:
        if who not in self.people:
            self.people[who] = await self.shop.known_reader(self.email(who), "staff")
        return self.people[who]

    async def guest(self, who: str = "a visitor") -> Visitor:
        if who not in self.people:
            self.people[who] = await self.shop.visitor()
        return self.people[who]

    # -- books ---------------------------------------------------------------------------------------

    def author(self, name: str) -> str:
        """The same name in another story is another author."""
        return f"{name} {self.mark}"

    def new_isbn(self) -> str:
        stem = f"9798{int(self.mark, 16) % 10**5:05d}{next(_isbns) % 1000:03d}"
        return stem + isbn13_check_digit(stem)

    def book(self, title: str) -> UUID:
        return self.books[title]

    async def sell(self, title: str, price: int, copies: int | None, **facts: object) -> UUID:
        """Staff adds a book; `copies` None for what never runs out."""
        facts = {"title": title, "format": "paperback", "weight_grams": 300, "categories": [], **facts}
        facts.setdefault("authors", [self.author("A. Nonymous")])
        facts.setdefault("isbn", self.new_isbn())
        if copies is None:
            facts["weight_grams"] = None
        olga = await self.staff()
        book = await olga.add_book({**facts, "price": {"amount": price, "currency": "USD"}})
        name = f"{title} ({facts['format']})" if title in self.books else title
        self.books[name] = self.books[f"{title} ({facts['format']})"] = book
        self.titles[book] = title
        if copies:
            await olga.receive_stock(book, copies, "delivery")
        return book

    def mine(self, found: list[Told]) -> list[str]:
        """The titles of this story's books among what was found."""
        ids = [UUID(item["book_id"]) for item in found]
        return [self.titles[book] for book in ids if book in self.titles]

    def works_mine(self, pages: list[Told]) -> dict[str, Told]:
        """This story's works among what was found, each by its title and in its order."""
        found = [item for page in pages for item in page["items"]]
        mine = [item for item in found if {UUID(book["id"]) for book in item["books"]} & self.titles.keys()]
        assert len({item["work_id"] for item in mine}) == len(mine), "a work was found twice"
        return {item["title"]: item for item in mine}

    # -- orders --------------------------------------------------------------------------------------

    def click(self) -> str:
        """The name of a new click."""
        return f"{self.mark}-{next(self._clicks)}"

    async def orders_thing(self, who: str, wish: Wish) -> None:
        """Order what is in the cart, and remember the order, also a declined one."""
        self.buyer, self.wish = who, wish
        visitor = await self.person(who)
        try:
            placed: Told = await visitor.order(wish)
        except Refused as refused:
            if "order_id" in refused.details:
                self.orders.setdefault(who, []).append(refused.details["order_id"])
            raise
        self.orders.setdefault(who, []).append(placed["order_id"])
        if placed["next_action"]:
            self.bank_page = placed["next_action"]["url"]

    def order_of(self, who: str) -> str:
        return self.orders[who][-1]

    async def see(self, who: str | None = None) -> Told:
        who = who or self.buyer
        return await (await self.person(who)).see_order(self.order_of(who))

    async def money(self) -> dict[str, int]:
        return dict(await self.shop.money(self.order_of(self.buyer)))

    # -- elsewhere -----------------------------------------------------------------------------------

    def isbn(self, title: str) -> str:
        return self.isbns.setdefault(title, self.new_isbn())

    def open_street(self) -> None:
        """The bookstores' books are looked into at once, and not a minute later."""
        if self._checks is None:
            self._checks = pytest.MonkeyPatch()
            self._checks.setattr(purchase_at_store, "CHECK_AFTER", timedelta(0))
            self._checks.setattr(purchase_at_store, "ASK_STORE_AFTER", (timedelta(seconds=0.2),) * 2)
            self._checks.setattr(buying, "FRONT_DOOR_FIRST", timedelta(0))

    async def wants(self, who: str, wish: Elsewhere) -> Told:
        """From wherever it is cheapest; the purchase is remembered."""
        self.open_street()
        bought: Told = await (await self.person(who)).buy_elsewhere(wish)
        if (who, bought["purchase_id"]) not in self.bought:
            self.bought.append((who, bought["purchase_id"]))
        return bought

    async def receipt(self) -> Told:
        """Of the last purchase elsewhere."""
        who, purchase_id = self.bought[-1]
        return await (await self.person(who)).see_purchase(purchase_id)

    async def begin_watch(self, who: str, wish: dict[str, object]) -> None:
        """Her watch is the one that the next steps speak of."""
        self.open_street()
        begun = await (await self.person(who)).watch(wish)
        self.watches[who], self.watcher = begun["watch_id"], who

    async def join_club_buy(self, who: str, wish: dict[str, object]) -> None:
        """As above, in the club's buy."""
        self.open_street()
        seen = await (await self.person(who)).join_club_buy(self.club_buy, wish)
        self.watches[who], self.watcher = str(seen["your_watch"]), who

    async def see_watch(self, who: str) -> Told:
        return await (await self.person(who)).see_watch(self.watches[who])

    async def _end_watches(self) -> None:
        for who, watch in self.watches.items():
            with suppress(Refused):
                await self.people[who].steer_watch(watch, "cancel")
            await self.eventually(partial(self.shop.watch_works, watch), lambda works: not works)

    async def _close_street(self) -> None:
        if self._checks is not None:
            await self.shop.street.behave()
            self._checks.undo()

    # -- waiting and refusing ------------------------------------------------------------------------

    async def eventually(self, what: Callable[[], Awaitable[T]], right: Callable[[T], object]) -> T:
        """What is seen, as soon as it is right, or as it is when patience ends."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while not right(seen := await what()) and loop.time() < deadline:  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(0.03)
        return seen

    def demand_nothing_refused(self) -> None:
        """What was refused and not expected fails the scenario."""
        if self.refused is not None:
            raise self.refused

    def take_refusal(self) -> Refused:
        """The refusal that was expected."""
        refused, self.refused = self.refused, None
        assert refused is not None, "nothing was refused"
        return refused

    def timeless(self) -> TimelessShop:
        """Only for scenarios tagged @in-memory."""
        assert isinstance(self.shop, TimelessShop), "tag the scenario @in-memory: time passes in it"
        return self.shop

    async def end(self) -> None:
        """What was taken away is back, and nothing goes on behind other stories."""
        if self.engine_away:
            await self.shop.search_engine_back()
        await self._end_watches()
        await self._close_street()
        await self._call_off_orders()

    async def _call_off_orders(self) -> None:
        """Call off what is still on its way, so that it does not go on behind other stories."""
        await asyncio.gather(
            *(self._end(who, order) for who, orders in self.orders.items() for order in orders)
        )

    async def _end(self, who: str, order_id: str) -> None:
        order = await self.people[who].see_order(order_id)
        if order["needs_attention"]:
            await self.shop.operator(order_id, "settle", "The scenario is over")
        if order["status"] == "confirmed" or order["action_url"]:
            with suppress(Refused):
                await self.people[who].cancel(order_id)
