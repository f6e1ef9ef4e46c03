"""What the shop asks Typesense for each question: the ceiling of a search is Typesense asked that."""

from collections.abc import Sequence
from dataclasses import replace

from application.search.query import Facet, SearchQuery
from domain.search.text import SearchText
from entrypoints.container import Container, opened
from tests.benchmarks.ceilings.recorder import recording
from tests.benchmarks.stand.bench import Bench


async def asked_of_the_engine(
    bench: Bench, questions: Sequence[str], facets: Sequence[Facet] = ()
) -> list[bytes]:
    """The first request that the shop's own search sends for each: what is asked beyond it for those who
    find little is the shop's affair.
    """
    asked, settings = [], bench.stack.settings
    async with recording(settings.search.port) as (recorder, port):
        search = replace(settings.search, url=f"http://127.0.0.1:{port}")
        async with opened(Container(settings=replace(settings, search=search))) as shop:
            search_works = shop.use_cases.search_works()
            for question in questions:
                before = len(recorder.requests)
                await search_works(SearchQuery(text=SearchText.parse(question), facets=tuple(facets)))
                asked += recorder.requests[before : before + 1]
    return asked
