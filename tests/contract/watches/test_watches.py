"""What every archive of watches must do, in memory and in PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.shared.edition_format import Format
from domain.shared.errors import StaleVersion
from domain.shared.ids import PurchaseId, UserId, WatchId
from domain.watches.errors import WatchNotFound
from domain.watches.result import Result, ResultKind
from domain.watches.watch import Watch
from tests.builders import NOON
from tests.contract.watches.conftest import Desk
from tests.price_builders import an_isbn
from tests.watching import NIGHT, buying, low, minutes, particulars, price, terms, usd, watch

HOUR = timedelta(hours=1)


def wanted(reader: UserId, of: object = None, **more: object) -> Watch:
    return watch(of or terms(buying(2, veto=HOUR), quiet=NIGHT), number=uuid4().int, user=reader, **more)  # type: ignore[arg-type] # the builder's own


async def test_a_watch_comes_back_at_every_step_of_its_way(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader()))
    assert await desk.get(made) == made
    steps = (
        lambda it: it.look(price(1_400), NOON),
        lambda it: it.noticed(1, NOON),
        lambda it: it.veto(minutes(1)),
        lambda it: it.look(price(1_501, 2), minutes(2)),
        lambda it: it.change(terms(buying(3, veto=HOUR), target=1_450), minutes(3)),
        lambda it: it.look(price(1_300, 4), minutes(4)),
        lambda it: it.noticed(2, minutes(5)),
        lambda it: it.look(price(1_300, 4), minutes(90)),
        lambda it: it.pause(minutes(91)),
        lambda it: it.settle(1, Result(ResultKind.BOUGHT, usd(1_300)), minutes(92)),
        lambda it: it.resume(minutes(93)),
        lambda it: it.change(terms(buying(3)), minutes(94)),
        lambda it: it.look(price(1_300, 4), minutes(95)),
        lambda it: it.settle(2, Result(ResultKind.NOT_HAD, why="It moved."), minutes(96)),
        lambda it: it.look(price(1_300, 4), minutes(97)),
        lambda it: it.park("nobody can say", minutes(98)),
        lambda it: it.cancel(minutes(99)),
    )
    for step in steps:
        it = await desk.get(made)
        step(it)
        await desk.save(it)
        assert await desk.get(made) == it
    view = await desk.views.one(made.id, made.user_id, minutes(99))
    assert (view.watch, view.watch.last_failure, view.watch.bought) == (it, "It moved.", 1)
    assert view.timeline[0].text == "You want to buy at 15.00 USD or less for 9780141439587."
    assert await desk.events(made) == ["watch_begun", *["watch_changed"] * 5, "watch_ended", "watch_changed"]
    assert await desk.views.of_purchase(it.purchase_id) == made.id
    assert await desk.views.of_purchase(PurchaseId(uuid4())) is None


async def test_particulars_come_back_word_for_word_and_nobody_is_made_up(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader()))
    async with desk.unit_of_work() as work:
        assert await work.watches.particulars(made.id) == particulars("https://example.org/prices")
    nobody = WatchId(uuid4())
    for ask in ("get", "particulars"):
        with pytest.raises(WatchNotFound):
            async with desk.unit_of_work() as work:
                await getattr(work.watches, ask)(nobody)
    with pytest.raises(WatchNotFound):
        await desk.views.one(made.id, UserId(uuid4()), NOON)


async def test_who_saves_what_another_changed_is_told(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader()))
    mine, theirs = await desk.get(made), await desk.get(made)
    theirs.pause(NOON)
    await desk.save(theirs)
    mine.cancel(NOON)
    with pytest.raises(StaleVersion):
        await desk.save(mine)


async def test_a_reader_sees_their_own_newest_first_page_by_page(desk: Desk) -> None:
    reader = await desk.reader()
    base = uuid4().int >> 8 << 8
    made = [await desk.add(watch(number=base + n, user=reader)) for n in range(3)]
    made.sort(key=lambda it: it.id, reverse=True)
    made[1].cancel(NOON)
    await desk.save(made[1])

    async def page(
        *, ended: bool | None = None, before: WatchId | None = None, limit: int = 9
    ) -> list[WatchId]:
        found = await desk.views.of_reader(reader, NOON, ended=ended, before=before, limit=limit)
        return [view.watch.id for view in found]

    ids = [it.id for it in made]
    assert await page() == ids
    assert await page(limit=1, before=ids[0]) == [ids[1]]
    assert (await page(ended=True), await page(ended=False)) == ([ids[1]], [ids[0], ids[2]])
    async with desk.unit_of_work() as work:
        assert await work.watches.open_of(reader) == 2
    assert set(await desk.views.some([ids[0], WatchId(uuid4())])) == {ids[0]}


async def test_the_later_price_stands_and_only_of_books_that_are_watched(desk: Desk) -> None:
    isbn, reader = an_isbn(), await desk.reader()
    early, late = replace(low(1_400, minutes(1)), isbn=isbn), replace(low(1_300, minutes(2)), isbn=isbn)
    await desk.hear(late)
    made = watch(number=uuid4().int, user=reader)
    made.isbn = isbn
    await desk.add(made)
    async with desk.unit_of_work() as work:
        assert list(await work.watches.lows(isbn)) == []
    none = replace(low(None, minutes(3), condition="good"), isbn=isbn)
    await desk.hear(late, early, late, none)
    async with desk.unit_of_work() as work:
        known = sorted(await work.watches.lows(isbn), key=lambda one: one.condition)
    assert known == [none, late]
    view = await desk.views.one(made.id, reader, NOON)
    assert (view.lows, view.price) == ([late], price(1_300, 2))


async def test_only_those_are_woken_that_would_change(desk: Desk) -> None:
    isbn, reader = an_isbn(), await desk.reader()

    def one(of: object = None) -> Watch:
        made = watch(of or terms(), number=uuid4().int, user=reader)  # type: ignore[arg-type] # the builder's own
        made.isbn = isbn
        return made

    waiting, high, used, paused, told, resting, proposing, dancing = (
        one(), one(terms(target=1_000)), one(terms(conditions=frozenset({"good"}))),
        one(), one(), one(terms(buying())), one(terms(buying(veto=HOUR))), one(),
    )  # fmt: skip
    paused.pause(NOON)
    told.look(price(1_450), NOON)
    resting.look(price(1_450), NOON)
    resting.settle(1, Result(ResultKind.NOT_HAD), NOON)
    resting.look(price(1_450), NOON)
    proposing.look(price(1_450), NOON)
    dancing.look(price(1_450), NOON)
    dancing.look(price(1_501, 1), minutes(1))
    every = [waiting, high, used, paused, told, resting, proposing, dancing]
    for each in every:
        await desk.add(each)

    async def woken(cents: int | None, minute: int, **more: object) -> list[Watch]:
        heard = replace(low(cents, minutes(minute), **more), isbn=isbn)  # type: ignore[arg-type] # the builder's own
        await desk.hear(heard)
        ids: list[WatchId] = []
        while page := await desk.views.page_to_wake(
            heard, minutes(minute), after=ids[-1] if ids else None, limit=2
        ):
            ids += page
        assert ids == sorted(ids)
        return [each for each in every if each.id in ids]

    assert await woken(1_460, 1) == [waiting, dancing]
    assert await woken(None, 2) == []
    assert await woken(1_420, 3) == [waiting, told, dancing]
    assert await woken(1_460, 20) == [waiting, resting, dancing]
    assert await woken(1_600, 21) == [told, proposing, dancing]
    assert await woken(1_400, 22, condition="good") == [used]
    assert await woken(1_100, 23, currency="EUR") == []
    assert await woken(900, 24, form=Format.EBOOK) == []
    assert await woken(900, 25, form=Format.HARDCOVER) == [waiting, high, told, resting, dancing]


async def test_watches_whose_date_went_by_unseen_are_found(desk: Desk) -> None:
    reader = await desk.reader()
    late = await desk.add(watch(terms(until=NOON + HOUR), number=uuid4().int, user=reader))
    ended = watch(terms(until=NOON + HOUR), number=uuid4().int, user=reader)
    ended.cancel(NOON)
    await desk.add(ended)
    buying_one = watch(terms(buying()), number=uuid4().int, user=reader)
    assert buying_one.look(price(1_400), NOON)  # news of its end may get lost
    await desk.add(buying_one)

    async def overdue(hours: int, after: WatchId | None = None) -> list[WatchId]:
        found = await desk.views.overdue(NOON + hours * HOUR, 10_000, after=after)
        return [one for one in found if one in {late.id, ended.id, buying_one.id}]

    assert await overdue(1) == []
    both = sorted([late.id, buying_one.id])
    assert await overdue(2) == both
    assert await overdue(2, both[0]) == both[1:]
