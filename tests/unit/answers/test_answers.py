"""Answers kept for a second: asked once however many wait, never stale beyond that, never wrong for long."""

import asyncio

import pytest

from application.shared.answers import Answer, Life
from domain.books.errors import BookNotFound
from entrypoints.http.answers import answers as module
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import already_has

LIFE = Life(fresh=1.0)


class Counted:
    """The `Measurements` that answers need."""

    def __init__(self) -> None:
        self.hits = self.misses = 0

    def cache_hit(self, layer: str) -> None:
        self.hits += 1

    def cache_missed(self, layer: str) -> None:
        self.misses += 1


class Desk:
    """Somebody who answers, and counts how often."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked = 0
        self.counted = Counted()
        self.answers = Answers(self.counted, clock=lambda: self.now)  # type: ignore[arg-type] # what it needs
        self.open = asyncio.Event()
        self.open.set()

    async def ask(self) -> Answer:
        self.asked += 1
        said = Answer(str(self.asked).encode(), f'"{self.asked}"')
        await self.open.wait()
        return said

    async def get(self, question: str = "q", *, anew: bool = False) -> bytes:
        return (await self.answers.get(question, self.ask, anew=anew, life=LIFE)).body


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_an_answer_holds_for_a_second(desk: Desk) -> None:
    assert [await desk.get(), await desk.get()] == [b"1", b"1"]
    desk.now = 1.0
    assert await desk.get() == b"2"
    assert (desk.counted.hits, desk.counted.misses) == (1, 2)


async def test_however_many_wait_it_is_asked_once(desk: Desk) -> None:
    desk.open.clear()
    waiting = [asyncio.create_task(desk.get()) for _ in range(20)]
    await asyncio.sleep(0)
    desk.open.set()
    assert set(await asyncio.gather(*waiting)) == {b"1"}


async def test_a_visitor_who_leaves_does_not_take_the_answer_from_the_others(desk: Desk) -> None:
    desk.open.clear()
    first, second = (asyncio.create_task(desk.get()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    desk.open.set()
    assert await second == b"1"


async def test_who_wants_it_anew_gets_it_anew_and_refreshes_it_for_all(desk: Desk) -> None:
    await desk.get()
    assert await desk.get(anew=True) == b"2"
    assert await desk.get() == b"2"


async def test_an_answer_asked_for_before_a_change_is_not_kept_after_it(desk: Desk) -> None:
    desk.open.clear()
    waiting = asyncio.create_task(desk.get())
    await asyncio.sleep(0)
    desk.answers.forget("q")
    desk.open.set()
    await waiting
    assert desk.answers.ready("q") is None
    assert await desk.get() == b"2"


async def test_an_error_is_told_to_all_and_not_remembered(desk: Desk) -> None:
    async def refuse() -> Answer:
        desk.asked += 1
        raise BookNotFound("There is none.")

    for _ in range(2):
        with pytest.raises(BookNotFound):
            await desk.answers.get("q", refuse, life=LIFE)
    assert desk.asked == 2


async def test_only_so_many_answers_are_kept_the_newest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CAPACITY", 2)
    for question in ("a", "b", "c"):
        await desk.get(question)
    assert [desk.answers.ready(question) is None for question in ("a", "b", "c")] == [True, False, False]


@pytest.mark.parametrize(
    ("header", "has"),
    [(None, False), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("a", False)],
)
def test_a_client_has_the_answer_whose_tag_it_names(header: str | None, *, has: bool) -> None:
    assert already_has(header, '"a"') is has
