"""`python -m tests.relevance FOLDER`: how well the search finds, measured on goodbooks-10k."""

import argparse
import asyncio
import random
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import mean
from typing import Final
from uuid import UUID

import uvloop

from adapters.postgres.statement import Statement
from application.search.engines import Engines
from application.search.ports import SearchEngine
from application.search.query import Mode
from application.search.suggest import Suggest
from application.shared.breaker import BreakerTerms, CircuitBreaker
from domain.search.errors import SearchUnavailable
from domain.search.text import SearchText
from entrypoints.container import Container, opened
from tests.benchmarks.load.commands import said_by
from tests.benchmarks.stand.stack import Stack, temporary_stack
from tests.relevance import page
from tests.relevance.asking import Searcher, characters_typed
from tests.relevance.measures import ndcg
from tests.relevance.mistakes import mistyped
from tests.relevance.questions import Fact, Question, from_authors, from_series, from_titles, shelves

SEED: Final = 7
SUGGESTED: Final = 5
PARTS: Final = ("postgres", "redis", "typesense", "migrate")
_FACTS: Final = Statement("""
SELECT DISTINCT ON (w.id) w.id, (b.details ->> 'goodreads_book_id')::int AS goodreads_id, w.title,
       w.series_name,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY position) AS authors
FROM works w JOIN books b ON b.work_id = w.id ORDER BY w.id
""")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("folder", type=Path, help="where books.csv, tags.csv.gz and book_tags.csv.gz are")
    parser.add_argument("--questions", type=int, default=500, help="of each kind [500]")
    given = parser.parse_args()
    with temporary_stack() as stack:
        stack.start(*PARTS)
        measured = asyncio.Runner(loop_factory=uvloop.new_event_loop).run(
            _measure(stack, given.folder, given.questions)
        )
    page.write(measured)


async def _measure(stack: Stack, folder: Path, many: int) -> page.Measured:
    async with _filled(stack, folder) as shop:
        facts = [
            Fact(row.id, row.goodreads_id, row.title, tuple(row.authors), row.series_name)
            for row in await shop.adapters.database().all(_FACTS)
        ]
        measured = page.Measured(works=len(facts), questions=many, seed=SEED)
        searchers = _searchers(shop)
        await _ask_known_items(measured, searchers, facts, many)
        await _type_titles(measured, shop, facts, many)
        labelled = shelves(facts, folder)
        for name, searcher in searchers.items():
            _tell(f"shelves, {name}")
            measured.shelves[name] = {
                shelf: ndcg(await searcher.ranked(shelf), gains) for shelf, gains in labelled.items()
            }
    return measured


@asynccontextmanager
async def _filled(stack: Stack, folder: Path) -> AsyncIterator[Container]:
    """A shop that sells these books, all of them indexed."""
    rejects = stack.settings.home / "rejects.csv"
    command = (sys.executable, "-m", "entrypoints.cli", "import", str(folder / "books.csv"))
    script = '"$@" || [ $? = 3 ]'  # some rows have no ISBN: they are rejected, which is not a failure
    await said_by(
        "sh", "-c", script, "sh", *command, "--rejects", str(rejects), environment=stack.environment
    )
    async with opened(Container(settings=stack.settings)) as shop:
        await _index(shop)
        if shop.adapters.embedder() is not None:
            tally = await shop.use_cases.embed_works()()
            _tell(f"{tally.embedded} works embedded")
            await _index(shop)
        yield shop


async def _index(shop: Container) -> None:
    index_works = shop.use_cases.index_works()
    await index_works.catch_up()
    done = 1
    while done:
        done, trouble = await index_works()
        if trouble:
            raise trouble
        _tell(f"{done} works indexed")


def _searchers(shop: Container) -> dict[str, Searcher]:
    embedder = shop.adapters.embedder()
    engines = (shop.adapters.search_engine(), shop.adapters.postgres_engine())
    modes = (Mode.KEYWORD,) if embedder is None else (Mode.KEYWORD, Mode.SEMANTIC, Mode.HYBRID)
    return {
        f"{engine.name}, {mode}": Searcher(engine, mode, embedder) for mode in modes for engine in engines
    }


async def _ask_known_items(
    measured: page.Measured, searchers: dict[str, Searcher], facts: Sequence[Fact], many: int
) -> None:
    for kind, questions in (
        ("title", from_titles(facts, many, random.Random(SEED))),
        ("author", from_authors(facts, many, random.Random(SEED))),
        ("series", from_series(facts, many, random.Random(SEED))),
    ):
        for errors in (0, 1, 2):
            chance = random.Random(SEED + errors)
            asked = [Question(mistyped(one.text, errors, chance), one.right) for one in questions]
            for name, searcher in searchers.items():
                if searcher.mode is not Mode.SEMANTIC:  # nobody looks for a known book by its meaning alone
                    measured.known[name, kind, errors] = await searcher.known_items(asked)
                    _tell(f"{kind}, {errors} errors, {name}: {measured.known[name, kind, errors]}")


async def _type_titles(measured: page.Measured, shop: Container, facts: Sequence[Fact], many: int) -> None:
    chosen = random.Random(SEED).sample(list(facts), min(many, 200))
    titles = [(fact.title, fact.work_id) for fact in chosen]
    measured.mean_length = mean(len(title) for title, _ in titles)
    for engine in (shop.adapters.search_engine(), shop.adapters.postgres_engine()):
        suggest = Suggest(_only(shop, engine), shop.use_cases.shelves())

        async def suggested(typed: str, suggest: Suggest = suggest) -> Sequence[UUID]:
            offered = await suggest(SearchText.parse(typed), SUGGESTED)
            return [one.work_id for one in offered.items if one.work_id is not None]

        measured.typed[engine.name] = await characters_typed(titles, suggested)
        _tell(f"typing, {engine.name}: {mean(measured.typed[engine.name]):.1f} characters")


def _only(shop: Container, engine: SearchEngine) -> Engines:
    measurements = shop.adapters.measurements()
    never = BreakerTerms(failures=1_000_000, slow_after=60, open_for=1)
    breaker = CircuitBreaker(
        engine.name, never, failures=(SearchUnavailable,), seconds=lambda: 0.0, watch=measurements
    )
    return Engines(engine, None, breaker, measurements)


def _tell(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - a command's own voice


if __name__ == "__main__":
    main()
