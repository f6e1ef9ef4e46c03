"""Taking in whole catalogues, into real PostgreSQL."""

import csv
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from adapters.files.invented.catalogue import InventedCatalogue
from adapters.files.opening import open_catalogue
from adapters.files.rejects import RejectFile
from adapters.files.shipped_catalogue import NothingRefused, ShippedCatalogue, shipped_shelves
from adapters.postgres.catalogue_loader import PostgresCatalogueLoader
from adapters.postgres.database import Database
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.search.documents import PostgresSearchDocuments
from adapters.postgres.tables import metadata
from application.books.catalogue import BookQuery
from application.books.catalogue_files import Batch, Tally
from application.books.fill_shop import FillShop
from application.books.import_catalogue import ImportCatalogue
from domain.shared.errors import StaleVersion
from domain.shared.isbn import isbn13_check_digit
from tests.fakes.books import SHELVES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class StoppedClock:
    def now(self) -> datetime:
        return NOW


class Killed(Exception):
    """The process ended here."""


class LoaderKilledAfter(PostgresCatalogueLoader):
    """Takes in so many batches, and dies before it answers for the next."""

    def __init__(self, database: Database, batches: int) -> None:
        super().__init__(database)
        self._left = batches

    async def load(self, fingerprint: str, batch: Batch, tally: Tally, at: datetime) -> Tally:
        if self._left == 0:
            raise Killed
        self._left -= 1
        return await super().load(fingerprint, batch, tally, at)


@dataclass
class Shop:
    """One empty database, and a folder for files."""

    database: Database
    folder: Path

    async def take_in(
        self,
        path: Path,
        loader: PostgresCatalogueLoader | None = None,
        *,
        dry_run: bool = False,
        size: int = 10,
    ) -> Tally:
        file = open_catalogue(path)
        rejects = RejectFile(self.rejects, file.columns)
        importing = ImportCatalogue(loader or PostgresCatalogueLoader(self.database), StoppedClock())
        try:
            return await importing(file, rejects, shelves=SHELVES, batch_size=size, dry_run=dry_run)
        finally:
            rejects.close()
            file.close()

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects.csv"

    def reasons(self) -> list[tuple[str, str]]:
        with self.rejects.open(newline="") as file:
            return [(row["line"], row["reason"]) for row in csv.DictReader(file)]

    def file(self, *rows: Mapping[str, object], name: str = "books.csv") -> Path:
        path = self.folder / name
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            writer.writeheader()
            writer.writerows(rows)
        return path

    async def rows(self, statement: str) -> list[Any]:
        async with self.database.connection() as connection:
            return await (await connection.raw.execute(statement.encode())).fetchall()

    async def everything(self) -> list[Any]:
        """All that an import may touch, but for ids made on the way."""
        return [
            await self.rows(statement)
            for statement in (
                "SELECT isbn, title, price, pages, version, withdrawn_at FROM books ORDER BY isbn",
                "SELECT key, description, series_name FROM works ORDER BY key",
                "SELECT w.key, position, name FROM work_authors JOIN works w ON w.id = work_id ORDER BY 1, 2",
                "SELECT isbn, category FROM book_categories JOIN books ON id = book_id ORDER BY 1, position",
                "SELECT b.isbn, on_hand, held FROM stock JOIN books b ON b.id = book_id ORDER BY 1",
                "SELECT b.isbn, m.on_hand FROM stock_movements m JOIN books b ON b.id = book_id ORDER BY 1",
                "SELECT slug FROM categories ORDER BY 1",
            )
        ]


@pytest.fixture
async def shop(make_database: Callable[[], str], tmp_path: Path) -> AsyncIterator[Shop]:
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    database = Database(url, pool_size=4)
    await database.open()
    yield Shop(database, tmp_path)
    await database.close()


def a_row(number: int, **said: object) -> dict[str, object]:
    stem = f"978{number:09d}"
    return {
        "title": f"Book {number}",
        "authors": "Jane Austen",
        "isbn": stem + isbn13_check_digit(stem),
        "format": "paperback",
        "price": "9.99",
        "categories": "romance;fiction",
        "stock": 3,
        **said,
    }


async def test_new_books_are_added_with_work_shelves_copies_and_ledger(shop: Shop) -> None:
    tally = await shop.take_in(
        shop.file(a_row(1), a_row(2, title="Book 1", format="ebook", stock=""), a_row(3, authors="A; B"))
    )
    assert (tally.added, tally.rows) == (3, 3)
    (row,) = await shop.rows("SELECT count(DISTINCT work_id) AS works, count(*) AS books FROM books")
    assert (row.works, row.books) == (2, 3)
    stocked = await shop.rows("SELECT on_hand FROM stock")
    ledger = await shop.rows("SELECT kind, on_hand, reason, at FROM stock_movements")
    assert [level.on_hand for level in stocked] == [3, 3]
    assert [tuple(movement) for movement in ledger] == [("receipt", 3, "import", NOW)] * 2
    third = (await PostgresCatalogue(shop.database).list_books(BookQuery(author="B"))).items[0]
    assert (third.title, list(third.authors), third.in_stock) == ("Book 3", ["A", "B"], True)


async def test_the_same_file_twice_changes_nothing(shop: Shop) -> None:
    path = shop.file(*(a_row(n, authors="A; B", details='{"a": 1}', pages=n) for n in range(1, 26)))
    await shop.take_in(path)
    before, events = await shop.everything(), await shop.rows("SELECT id FROM outbox")
    tally = await shop.take_in(path)
    assert (tally.unchanged, tally.rows) == (25, 25)
    assert await shop.everything() == before
    assert await shop.rows("SELECT id FROM outbox") == events


async def test_what_differs_is_changed_and_told_and_copies_do_not_arrive_again(shop: Shop) -> None:
    await shop.take_in(shop.file(*(a_row(n) for n in range(1, 5))))
    tally = await shop.take_in(
        shop.file(a_row(1), a_row(2, price="8.00"), a_row(3, categories="poetry"), a_row(4, stock=99))
    )
    assert (tally.changed, tally.unchanged) == (2, 2)
    versions = await shop.rows("SELECT version, price FROM books ORDER BY isbn")
    assert [tuple(row) for row in versions] == [(1, 999), (2, 800), (2, 999), (1, 999)]
    assert {level.on_hand for level in await shop.rows("SELECT on_hand FROM stock")} == {3}
    events = await shop.rows("SELECT name, payload FROM outbox ORDER BY id")
    assert [(event.name, len(event.payload["book_ids"])) for event in events] == [
        ("books_imported", 4),
        ("books_imported", 2),
    ]


async def test_what_a_file_leaves_empty_stays_as_it_is_known(shop: Shop) -> None:
    full = a_row(1, publisher="P", pages=9, description="Words.", series="S", details='{"a": 1}')
    await shop.take_in(shop.file(full))
    bare = {name: full[name] for name in ("title", "authors", "isbn", "format", "price")}
    tally = await shop.take_in(shop.file(bare))
    assert tally.unchanged == 1
    (book,) = (await PostgresCatalogue(shop.database).list_books(BookQuery())).items
    page = await PostgresCatalogue(shop.database).read_book(book.book_id)
    assert (page.publisher, page.pages, page.description, page.details) == ("P", 9, "Words.", {"a": 1})
    assert page.categories == ["romance", "fiction"]


async def test_a_work_takes_its_facts_from_its_first_row_and_all_editions_show_them(shop: Shop) -> None:
    await shop.take_in(
        shop.file(
            a_row(1, title="Emma", description="Old."),
            a_row(2, title="Emma", description="Ignored."),
            a_row(3, title="Emma"),
        )
    )
    tally = await shop.take_in(shop.file(a_row(2, title="Emma", description="New.")))
    assert tally.changed == 1
    (work,) = await shop.rows("SELECT description FROM works")
    assert work.description == "New."
    versions = await shop.rows("SELECT version FROM books ORDER BY isbn")
    assert [book.version for book in versions] == [2, 2, 2]


async def test_a_withdrawn_book_stays_withdrawn(shop: Shop) -> None:
    await shop.take_in(shop.file(a_row(1)))
    await shop.rows("UPDATE books SET withdrawn_at = now() RETURNING 1")
    await shop.take_in(shop.file(a_row(1, price="1.00")))
    (book,) = await shop.rows("SELECT price, withdrawn_at IS NULL AS on_sale FROM books")
    assert (book.price, book.on_sale) == (100, False)


async def test_bad_rows_are_set_aside_with_line_and_reason_and_stop_nothing(shop: Shop) -> None:
    await shop.take_in(shop.file(a_row(9)))
    tally = await shop.take_in(
        shop.file(
            a_row(1),
            a_row(2, isbn="9780000000020"),
            a_row(1, title="Again"),
            a_row(3, categories="cooking"),
            a_row(9, format="ebook", stock=""),
            a_row(3),
            a_row(4, title="x" * 600),
        ),
        size=3,
    )
    assert (tally.added, tally.rejected) == (2, 5)
    lines = [(line, reason.partition(":")[0]) for line, reason in shop.reasons()]
    assert lines == [("3", "isbn"), ("4", "isbn"), ("5", "categories"), ("6", "format"), ("8", "title")]
    assert "stands on line 2 already" in shop.reasons()[1][1]


async def test_a_dry_run_finds_out_the_same_and_changes_nothing(shop: Shop) -> None:
    path = shop.file(*(a_row(n) for n in range(1, 26)), a_row(7))
    before = await shop.everything()
    rehearsed = await shop.take_in(path, dry_run=True)
    assert await shop.everything() == before
    assert await shop.rows("SELECT * FROM catalogue_imports") == []
    assert await shop.rows("SELECT * FROM outbox") == []
    assert await shop.take_in(path) == rehearsed


@pytest.mark.parametrize("batches", [0, 1, 2])
async def test_an_import_that_was_killed_goes_on_and_ends_as_if_it_had_not_been(
    shop: Shop, make_database: Callable[[], str], batches: int
) -> None:
    rows = [a_row(n, isbn="no" if n % 7 == 0 else a_row(n)["isbn"]) for n in range(1, 30)]
    path = shop.file(*rows, a_row(1))
    with pytest.raises(Killed):
        await shop.take_in(path, LoaderKilledAfter(shop.database, batches))
    (row,) = await shop.rows("SELECT count(*) AS books FROM books")
    assert (row.books > 0) == (batches > 0)
    tally = await shop.take_in(path)
    assert (tally.added, tally.changed, tally.unchanged, tally.rejected) == (25, 0, 0, 5)
    assert [line for line, _ in shop.reasons()] == ["8", "15", "22", "29", "31"]
    (noted,) = await shop.rows("SELECT added, rejected, finished FROM catalogue_imports")
    assert tuple(noted) == (25, 5, NOW)


async def test_of_two_imports_of_one_file_only_one_goes_on(shop: Shop) -> None:
    path = shop.file(*(a_row(n) for n in range(1, 30)))

    class Overtaken(PostgresCatalogueLoader):
        async def load(inner, fingerprint: str, batch: Batch, tally: Tally, at: datetime) -> Tally:  # noqa: N805 - `self` is the test's
            if tally.line == 0:
                with pytest.raises(Killed):
                    await shop.take_in(path, LoaderKilledAfter(shop.database, 1))
            return await super().load(fingerprint, batch, tally, at)

    with pytest.raises(StaleVersion):
        await shop.take_in(path, Overtaken(shop.database))
    assert (await shop.take_in(path)).added == 29


async def test_an_empty_shop_is_filled_once_and_a_filled_one_left_alone(shop: Shop) -> None:
    loader = PostgresCatalogueLoader(shop.database)
    catalogue = PostgresCatalogue(shop.database)
    documents, clock = PostgresSearchDocuments(shop.database), StoppedClock()
    fill = FillShop(catalogue, ImportCatalogue(loader, clock), documents, clock)
    tally = await fill(ShippedCatalogue(), shipped_shelves(), NothingRefused())
    assert tally is not None
    assert tally.added > 2_000
    assert await fill(ShippedCatalogue(), shipped_shelves(), NothingRefused()) is None
    assert await documents.count() == 812  # so the first visitor finds something
    (audit,) = await shop.rows(
        "SELECT count(*) AS wrong FROM stock s WHERE on_hand <>"
        " coalesce((SELECT sum(m.on_hand) FROM stock_movements m WHERE m.book_id = s.book_id), 0)"
    )
    assert audit.wrong == 0
    holmes = await catalogue.list_books(BookQuery(category="mystery", author="Arthur Conan Doyle", limit=100))
    assert len({book.work_id for book in holmes.items}) == 9


async def test_a_made_up_catalogue_goes_in_like_any_other_and_grows(shop: Shop) -> None:
    async def take_in(books: int, loader: PostgresCatalogueLoader) -> Tally:
        importing, catalogue = ImportCatalogue(loader, StoppedClock()), InventedCatalogue(books, 7, SHELVES)
        return await importing(catalogue, NothingRefused(), shelves=SHELVES, batch_size=100)

    with pytest.raises(Killed):
        await take_in(400, LoaderKilledAfter(shop.database, 2))
    assert (await take_in(400, PostgresCatalogueLoader(shop.database))).added == 400
    grown = await take_in(600, PostgresCatalogueLoader(shop.database))
    assert (grown.added, grown.unchanged) == (200, 400)
    wanted = {
        row.entry.isbn.value: row.entry for row in InventedCatalogue(600, 7, SHELVES).rows() if row.entry
    }
    found = await shop.rows("SELECT isbn, price, sold, sold_lately FROM books")
    assert {row.isbn: (row.price, row.sold, row.sold_lately) for row in found} == {
        isbn: (entry.price.amount, entry.sold, 0) for isbn, entry in wanted.items()
    }
