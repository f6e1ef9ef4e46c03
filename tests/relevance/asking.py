"""Asks one engine, in one way, and notes at which place the right work came."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.search.embeddings import Embedder
from application.search.legs import keyword_answer, meant
from application.search.meanings import Meanings
from application.search.ports import SearchEngine
from application.search.query import Mode, Wanted
from domain.search.text import SearchText
from tests.relevance.measures import DEPTH, KnownItem, known_item
from tests.relevance.questions import Question


@dataclass(frozen=True)
class Searcher:
    """An engine and a mode."""

    engine: SearchEngine
    mode: Mode
    embedder: Embedder | None

    async def ranked(self, text: str) -> list[UUID]:
        """The first ten works for what somebody typed."""
        asked = SearchText.parse(text)
        wanted = Wanted(text=asked, limit=DEPTH)
        if self.mode is Mode.KEYWORD or self.embedder is None:
            answer = await keyword_answer(self.engine, wanted)
        else:
            answer = await meant(self.engine, wanted, Meanings(self.embedder), self.mode)
        return [hit.work_id for hit in answer.hits]

    async def known_items(self, questions: Sequence[Question]) -> KnownItem:
        """How often the right work came early."""
        return known_item([_place(await self.ranked(one.text), one) for one in questions])


async def characters_typed(
    titles: Sequence[tuple[str, UUID]],
    suggested: Callable[[str], Awaitable[Sequence[UUID]]],
) -> list[int]:
    """For each title, how many characters are typed until its work is offered; all of them if it never is."""
    typed = []
    for title, work in titles:
        needed = len(title)
        for length in range(2, len(title) + 1):
            if work in await suggested(title[:length]):
                needed = length
                break
        typed.append(needed)
    return typed


def _place(ranked: Sequence[UUID], question: Question) -> int | None:
    return next((place for place, work in enumerate(ranked, start=1) if work in question.right), None)
