"""For who found little: what may have been meant, and what could be left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from application.search.engines import Engines
from application.search.ports import SearchEngine, Speller
from application.search.query import Filters, SearchQuery, Wanted
from application.search.results import Hint, Hit
from domain.search.spelling import distance, errors_forgiven
from domain.search.text import SearchText

FEW: Final = 3  # works; with more, the reader is probably well served


class Help:
    """Words that no work has are corrected; filters that exclude everything are named, each with what would
    be found without it.
    """

    def __init__(self, speller: Speller) -> None:
        self._speller = speller

    async def is_wanted(self, query: SearchQuery, total: int) -> bool:
        """Whether so few works were found that help may be welcome."""
        return total <= FEW and bool(query.text or query.by or query.filters.given)

    async def __call__(
        self, query: SearchQuery, engines: Engines, found: Sequence[Hit]
    ) -> tuple[str | None, tuple[Hint, ...]]:
        """The words meant instead, if others are likelier, and the hints."""
        meant = await self._meant(query.text, found)
        hints = await self._hints(query, engines) if query.filters.given else ()
        return meant, hints

    async def _meant(self, text: SearchText, found: Sequence[Hit]) -> str | None:
        if not text:
            return None
        # Most who find little typed the title of a single work: what it met need not be looked up.
        corrections = _met_instead(text, found[0].matched) if found else None
        if corrections is None:
            corrections = await self._speller.correct(text.needed.words)
        return " ".join(corrections.get(word, word) for word in text.words) if corrections else None

    async def _hints(self, query: SearchQuery, engines: Engines) -> tuple[Hint, ...]:
        plain = Wanted(text=query.text, scope=query.scope, by=query.by, filters=query.filters, limit=1)
        untouched = Filters()

        async def totals(engine: SearchEngine) -> dict[str, int]:
            found = {}
            for name in query.filters.given:
                freer = replace(query.filters, **{name: getattr(untouched, name)})
                found[name] = (await engine.find(replace(plain, filters=freer))).total
            return found

        _, without = await engines.ask(totals)
        best_first = sorted(without.items(), key=lambda pair: -pair[1])
        return tuple(Hint(name, total) for name, total in best_first if total)


def _met_instead(text: SearchText, met: Sequence[str]) -> Mapping[str, str] | None:
    """The words of the best hit that stand for others that were typed; None where that is not plain."""
    beginning = text.words[-1] if text.needed.unfinished else None
    strange = [
        word
        for word in text.needed.words
        if word not in met and not (word == beginning and any(one.startswith(word) for one in met))
    ]
    instead = {word: [one for one in met if one not in text.words and _alike(word, one)] for word in strange}
    if any(len(others) != 1 for others in instead.values()):
        return None
    return {word: other for word, [other] in instead.items()}


def _alike(typed: str, met: str) -> bool:
    return distance(typed, met) <= errors_forgiven(typed, met)
