"""A process keeps what is asked for again, in a bounded room."""

import random
from collections.abc import Hashable
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.shared.answers import Answer
from application.shared.changes import MOST, Changes
from application.shared.room import Room
from entrypoints.http.answers.kept import Kept


def kept(size: int = 100, last: float = 60.0) -> Kept:
    return Kept(Answer(b"x" * size, '"x"'), asked=0.0, early=0.0, until=0.0, last=last, true_at=0)


ONE = kept().size


def held(room: Room[Kept], *questions: Hashable) -> list[bool]:
    return [question in room._all for question in questions]


def test_what_was_asked_for_again_outlives_what_was_asked_for_once() -> None:
    room: Room[Kept] = Room(most=10, size=10 * ONE)
    room.put("again", kept(), 0.0)
    room.get("again")
    for number in range(100):
        room.put(number, kept(), 0.0)
    assert held(room, "again", 0, 99) == [True, False, True]


def test_who_comes_back_soon_is_a_regular() -> None:
    room: Room[Kept] = Room(most=10, size=10 * ONE)
    for number in range(12):
        room.put(number, kept(), 0.0)
    assert held(room, 0) == [False]
    room.put(0, kept(), 0.0)
    for number in range(100, 150):
        room.put(number, kept(), 0.0)
    assert held(room, 0) == [True]


def test_a_regular_that_nobody_asks_for_any_more_goes() -> None:
    room: Room[Kept] = Room(most=10, size=10 * ONE)
    for number in range(200):
        room.put(number, kept(), 0.0)
        room.get(number)
    assert held(room, 0, 199) == [False, True]


def test_what_is_of_no_use_any_more_goes_first() -> None:
    room: Room[Kept] = Room(most=10, size=10 * ONE)
    room.put("old", kept(last=1.0), 0.0)
    room.get("old")
    for number in range(10):
        room.put(number, kept(), 2.0)
    assert held(room, "old") == [False]


def test_what_would_fill_the_room_alone_is_not_kept() -> None:
    room: Room[Kept] = Room(most=10, size=100 * ONE)
    room.put("page", kept(), 0.0)
    room.put("page", kept(50 * ONE), 0.0)
    assert held(room, "page") == [False]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.integers(1, 3_000)), max_size=300))
def test_the_room_is_never_fuller_than_it_may_be(deeds: list[tuple[int, int, int]]) -> None:
    room: Room[Kept] = Room(most=20, size=20_000)
    for question, deed, size in deeds:
        if deed == 0:
            room.drop(question)
        elif deed == 1:
            room.get(question)
        else:
            room.put(question, kept(size), 0.0)
        there = room._newcomers | room._regulars
        assert there == room._all
        assert len(room._newcomers) + len(room._regulars) == len(there) <= 20
        assert sum(one.size for one in there.values()) == room._filled <= 20_000
        assert sum(one.size for one in room._newcomers.values()) == room._filled_by_newcomers
        assert len(room._let_go) <= 20


def test_it_keeps_more_of_what_is_wanted_than_keeping_the_latest_would() -> None:
    chance = random.Random(7)
    weights = list(accumulate(1 / (rank + 1) for rank in range(20_000)))
    wanted = chance.choices(range(20_000), cum_weights=weights, k=20_000)
    found = []
    for room in (Room[Kept](most=500, size=500 * ONE), Latest(500)):
        hits = 0
        for question in wanted:
            if room.get(question) is None:
                room.put(question, kept(), 0.0)
            else:
                hits += 1
        found.append(hits / len(wanted))
    assert found[0] > found[1] + 0.05


class Latest(Room[Kept]):
    """The five hundred last asked for."""

    def __init__(self, most: int) -> None:
        super().__init__(most, most * ONE)
        self._latest: dict[Hashable, Kept] = {}

    def get(self, question: Hashable) -> Kept | None:
        found = self._latest.pop(question, None)
        if found:
            self._latest[question] = found
        return found

    def put(self, question: Hashable, kept: Kept, now: float) -> None:
        self._latest[question] = kept
        if len(self._latest) > self._most:
            del self._latest[next(iter(self._latest))]


@pytest.mark.parametrize("since", [1, 2])
def test_a_change_touches_what_was_learnt_before_it(since: int) -> None:
    changes = Changes()
    changes.note(["a"])
    changes.note(["b"])
    assert changes.touched({"a"}, since) is False
    assert changes.touched({"b", "c"}, since) is (since == 1)
    assert changes.touched({"b"}, since, until=1) is False


def test_of_what_may_have_changed_nothing_is_believed() -> None:
    changes = Changes()
    changes.note([])
    assert changes.touched((), 0)
    assert not changes.touched((), 1)
    assert not changes.touched((), 0, until=0)  # what changed later is no reason to doubt what was asked then


def test_what_cannot_be_remembered_may_have_changed() -> None:
    changes = Changes()
    for number in range(MOST + 1):
        changes.note([str(number)])
    assert changes.touched({"never"}, 0)
    assert not changes.touched({"never"}, 1)
    assert changes.touched({"1"}, 1)
