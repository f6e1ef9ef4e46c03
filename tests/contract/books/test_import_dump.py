"""Taking in a dump of Open Library, into real PostgreSQL."""

import gzip
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from adapters.files.open_library import OpenLibraryDump
from adapters.files.rejects import RejectFile
from adapters.postgres.catalogue_loader import PostgresCatalogueLoader
from adapters.postgres.database import Database
from adapters.postgres.queries.books import PostgresCatalogue
from application.books.catalogue import BookQuery
from application.books.catalogue_files import Tally
from application.books.import_catalogue import ImportCatalogue
from domain.shared.isbn import isbn13_check_digit
from tests.fakes.time import StandingClock

_numbers = count(640_000)
AUTHOR = "Dorothea Dump"


class Killed(Exception):
    """The process ended here."""


class LoaderKilledAfter(PostgresCatalogueLoader):
    """Takes in so many batches, and dies before it answers for the next."""

    def __init__(self, database: Database, batches: int) -> None:
        super().__init__(database)
        self._left = batches

    async def load(self, *took: Any, **in_: Any) -> Tally:  # noqa: ANN401 - whatever the loader takes
        if self._left == 0:
            raise Killed
        self._left -= 1
        return await super().load(*took, **in_)


def an_isbn() -> str:
    stem = f"979{next(_numbers) + 800_000_000:09d}"
    return stem + isbn13_check_digit(stem)


def an_edition(number: int) -> dict[str, Any]:
    work = [{"key": f"/works/OL{number // 2}W"}]
    return {"key": f"/books/OL{number}M", "title": "E", "works": work, "isbn_13": [an_isbn()]}


def a_dump(folder: Path, editions: int) -> Path:
    author = {"key": "/authors/OL1A", "name": AUTHOR}
    works = [
        {
            "key": f"/works/OL{n}W",
            "title": f"W {n} {folder.name}",
            "authors": [{"author": author}],
            "subjects": ["Poetry"],
        }
        for n in range(editions // 2 + 1)
    ]
    told = [an_edition(n) for n in range(editions)]
    told[3]["isbn_13"] = []
    for name, records in (("authors", [author]), ("works", works), ("editions", told)):
        kind = name.removesuffix("s")
        lines = (f"/type/{kind}\t{r['key']}\t1\t2026-01-01T00:00:00\t{json.dumps(r)}\n" for r in records)
        (folder / f"ol_dump_{name}_2026-01-31.txt.gz").write_bytes(gzip.compress("".join(lines).encode()))
    return folder / "ol_dump_editions_2026-01-31.txt.gz"


async def take_in(path: Path, loader: PostgresCatalogueLoader) -> tuple[Tally, list[int]]:
    dump, indexed = OpenLibraryDump(path), []
    rejects = RejectFile(path.with_name("rejects.csv"), dump.columns)
    try:
        dump.prepare(lambda _, records: indexed.append(records))
        tally = await ImportCatalogue(loader, StandingClock())(dump, rejects, batch_size=10)
        return tally, indexed
    finally:
        rejects.close()
        dump.close()


async def test_an_import_that_was_killed_goes_on_with_the_index_it_has(
    database: Database, tmp_path: Path
) -> None:
    path = a_dump(tmp_path, 40)
    with pytest.raises(Killed):
        await take_in(path, LoaderKilledAfter(database, 2))
    tally, indexed = await take_in(path, PostgresCatalogueLoader(database))
    assert indexed == []
    assert (tally.added, tally.rejected, tally.rows) == (39, 1, 40)
    assert (tmp_path / "rejects.csv").read_text().splitlines() == [
        "line,reason,key",
        "4,isbn: There is none.,/books/OL3M",
    ]
    page = await PostgresCatalogue(database).list_books(
        BookQuery(author=AUTHOR, category="poetry", limit=100)
    )
    assert len(page.items) == 39
    assert len({book.work_id for book in page.items}) == 20
    again, _ = await take_in(path, PostgresCatalogueLoader(database))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 39)
