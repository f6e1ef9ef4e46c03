"""One after the other: what was told lately, then the source itself, then what it told long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.external_books.errors import BookSourcesUnavailable
from application.external_books.guarded_source import GuardedSource
from application.external_books.ports import Kept, KeptAnswers, NoAnswer, Told
from application.external_books.question import Question
from application.shared.measurements import Measurements
from domain.shared.clock import Clock

# Beyond its freshness an answer is kept for a source that is down: outages of weeks are not waited for.
STALE_FOR: Final = timedelta(days=3)
LAYER: Final = "book_sources"


@dataclass(frozen=True, slots=True)
class Heard:
    """Who told what, and when."""

    source: str
    kept: Kept


class AskAround:
    """Asks the sources in their order until one knows something. A source that does not answer is believed
    what it told before; only then is the next one asked.
    """

    def __init__(
        self, sources: Sequence[GuardedSource], kept: KeptAnswers, clock: Clock, measurements: Measurements
    ) -> None:
        self._sources = sources
        self._kept = kept
        self._clock = clock
        self._measurements = measurements

    async def __call__(self, question: Question) -> Heard | None:
        """None: nobody knows. Raises `BookSourcesUnavailable` when somebody who might did not answer."""
        silent = False
        for source in self._sources:
            kept = await self._hear(source, question)
            if kept is not None and kept.told.books:
                return Heard(source.name, kept)
            silent = silent or kept is None
        if silent:
            raise BookSourcesUnavailable("Nobody can be asked about books just now; try again later.")
        return None

    async def _hear(self, source: GuardedSource, question: Question) -> Kept | None:
        before = await self._kept.find(source.name, question)
        if before is not None and self._holds(before, question):
            self._measurements.cache_hit(LAYER)
            return before
        self._measurements.cache_missed(LAYER)
        try:
            told = await source.ask(question, before.told.tag if before else None)
        except NoAnswer:
            return before
        return await self._remembered(source.name, question, told, before)

    async def _remembered(
        self, source: str, question: Question, told: Told | None, before: Kept | None
    ) -> Kept:
        still = before.told if before else Told(())
        kept = Kept(still if told is None else told, self._clock.now())
        span = question.fresh_for(found=bool(kept.told.books)) + STALE_FOR
        await self._kept.keep(source, question, kept, span)
        return kept

    def _holds(self, kept: Kept, question: Question) -> bool:
        fresh = question.fresh_for(found=bool(kept.told.books))
        return self._clock.now() - kept.at < fresh
