"""What is PostgreSQL's own: counts that equal the catalogue's, and searches that end in time."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from adapters.postgres.database import Connection, Database
from adapters.postgres.search import engine, limits
from adapters.postgres.search.engine import PostgresSearchEngine
from adapters.postgres.search.finding import find
from adapters.postgres.search.question import Question
from adapters.postgres.statement import Statement
from application.search.query import Facet, Filters, SearchSort, Wanted
from application.search.results import Found
from application.shared.unavailable import DatabaseUnavailable
from domain.search.errors import SearchUnavailable
from domain.search.text import SearchText
from domain.shared.edition_format import Format
from tests.contract.search.catalogued import NOON, Catalogued

WORKS = 120
SEED = 7
QUESTIONS = 200
FILL = """
INSERT INTO categories VALUES ('left', 'Left', NULL, 3), ('leftmost', 'Leftmost', 'left', 4);
INSERT INTO works (id, key, title, first_published)
SELECT md5(n::text)::uuid, n::text,
       (ARRAY['Red', 'Blue', 'Red and blue', 'Green'])[1 + n %% 4] || ' book ' || n,
       CASE WHEN n %% 5 > 0 THEN 1950 + n %% 7 END
FROM generate_series(1, 120) n;
INSERT INTO work_authors SELECT md5(n::text)::uuid, 1, 'Author ' || n %% 9, 'author-' || n %% 9
FROM generate_series(1, 120) n;
INSERT INTO books (id, work_id, isbn, format, title, sorting_key, price, currency, language, withdrawn_at)
SELECT md5(n || '/' || e)::uuid, md5(n::text)::uuid, n || '-' || e,
       (ARRAY['hardcover', 'paperback', 'ebook', 'audiobook'])[1 + (n * e + e) %% 4], 'Book', 'book',
       (ARRAY[499, 500, 999, 1500, 2999, 5000])[1 + (n + e * e) %% 6], 'USD',
       (ARRAY['en', 'en-GB', 'fr', NULL])[1 + (n + e) %% 4], CASE WHEN (n + e) %% 11 = 0 THEN now() END
FROM generate_series(1, 120) n, generate_series(1, 3) e WHERE e <= 1 + n %% 3;
INSERT INTO book_categories
SELECT id, CASE WHEN price > 900 THEN 'leftmost' WHEN price = 500 THEN 'left' ELSE 'romance' END, 1
FROM books;
INSERT INTO stock SELECT id, price %% 3, 0 FROM books;
INSERT INTO work_ratings (work_id, twos, fives)
SELECT md5(n::text)::uuid, n %% 3, n %% 4 FROM generate_series(1, 120) n
"""
# The same conditions and values once more, from the catalogue's own tables.
MEANT = """
WITH live AS (
    SELECT b.*, format IN ('ebook', 'audiobook') OR s.on_hand > s.held AS available
    FROM books b JOIN stock s ON s.book_id = b.id WHERE withdrawn_at IS NULL
), shelved AS (
    SELECT work_id, category FROM live b JOIN book_categories c ON c.book_id = b.id
    UNION SELECT work_id, parent FROM live b JOIN book_categories c ON c.book_id = b.id
    JOIN categories p ON p.slug = c.category WHERE parent IS NOT NULL
), meant AS (
    SELECT w.*, r.rating_stars / nullif(r.rating_count, 0) AS stars FROM works w
    LEFT JOIN work_ratings r ON r.work_id = w.id
    WHERE EXISTS (SELECT FROM live WHERE work_id = w.id)
      AND (%(word)s = '' OR lower(w.title) ~ ('\\m' || %(word)s || '\\M'))
      AND (%(category)s::text IS NULL OR (w.id, %(category)s) IN (SELECT * FROM shelved))
      AND (%(format)s::text IS NULL OR %(format)s IN (SELECT format FROM live WHERE work_id = w.id))
      AND (%(price_min)s::int IS NULL AND %(price_max)s::int IS NULL OR EXISTS (
          SELECT FROM live WHERE work_id = w.id
          AND price BETWEEN coalesce(%(price_min)s, 0) AND coalesce(%(price_max)s, 999999)))
      AND (%(year_max)s::int IS NULL OR w.first_published <= %(year_max)s)
      AND (%(rating_min)s::int IS NULL OR r.rating_stars >= %(rating_min)s * r.rating_count
           AND r.rating_count > 0)
      AND (NOT %(in_stock)s OR EXISTS (SELECT FROM live WHERE work_id = w.id AND available))
)
SELECT 'total' AS facet, '' AS value, count(*) AS works FROM meant
UNION ALL SELECT 'category', category, count(*) FROM meant JOIN shelved ON work_id = id GROUP BY 2
UNION ALL SELECT 'format', format, count(DISTINCT m.id) FROM meant m JOIN live b ON work_id = m.id GROUP BY 2
UNION ALL SELECT 'language', split_part(b.language, '-', 1), count(DISTINCT m.id)
    FROM meant m JOIN live b ON work_id = m.id WHERE b.language IS NOT NULL GROUP BY 2
UNION ALL SELECT 'year', first_published::text, count(*) FROM meant
    WHERE first_published IS NOT NULL GROUP BY 2
UNION ALL SELECT 'rating', stars::text, count(*) FROM meant WHERE stars IS NOT NULL GROUP BY 2
UNION ALL SELECT 'availability', available::text, count(*) FROM (
    SELECT m.id, bool_or(available) AS available FROM meant m JOIN live b ON work_id = m.id GROUP BY m.id
) AS stocked GROUP BY 2
"""
COUNTED = tuple(facet for facet in Facet if facet is not Facet.PRICE)


@pytest.fixture
async def shop(catalogue_database: Database) -> Catalogued:
    return await Catalogued(catalogue_database).emptied()


async def meant(shop: Catalogued, word: str, filters: Filters) -> Mapping[tuple[str, str], int]:
    values = {name: getattr(filters, name) for name in Filters.__slots__}
    rows = await shop.database.all(Statement(MEANT), word=word, **values)
    return {(row.facet, row.value): row.works for row in rows}


async def test_facets_and_totals_are_those_of_the_catalogue_whatever_is_asked(shop: Catalogued) -> None:
    for statement in FILL.split(";"):
        await shop.run(statement)
    await shop.documents.mark_unknown(WORKS, NOON)
    await shop.renewed()
    searched, chance = PostgresSearchEngine(shop.database), random.Random(SEED)
    some = chance.choice
    for _ in range(QUESTIONS):
        word = some(["", "red", "blue", "green", "book", "nothing"])
        filters = Filters(
            category=some([None, None, "left", "leftmost", "fiction", "romance"]),
            format=some([None, None, *Format]),
            price_min=some([None, None, 500, 1000]),
            price_max=some([None, None, 1500, 4999]),
            year_max=some([None, None, 1952]),
            rating_min=some([None, None, 2, 4]),
            in_stock=some([False, False, True]),
        )
        sort = some([SearchSort.RELEVANCE, SearchSort.PRICE])
        text = SearchText.parse(f"{word} ")
        found = await searched.find(Wanted(text=text, filters=filters, facets=COUNTED, sort=sort, limit=1))
        counts = {(f.value, c.value): c.count for f, counts in found.facets.items() for c in counts}
        assert counts | {("total", ""): found.total} == await meant(shop, word, filters), (word, filters)


@asynccontextmanager
async def held_up(database: Database) -> AsyncIterator[Connection]:
    """Nobody reads documents meanwhile."""
    async with database.transaction() as connection:
        await connection.run(Statement("LOCK TABLE search_documents"))
        yield connection


async def test_a_search_that_takes_too_long_is_given_up_and_the_next_one_is_answered(
    shop: Catalogued,
) -> None:
    searched = PostgresSearchEngine(shop.database, longest=30)
    async with held_up(shop.database):
        with pytest.raises(SearchUnavailable):
            await searched.find(Wanted(text=SearchText.parse("emma ")))
        with pytest.raises(SearchUnavailable):
            await searched.nearest([0.5] * 384, Filters(), 5)
    assert (await searched.find(Wanted(text=SearchText.parse("emma")))).total == 0


async def test_an_unfinished_word_that_begins_too_many_is_looked_for_in_what_sells_best(
    shop: Catalogued, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = await shop.on_sale(title="Emma")
    looked_for: list[bool] = []

    async def slow(
        connection: Connection, wanted: Wanted, question: Question, *, bestsellers: bool = False
    ) -> Found:
        looked_for.append(bestsellers)
        if not bestsellers:
            await connection.run(Statement("SELECT pg_sleep(1)"))
        return await find(connection, wanted, question, bestsellers=bestsellers)

    monkeypatch.setattr(engine, "find", slow)
    searched = PostgresSearchEngine(shop.database, longest=30)
    found = await searched.find(Wanted(text=SearchText.parse("e")))
    assert ([hit.work_id for hit in found.hits], looked_for) == ([work], [False, True])


async def test_searches_that_hang_leave_connections_to_others(
    shop: Catalogued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FOR_A_PLACE", 0.05)
    searched = PostgresSearchEngine(shop.database, longest=200)
    async with held_up(shop.database):
        hanging = [asyncio.create_task(searched.find(Wanted())) for _ in range(20)]
        await asyncio.sleep(0.1)
        await shop.documents.mark([], NOON)
        ended = await asyncio.gather(*hanging, return_exceptions=True)
    assert {type(end) for end in ended} == {limits.TakesTooLong, SearchUnavailable}
    assert (await searched.find(Wanted())).total == 0


async def test_a_lost_database_is_a_search_that_does_not_answer() -> None:
    class Lost(Database):
        @asynccontextmanager
        async def transaction(self) -> AsyncIterator[Connection]:
            raise DatabaseUnavailable("Gone.")
            yield

    with pytest.raises(SearchUnavailable):
        await PostgresSearchEngine(Lost("")).find(Wanted())


async def test_what_sells_best_will_do_where_nobody_counts(shop: Catalogued) -> None:
    works = [await shop.work(title, "Ann Oldcastle") for title in ("The Sea", "The Land", "The Air")]
    for sold, work in enumerate(works):
        book = await shop.book(work)
        await shop.run("UPDATE books SET sold_lately = %(sold)s WHERE id = %(book)s", sold=sold, book=book)
    hidden = await shop.work("Nothing", "Nobody", description="The sea.")
    await shop.book(hidden)
    await shop.renewed()
    searched = PostgresSearchEngine(shop.database)
    known = await searched.find(Wanted(text=SearchText.parse("th"), counted=False, limit=2))
    assert [hit.work_id for hit in known.hits] == [works[2], works[1]]
    rare = await searched.find(Wanted(text=SearchText.parse("sea"), counted=False, limit=2))
    assert [hit.work_id for hit in rare.hits] == [works[0], hidden]
