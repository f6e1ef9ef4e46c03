"""Answers kept ready: asked once however many wait, renewed in time, not given once known to be untrue."""

import asyncio

import pytest

from application.shared.answers import LONGEST_SHARED, Answer, Life
from application.shared.unavailable import DatabaseUnavailable
from domain.books.errors import BookNotFound
from domain.shared.errors import DomainError
from entrypoints.http.answers import answers as module
from entrypoints.http.answers.answers import AGAIN_AFTER, LEFT_ALONE, Answers
from entrypoints.http.answers.entity_tags import already_has
from entrypoints.http.answers.ready import ordered
from tests.fakes.answers import InMemorySharedAnswers
from tests.fakes.measurements import InMemoryMeasurements

ALONE = Life(fresh=1.0, stale=60.0)
SHARED = Life(fresh=1.0, shared=10.0, stale=60.0)
EMMA = "book:emma"
Q = ("/v1/books/emma", b"")


class Desk:
    """Somebody who answers, counts how often, and may refuse; and processes that ask there."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked = 0
        self.refusal: DomainError | None = None
        self.open = asyncio.Event()
        self.open.set()
        self.counted = InMemoryMeasurements()
        self.shared = InMemorySharedAnswers(lambda: self.now)
        self.answers = self.process()

    def process(self) -> Answers:
        return Answers(self.counted, self.shared, clock=lambda: self.now)

    async def ask(self) -> Answer:
        self.asked += 1
        said = Answer(str(self.asked).encode(), f'"{self.asked}"', frozenset({EMMA}))
        await self.open.wait()
        if self.refusal:
            raise self.refusal
        return said

    async def get(self, life: Life = ALONE, *, of: Answers | None = None, anew: bool = False) -> bytes:
        return (await (of or self.answers).get(Q, self.ask, life=life, anew=anew)).body

    def ready(self, of: Answers | None = None) -> bytes | None:
        found = (of or self.answers).ready(Q)
        return found.body if found else None


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def pause() -> None:
    """Long enough for whatever can happen now."""
    for _ in range(10):
        await asyncio.sleep(0)


# -- in one process ------------------------------------------------------------------------------------------


async def test_an_answer_holds_as_long_as_it_is_fresh(desk: Desk) -> None:
    assert [await desk.get(), await desk.get(), desk.ready()] == [b"1", b"1", b"1"]
    desk.now = 1.0
    assert desk.ready() is None
    assert await desk.get() == b"2"
    assert (desk.counted.counts["process hit"], desk.counted.counts["process missed"]) == (2, 2)


async def test_however_many_wait_it_is_asked_once(desk: Desk) -> None:
    desk.open.clear()
    waiting = [asyncio.create_task(desk.get()) for _ in range(20)]
    await pause()
    desk.open.set()
    assert set(await asyncio.gather(*waiting)) == {b"1"}
    assert desk.counted.counts["helped coalesced"] == 19


async def test_what_anything_may_have_changed_after_somebody_asked_is_told_to_them_all_the_same(
    desk: Desk,
) -> None:
    desk.open.clear()
    early = asyncio.create_task(desk.get())
    await pause()
    await desk.answers.changed()
    late = asyncio.create_task(desk.get())
    await pause()
    desk.open.set()
    assert await asyncio.gather(early, late) == [b"1", b"2"]


async def test_a_visitor_who_leaves_does_not_take_the_answer_from_the_others(desk: Desk) -> None:
    desk.open.clear()
    first, second = (asyncio.create_task(desk.get()) for _ in range(2))
    await pause()
    first.cancel()
    desk.open.set()
    assert await second == b"1"


async def test_who_wants_it_anew_gets_it_anew_and_refreshes_it_for_all(desk: Desk) -> None:
    await desk.get(SHARED)
    assert await desk.get(SHARED, anew=True) == b"2"
    assert desk.ready() == b"2"
    await pause()
    assert await desk.get(SHARED, of=desk.process()) == b"2"


async def test_what_was_asked_later_is_not_replaced_by_what_was_asked_before(desk: Desk) -> None:
    desk.open.clear()
    waiting = asyncio.create_task(desk.get())
    await pause()
    desk.now = 0.5
    anew = Answer(b"anew", '"a"')

    async def at_once() -> Answer:
        return anew

    await desk.answers.get(Q, at_once, life=ALONE, anew=True)
    desk.open.set()
    assert await waiting == b"anew"
    assert desk.ready() == b"anew"


async def test_one_visitor_has_an_answer_renewed_before_it_is_old_and_nobody_waits(desk: Desk) -> None:
    await desk.get()
    desk.now = 0.96
    assert [desk.ready(), desk.ready()] == [None, b"1"]  # the first goes the long way, and has it as well
    assert await desk.get() == b"1"
    await pause()
    assert (desk.ready(), desk.asked) == (b"2", 2)
    assert desk.counted.counts["helped early"] == 1


async def test_an_error_is_told_to_all_and_not_remembered(desk: Desk) -> None:
    desk.refusal = BookNotFound("There is none.")
    for _ in range(2):
        with pytest.raises(BookNotFound):
            await desk.get()
    assert desk.asked == 2


async def test_questions_that_mean_the_same_share_an_answer_between_processes(desk: Desk) -> None:
    said = await desk.answers.get(("/v1/search", b"q=Emma"), desk.ask, life=SHARED, meaning=b"emma")
    await pause()
    for question in (("/v1/search", b"q=EMMA"), ("/v1/suggest", b"q=EMMA")):
        other = await desk.process().get(question, desk.ask, life=SHARED, meaning=b"emma")
        assert (other == said) == (question[0] == "/v1/search")


# -- when something changes ----------------------------------------------------------------------------------


async def test_what_speaks_of_a_change_is_asked_for_anew(desk: Desk) -> None:
    await desk.get()
    await desk.answers.changed("book:persuasion")
    assert desk.ready() == b"1"
    await desk.answers.changed("book:persuasion", EMMA)
    assert desk.ready() is None
    assert await desk.get() == b"2"


async def test_what_was_asked_before_a_change_is_not_kept_after_it(desk: Desk) -> None:
    desk.open.clear()
    before = asyncio.create_task(desk.get())
    await pause()
    await desk.answers.changed(EMMA)
    after = asyncio.create_task(desk.get())
    await pause()
    desk.open.set()
    assert [await before, await after] == [b"1", b"2"]  # who came before it may see either
    assert desk.ready() == b"2"


async def test_a_change_elsewhere_is_heard_and_a_lost_ear_forgets_everything(desk: Desk) -> None:
    other = desk.process()
    async with desk.answers.listening():
        await desk.get(SHARED)
        assert desk.ready() == b"1"
        await other.changed(EMMA)
        assert desk.ready() is None
        assert await desk.get(SHARED) == b"2"
        await desk.shared.forget([])
        assert desk.ready() is None


async def test_a_change_is_known_here_even_if_it_cannot_be_told(desk: Desk) -> None:
    await desk.get(SHARED)
    desk.shared.lost = True
    await desk.answers.changed(EMMA)
    assert desk.ready() is None
    assert await desk.get(SHARED) == b"2"


# -- when asking fails ---------------------------------------------------------------------------------------


async def test_the_last_answer_is_given_while_asking_fails(desk: Desk) -> None:
    await desk.get()
    desk.now, desk.refusal = 2.0, DatabaseUnavailable("Lost.")
    assert await desk.get() == b"1"
    desk.open.clear()  # and now it is not even refused soon
    desk.now += AGAIN_AFTER
    assert [desk.ready(), await desk.get(), desk.ready()] == [None, b"1", b"1"]  # nobody waits for that
    desk.open.set()
    desk.refusal = None
    await pause()
    assert desk.ready() == b"3"
    assert desk.counted.counts["helped stale"] == 3


async def test_once_something_failed_nobody_waits_long_where_an_old_answer_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BRIEFLY", 0.01)
    other = ("/v1/books/persuasion", b"")
    await desk.get()
    await desk.answers.get(other, desk.ask, life=ALONE)
    desk.now, desk.refusal = 2.0, DatabaseUnavailable("Lost.")
    await desk.get()
    desk.open.clear()  # refused late, from now on
    assert (await desk.answers.get(other, desk.ask, life=ALONE)).body == b"2"
    with pytest.raises(TimeoutError):  # nothing is there to be shown instead
        await asyncio.wait_for(desk.answers.get(("/v1/books/emma", b"new"), desk.ask, life=ALONE), 0.05)
    desk.open.set()
    await pause()
    desk.now, desk.refusal = 2.5, None
    assert (await desk.answers.get(other, desk.ask, life=ALONE)).body == b"2"  # it is left alone for a moment
    desk.now = 3.5
    await desk.answers.get(other, desk.ask, life=ALONE)
    await pause()
    assert desk.answers.ready(other) == Answer(b"6", '"6"', frozenset({EMMA}))


async def test_a_failure_long_ago_says_nothing_about_now(desk: Desk) -> None:
    await desk.get()
    desk.now, desk.refusal = 2.0, DatabaseUnavailable("Lost.")
    await desk.get()
    desk.now, desk.refusal = 2.0 + LEFT_ALONE, None
    assert await desk.get() == b"3"


async def test_an_answer_too_old_or_untrue_is_not_given_instead_of_an_error(desk: Desk) -> None:
    await desk.get()
    desk.now, desk.refusal = 60.0, DatabaseUnavailable("Lost.")
    with pytest.raises(DatabaseUnavailable):
        await desk.get()
    desk.refusal = None
    await desk.get()
    desk.refusal = DatabaseUnavailable("Lost.")
    await desk.answers.changed(EMMA)
    with pytest.raises(DatabaseUnavailable):
        await desk.get()


async def test_what_is_gone_is_not_shown_from_memory(desk: Desk) -> None:
    await desk.get()
    desk.now, desk.refusal = 0.96, BookNotFound("Withdrawn.")
    assert await desk.get() == b"1"
    await pause()
    assert desk.ready() is None


# -- between processes ---------------------------------------------------------------------------------------


async def test_one_process_asks_and_the_others_take_its_answer_over(desk: Desk) -> None:
    desk.open.clear()
    processes = [desk.process() for _ in range(3)]
    waiting = [asyncio.create_task(desk.get(SHARED, of=process)) for process in processes]
    await pause()
    desk.open.set()
    assert set(await asyncio.gather(*waiting)) == {b"1"}
    assert desk.asked == 1
    assert desk.counted.counts["valkey hit"] == 2


async def test_who_waited_long_enough_for_another_asks_for_itself(desk: Desk) -> None:
    desk.open.clear()
    first = asyncio.create_task(desk.get(SHARED))
    await pause()
    second = asyncio.create_task(desk.get(SHARED, of=desk.process()))
    async with asyncio.timeout(5):
        while desk.asked < 2:  # noqa: ASYNC110 - it waits on the wall's clock
            await asyncio.sleep(0.01)
    desk.open.set()
    assert [await first, await second] == [b"1", b"2"]


async def test_while_another_process_asks_what_is_at_hand_does(desk: Desk) -> None:
    other = desk.process()
    await desk.get(SHARED)
    await pause()
    desk.now = 5.0
    assert await desk.get(SHARED, of=other) == b"1"
    desk.now = 10.5  # not to be taken over any more
    desk.open.clear()
    waiting = asyncio.create_task(desk.get(SHARED))
    await pause()
    desk.now = 9.9
    assert await desk.get(SHARED, of=other) == b"1"
    desk.open.set()
    assert await waiting == b"2"


async def test_what_others_found_earlier_does_not_replace_what_was_found_here_later(desk: Desk) -> None:
    other = desk.process()
    await desk.get(SHARED, of=other)
    await pause()
    desk.now, desk.shared.lost = 2.0, True
    assert await desk.get(SHARED) == b"2"
    desk.now, desk.shared.lost = 3.5, False
    assert await desk.get(SHARED) == b"2"
    assert desk.ready() == b"2"


async def test_one_process_renews_what_all_share_before_it_is_old(desk: Desk) -> None:
    await desk.get(SHARED)
    await pause()
    desk.now = 9.6
    assert await desk.get(SHARED, of=desk.process()) == b"1"
    await pause()
    assert desk.asked == 2
    assert await desk.get(SHARED, of=desk.process()) == b"2"


async def test_a_refusal_is_not_shared_and_nobody_waits_for_it(desk: Desk) -> None:
    desk.refusal = BookNotFound("There is none.")
    with pytest.raises(BookNotFound):
        await desk.get(SHARED)
    await pause()
    desk.refusal = None
    assert await desk.get(SHARED, of=desk.process()) == b"2"


async def test_without_the_store_every_process_asks_for_itself(desk: Desk) -> None:
    desk.shared.lost = True
    assert [await desk.get(SHARED), await desk.get(SHARED, of=desk.process())] == [b"1", b"2"]
    assert desk.ready() == b"1"


async def test_nothing_is_shared_for_longer_than_changes_are_remembered(desk: Desk) -> None:
    await desk.get(Life(fresh=1.0, shared=10 * LONGEST_SHARED))
    await pause()
    desk.now = LONGEST_SHARED
    assert await desk.get(SHARED, of=desk.process()) == b"2"


@pytest.mark.parametrize(
    ("header", "has"),
    [(None, False), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("a", False)],
)
def test_a_client_has_the_answer_whose_tag_it_names(header: str | None, *, has: bool) -> None:
    assert already_has(header, '"a"') is has


@pytest.mark.parametrize(
    ("query", "meaning"),
    [(b"", b""), (b"q=a", b"q=a"), (b"b=2&a=1", b"a=1&b=2"), (b"f=2&a=0&f=1", b"a=0&f=2&f=1")],
)
def test_the_order_of_parameters_means_nothing_unless_they_are_one(query: bytes, meaning: bytes) -> None:
    assert ordered(query) == meaning
