"""Finished answers that may be given again, for how long, and the store in which processes share them."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

# Seconds. Changes are remembered for longer, so that no answer outlives the memory of what made it untrue.
LONGEST_SHARED: Final = 300.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its entity tag. `tags` name what it speaks of (`work:<id>`, `book:<id>`) and what it would
    speak of (`word:<word>`): when one of those changes or appears, the answer is not given again.
    """

    body: bytes
    etag: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Life:
    """In seconds: how long an answer is `fresh` in the process that has it, how long other processes may take
    it over (`shared`: none to `LONGEST_SHARED`), and how old one may be that is given because asking fails
    (`stale`). So where no event tells of a change, an answer is at most `fresh` + `shared` old.
    """

    fresh: float
    shared: float = 0.0
    stale: float = 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """What is at a question's place in the shared store: perhaps an answer, `age` seconds old. `ours`: it is
    for us to ask, others wait for us; `ticket` is handed back with the answer.
    """

    answer: Answer | None
    age: float
    ours: bool
    ticket: str


# What there is without a store: nothing, and nobody else who asks.
NO_STORE: Final = Spot(None, 0.0, ours=True, ticket="")


class SharedAnswers(Protocol):
    """Answers that processes share. Whoever looks, keeps or leaves never fails and hardly waits: without the
    store there is `NO_STORE`.
    """

    async def find(self, question: bytes, *, oldest: float, early: float) -> Spot:
        """The answer, if it is at most `oldest` seconds old and nothing it speaks of has changed since it was
        asked for. One caller is told to ask if there is none, or if it is older than `early` seconds.
        """
        ...

    async def keep(self, question: bytes, answer: Answer, ticket: str, seconds: float) -> None:
        """Put the answer there for others, unless a newer one is there."""
        ...

    async def leave(self, question: bytes, ticket: str) -> None:
        """Asking brought no answer: somebody else may ask."""
        ...

    async def forget(self, tags: Collection[str]) -> None:
        """What speaks of these is not given again, by anybody; no tags at all mean everything. Call it after
        the change is committed. Raises `CacheUnavailable`.
        """
        ...

    def listening(self, heard: Callable[[frozenset[str]], None]) -> AbstractAsyncContextManager[None]:
        """While the block runs, hear what is forgotten; no tags mean that anything may have been."""
        ...


def about_book(book_id: object) -> str:
    """The tag of whatever speaks of this edition."""
    return f"book:{book_id}"


def about_work(work_id: object) -> str:
    """The tag of whatever speaks of this work."""
    return f"work:{work_id}"


def about_word(word: str) -> str:
    """The tag of whatever would speak of a new work that has this folded word."""
    return f"word:{word}"


ABOUT_NEW_WORKS: Final = "works:new"  # the tag of what would speak of any new work, whatever its words
