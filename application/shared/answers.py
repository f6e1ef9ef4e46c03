"""Finished answers that may be given again, and for how long."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its entity tag. `tags` name what it speaks of (`work:<id>`, `book:<id>`): when one of those
    changes, the answer is not given again.
    """

    body: bytes
    etag: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Life:
    """In seconds: how long an answer is `fresh` in the process that has it, how old one may be that is taken
    over from another process (`shared`), and how old one that is given because asking fails (`stale`).
    """

    fresh: float
    shared: float = 0.0
    stale: float = 0.0


def about_book(book_id: object) -> str:
    """The tag of whatever speaks of this edition."""
    return f"book:{book_id}"


def about_work(work_id: object) -> str:
    """The tag of whatever speaks of this work."""
    return f"work:{work_id}"
