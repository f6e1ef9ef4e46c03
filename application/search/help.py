"""For who found little: what may have been meant, and what could be left out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from application.search.engines import Engines
from application.search.ports import SearchEngine, Speller
from application.search.query import Filters, SearchQuery, Wanted
from application.search.results import Hint, Hit
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
        # Most who find a single work typed its title: words that stand as typed need not be looked up.
        meant = None if _stand_as_typed(query.text, found) else await self._meant(query.text)
        hints = await self._hints(query, engines) if query.filters.given else ()
        return meant, hints

    async def _meant(self, text: SearchText) -> str | None:
        corrections = await self._speller.correct(text.words) if text else {}
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


def _stand_as_typed(text: SearchText, found: Sequence[Hit]) -> bool:
    return bool(found) and set(text.words) <= set(found[0].matched)
