"""Every event about books and works makes the answers that speak of them be asked for anew."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from application.books.forget_answers import MOST_NAMED, ForgetAnswers
from application.outbox.ports import WaitingEvent
from application.shared.answers import Answer
from application.shared.unavailable import CacheUnavailable
from tests.fakes.answers import InMemorySharedAnswers

ID, OTHER = UUID(int=1), UUID(int=2)
IMPORTED = {"book_ids": [str(UUID(int=number)) for number in range(MOST_NAMED + 1)]}


def an_event(name: str, **payload: object) -> WaitingEvent:
    return WaitingEvent(1, name, ID, payload, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("event", "forgotten", "remembered"),
    [
        (an_event("book_repriced"), [f"book:{ID}"], [f"book:{OTHER}", f"work:{ID}"]),
        (an_event("book_sold_out"), [f"book:{ID}"], [f"work:{ID}"]),
        (an_event("book_added", work_id=str(OTHER)), [f"work:{OTHER}", f"book:{ID}"], [f"work:{ID}"]),
        (an_event("work_rated", fives=1), [f"work:{ID}"], [f"book:{ID}"]),
        (an_event("books_imported", book_ids=[str(OTHER)]), [f"book:{OTHER}"], [f"book:{ID}"]),
        (an_event("books_imported", **IMPORTED), [f"work:{OTHER}", f"book:{ID}"], []),
    ],
)
async def test_what_speaks_of_it_is_forgotten(
    event: WaitingEvent, forgotten: list[str], remembered: list[str]
) -> None:
    shared = InMemorySharedAnswers(lambda: 0.0)
    for tag in (*forgotten, *remembered):
        spot = await shared.find(tag.encode(), oldest=60.0, early=60.0)
        await shared.keep(tag.encode(), Answer(b"", "", frozenset({tag})), spot.ticket, 60.0)
    assert await ForgetAnswers(shared)(event)
    for tag in (*forgotten, *remembered):
        spot = await shared.find(tag.encode(), oldest=60.0, early=60.0)
        assert (spot.answer is None) is (tag in forgotten), tag


async def test_an_event_waits_until_it_can_be_told() -> None:
    shared = InMemorySharedAnswers(lambda: 0.0)
    shared.lost = True
    with pytest.raises(CacheUnavailable):
        await ForgetAnswers(shared)(an_event("book_revised"))
