"""What was shown of a book or a work is not shown again once that has changed."""

from collections.abc import Callable
from typing import Final

from application.outbox.ports import WaitingEvent
from application.shared.answers import SharedAnswers, about_book, about_work

# A batch of an import names thousands, and lists change with it as well: then everything is asked for anew.
MOST_NAMED: Final = 100


class ForgetAnswers:
    """All processes forget the answers that speak of it, within moments of the change. Without Valkey the
    event waits, as it does for the stream of events: answers are then as old as their life lets them be.
    """

    def __init__(self, answers: SharedAnswers) -> None:
        self._answers = answers

    async def __call__(self, event: WaitingEvent) -> bool:
        """On every event that `TAGS` knows. Raises `CacheUnavailable`."""
        await self._answers.forget(TAGS[event.name](event))
        return True


def _book(event: WaitingEvent) -> list[str]:
    return [about_book(event.aggregate_id)]


def _work(event: WaitingEvent) -> list[str]:
    return [about_work(event.aggregate_id)]


def _new_edition(event: WaitingEvent) -> list[str]:
    """The pages of its sister editions name it."""
    return [about_book(event.aggregate_id), about_work(event.payload["work_id"])]


def _imported(event: WaitingEvent) -> list[str]:
    named = event.payload["book_ids"]
    if not isinstance(named, list) or len(named) > MOST_NAMED:
        return []
    return [about_book(book_id) for book_id in named]


TAGS: Final[dict[str, Callable[[WaitingEvent], list[str]]]] = {
    "book_added": _new_edition,
    "book_revised": _book,
    "book_repriced": _book,
    "book_withdrawn": _book,
    "book_sold_out": _book,
    "book_back_in_stock": _book,
    "work_revised": _work,
    "work_rated": _work,
    "books_imported": _imported,
}
