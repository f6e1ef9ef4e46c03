"""A source asked politely: at its pace, not while it is unwell, and never against its will."""

from typing import Final

from application.external_books.ports import (
    BookSource,
    NoAnswer,
    Pace,
    PaceTerms,
    SourceBusy,
    SourceFailed,
    SourceRefuses,
    SourceResting,
    Tag,
    Told,
)
from application.external_books.question import Question
from application.shared.breaker import BreakerTerms, CircuitBreaker, CircuitOpen
from application.shared.measurements import Measurements

# Three in a row are no accident; a visitor waits three seconds, hardly longer; half a minute lets a server
# come up again, and costs one visitor in that time a wait.
TERMS: Final = BreakerTerms(failures=3, slow_after=3.0, open_for=30.0)
REFUSED_REST: Final = 60 * 60.0  # seconds; a person must mend it first, and asking on may close the account


class GuardedSource:
    """Asks one source, and keeps everybody from asking it when that would be rude or in vain."""

    def __init__(
        self,
        source: BookSource,
        terms: PaceTerms,
        *,
        pace: Pace,
        breaker: CircuitBreaker,
        measurements: Measurements,
    ) -> None:
        self._source = source
        self._terms = terms
        self._pace = pace
        self._breaker = breaker
        self._measurements = measurements

    @property
    def name(self) -> str:
        """Whose answers these are."""
        return self._source.name

    async def ask(self, question: Question, before: Tag | None) -> Told | None:
        """What it says; None: what it said before. Raises `NoAnswer`."""
        try:
            told = await self._asked(question, before)
        except NoAnswer as silent:
            self._measurements.book_source_asked(self.name, _OUTCOMES[type(silent)])
            raise
        self._measurements.book_source_asked(self.name, "unchanged" if told is None else "answered")
        return told

    async def _asked(self, question: Question, before: Tag | None) -> Told | None:
        wait = await self._pace.take(self.name, self._terms)
        if wait > 0:
            raise SourceResting(f"{self.name} may be asked again in {wait:.0f} s.")
        try:
            return await self._breaker.call(lambda: self._source.ask(question, before))
        except CircuitOpen as unwell:
            raise SourceResting(str(unwell)) from unwell
        except SourceBusy as busy:
            await self._pace.rest(self.name, busy.retry_after)
            raise
        except SourceRefuses:
            await self._pace.rest(self.name, REFUSED_REST)
            raise


_OUTCOMES: Final = {
    SourceFailed: "failed",
    SourceBusy: "busy",
    SourceRefuses: "refused",
    SourceResting: "resting",
}
