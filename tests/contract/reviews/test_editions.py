"""Every edition shows what readers think of its work, also one that comes from a file."""

import csv
from pathlib import Path
from uuid import uuid4

from adapters.files.opening import open_catalogue
from adapters.files.shipped_catalogue import NothingRefused
from adapters.postgres.catalogue_loader import PostgresCatalogueLoader
from adapters.postgres.database import Database
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.queries.reviews import PostgresReviewViews
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.books.catalogue import BookQuery, Rating
from application.books.import_catalogue import ImportCatalogue
from domain.shared.isbn import isbn13_check_digit
from tests.builders import NOON
from tests.contract.reviews.conftest import Circle
from tests.fakes.time import StandingClock

VAULT = EnvelopeVault([b"k" * 32], b"i" * 32)


async def test_an_imported_edition_shows_its_work_s_rating_wherever_it_moves(
    database: Database, tmp_path: Path
) -> None:
    circle = Circle(PostgresUnitOfWork(database, VAULT), PostgresReviewViews(database, VAULT), database)
    author, first, second = f"Jane {uuid4().hex}", an_isbn(), an_isbn()

    async def rated() -> dict[str, Rating]:
        page = await PostgresCatalogue(database).list_books(BookQuery(author=author))
        return {book.isbn: book.rating for book in page.items}

    await take_in(database, tmp_path / "1.csv", [(first, "Emma", author)])
    [book] = (await PostgresCatalogue(database).list_books(BookQuery(author=author))).items
    await circle.writes(await circle.reader(), book.book_id, 4)
    await take_in(database, tmp_path / "2.csv", [(second, "Emma", author)])
    assert await rated() == {first: Rating(4.0, 1), second: Rating(4.0, 1)}
    await take_in(database, tmp_path / "3.csv", [(second, "Persuasion", author)])
    assert await rated() == {first: Rating(4.0, 1), second: Rating(None, 0)}


def an_isbn() -> str:
    stem = f"9798{uuid4().int % 10**8:08d}"
    return stem + isbn13_check_digit(stem)


async def take_in(database: Database, path: Path, books: list[tuple[str, str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["isbn", "title", "authors", "format", "price"])
        writer.writerows([isbn, title, author, "ebook", "4.99"] for isbn, title, author in books)
    catalogue = open_catalogue(path)
    importing = ImportCatalogue(PostgresCatalogueLoader(database), StandingClock(NOON))
    tally = await importing(catalogue, NothingRefused(), shelves=(), batch_size=10, dry_run=False)
    catalogue.close()
    assert tally.added + tally.changed == len(books), tally
