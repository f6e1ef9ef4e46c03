"""Dumps of Open Library: joined, read as far as they go, and told by line where they do not."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.files.open_library import OpenLibraryDump
from adapters.files.open_library import lines as dump_lines
from adapters.files.open_library.formats import format_of, grams_of
from adapters.files.opening import open_catalogue
from adapters.files.source import UnusableFile
from application.books.catalogue_files import FileRow
from domain.books.entry import CatalogueEntry
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput

DATE = "2026-03-31"
AUSTEN = {"key": "/authors/OL21594A", "name": "Jane Austen"}
EMMA_WORK = {
    "key": "/works/OL66531W",
    "title": "Emma",
    "authors": [{"author": {"key": "/authors/OL21594A"}, "type": {"key": "/type/author_role"}}],
    "description": {"type": "/type/text", "value": "A rich young woman arranges her village."},
    "first_publish_date": "December 1815",
    "subjects": ["Love stories", "England -- Fiction", "Humorous fiction"],
}
EMMA = {
    "key": "/books/OL7353617M",
    "title": "Emma",
    "subtitle": "a novel /",
    "works": [{"key": "/works/OL66531W"}],
    "isbn_10": ["0141439580"],
    "publishers": ["Penguin Classics"],
    "publish_date": "May 6, 2003",
    "languages": [{"key": "/languages/eng"}],
    "number_of_pages": 474,
    "physical_format": "Paperback",
    "weight": "12.3 ounces",
    "covers": [-1, 8_231_856],
}
Record = dict[str, Any]


def write(folder: Path, name: str, *records: Record | str, packed: bool = True) -> Path:
    path = folder / f"ol_dump_{name}_{DATE}.txt{'.gz' if packed else ''}"
    kind = name.removesuffix("s")
    text = "".join(
        record
        if isinstance(record, str)
        else f"/type/{kind}\t{record['key']}\t3\t2020-01-01T00:00:00.000000\t{json.dumps(record)}\n"
        for record in records
    )
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


def a_dump(
    folder: Path,
    *editions: Record | str,
    works: tuple[Record | str, ...] = (EMMA_WORK,),
    authors: tuple[Record | str, ...] = (AUSTEN,),
) -> Path:
    write(folder, "works", *works)
    write(folder, "authors", *authors)
    return write(folder, "editions", *editions)


def rows_of(path: Path) -> list[FileRow]:
    dump = open_catalogue(path)
    assert isinstance(dump, OpenLibraryDump)
    dump.prepare(lambda *_: None)
    try:
        return list(dump.rows())
    finally:
        dump.close()


def only(rows: list[FileRow]) -> CatalogueEntry:
    (row,) = rows
    assert row.entry is not None, row.problem
    return row.entry


def test_an_edition_is_joined_with_its_work_and_authors(tmp_path: Path) -> None:
    entry = only(rows_of(a_dump(tmp_path, EMMA)))
    work, edition = entry.work, entry.edition
    assert (work.title, work.authors, work.first_published) == ("Emma", ("Jane Austen",), 1815)
    assert work.description == "A rich young woman arranges her village."
    assert (entry.isbn.value, entry.format) == ("9780141439587", Format.PAPERBACK)
    assert (edition.publisher, edition.published_date) == ("Penguin Classics", date(2003, 5, 6))
    assert (edition.language, edition.pages, edition.weight_grams) == ("en", 474, 349)
    assert edition.cover == "https://covers.openlibrary.org/b/id/8231856-L.jpg"
    assert edition.categories == ("romance", "humour")
    assert edition.details == {
        "source": "open_library",
        "source_id": "OL7353617M",
        "subtitle": "a novel",
        "generated": ["price", "stock"],
    }


def test_what_a_dump_does_not_know_is_generated_and_says_so(tmp_path: Path) -> None:
    bare = {"key": "/books/OL1M", "works": EMMA["works"], "isbn_13": ["978-0-14-143958-7"]}
    first, again = (only(rows_of(a_dump(tmp_path, bare))) for _ in range(2))
    assert first == again
    assert first.price.amount > 0
    assert first.edition.title == "Emma"
    assert first.edition.details["generated"] == ["format", "price", "stock"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"isbn_10": []}, "isbn: There is none."),
        ({"isbn_10": ["0141439581"]}, "isbn: 0141439581 is mistyped"),
        ({"physical_format": "VHS tape"}, "physical_format: 'VHS tape' is no book."),
        ({"title": None, "works": []}, "title: There is none"),
        ({"works": []}, "authors: None of them is in the dump."),
        ({"works": [{"key": "/works/OL404W"}]}, "authors: None of them is in the dump."),
        ({"works": "/works/OL66531W"}, "authors: None of them is in the dump."),
    ],
)
def test_what_cannot_be_sold_is_told_with_the_reason(tmp_path: Path, changed: Record, problem: str) -> None:
    (row,) = rows_of(a_dump(tmp_path, EMMA | changed))
    assert row.entry is None
    assert row.problem.startswith(problem)
    assert row.cells == ("/books/OL7353617M",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("publishers", "Penguin"),
        ("publish_date", "19--"),
        ("languages", [{"key": "/languages/eng"}, {"key": "/languages/fre"}]),
        ("languages", ["eng"]),
        ("number_of_pages", "xii, 474 p."),
        ("weight", "heavy"),
        ("covers", [None, "8231856"]),
        ("subtitle", {"value": "x"}),
        ("subjects", {"name": "x"}),
        ("description", 7),
    ],
)
def test_an_odd_field_spoils_only_itself(tmp_path: Path, field: str, value: object) -> None:
    entry = only(rows_of(a_dump(tmp_path, EMMA | {field: value})))
    assert entry.work.authors == ("Jane Austen",)


def test_an_edition_without_a_work_has_its_own_authors(tmp_path: Path) -> None:
    alone = EMMA | {"works": [], "authors": [{"key": "/authors/OL21594A"}, {"key": "/authors/OL404A"}, {}]}
    assert only(rows_of(a_dump(tmp_path, alone))).work.authors == ("Jane Austen",)


@pytest.mark.parametrize(
    "authors",
    [
        [{"author": "/authors/OL21594A"}],
        [{"key": "/authors/OL21594A"}],
        [{"type": {"key": "/type/author_role"}}, {"author": {"key": "/a/OL21594A"}}],
        [None, 7, {"author": None}, {"author": {"key": "/authors/OL21594A"}}],
    ],
)
def test_authors_are_found_in_every_form_a_dump_has(tmp_path: Path, authors: object) -> None:
    work = EMMA_WORK | {"authors": authors}
    assert only(rows_of(a_dump(tmp_path, EMMA, works=(work,)))).work.authors == ("Jane Austen",)


def test_bad_lines_spoil_only_themselves_and_keep_their_number(tmp_path: Path) -> None:
    bad = (
        "not a dump at all\n",
        "/type/edition\t/books/OL2M\t1\t2020\t{\n",
        "/type/edition\t/books/OL3M\t1\t2020\t[]\n",
        '/type/redirect\t/books/OL4M\t1\t2020\t{"location": "/books/OL1M"}\n',
        "\n",
    )
    rows = rows_of(a_dump(tmp_path, *bad, EMMA))
    assert [row.line for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [bool(row.entry) for row in rows] == [False] * 5 + [True]
    assert rows[0].problem == "There are 1 columns here, and 5 in a dump."
    assert rows[1].problem.startswith("The record cannot be read")
    assert rows[3].problem == "type: '/type/redirect' is no edition."
    assert [row.cells for row in rows[1:4]] == [("/books/OL2M",), ("/books/OL3M",), ("/books/OL4M",)]


def test_bad_works_and_authors_are_missing_and_nothing_else(tmp_path: Path) -> None:
    broken = (
        "/type/work\t/works/OL1W\t1\t2020\t{\n",
        '/type/delete\t/works/OL2W\t1\t2020\t{"key": "x"}\n',
        "x\n",
    )
    nameless = ({"key": "/authors/OL9A"}, "/type/author\t/authors/OL8A\t1\t2020\t{\n")
    path = a_dump(tmp_path, EMMA, works=(*broken, EMMA_WORK), authors=(*nameless, AUSTEN))
    assert only(rows_of(path)).work.title == "Emma"


def test_a_line_without_end_is_a_bad_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump_lines, "LONGEST_LINE", 2_000)
    rows = rows_of(a_dump(tmp_path, EMMA | {"notes": "x" * 9_000}, EMMA))
    assert [bool(row.entry) for row in rows] == [False, True]


def test_a_dump_need_not_be_packed(tmp_path: Path) -> None:
    write(tmp_path, "works", EMMA_WORK, packed=False)
    write(tmp_path, "authors", AUSTEN, packed=False)
    assert only(rows_of(write(tmp_path, "editions", EMMA, packed=False))).edition.title == "Emma"


def test_a_file_that_breaks_off_is_told_by_its_last_line(tmp_path: Path) -> None:
    path = a_dump(tmp_path, EMMA, EMMA)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(UnusableFile, match=r"editions_.* is damaged after line"):
        rows_of(path)


def test_a_dump_is_named_by_its_editions_and_must_be_whole(tmp_path: Path) -> None:
    path = a_dump(tmp_path, EMMA)
    works = path.with_name(path.name.replace("editions", "works"))
    with pytest.raises(UnusableFile, match="name the file of the editions"):
        open_catalogue(works)
    works.unlink()
    with pytest.raises(UnusableFile, match=r"ol_dump_works_.* is missing"):
        open_catalogue(path)


def test_the_fingerprint_is_that_of_all_three(tmp_path: Path) -> None:
    before = OpenLibraryDump(a_dump(tmp_path, EMMA)).fingerprint
    assert OpenLibraryDump(a_dump(tmp_path, EMMA)).fingerprint == before
    assert OpenLibraryDump(a_dump(tmp_path, EMMA, authors=())).fingerprint != before


def test_an_index_is_used_again_while_it_is_of_these_files(tmp_path: Path) -> None:
    def prepared(path: Path) -> list[int]:
        dump, told = OpenLibraryDump(path), []
        dump.prepare(lambda _, records: told.append(records))
        assert len(list(dump.rows())) == 1
        dump.close()
        return told

    path = a_dump(tmp_path, EMMA)
    index = path.with_name(f"{path.name}.index")
    assert prepared(path) == [1, 2]
    assert prepared(path) == []
    a_dump(tmp_path, EMMA, authors=(AUSTEN, {"key": "/authors/OL1A", "name": "Another"}))
    assert prepared(path) == [2, 3]
    index.write_bytes(b"half of an index")
    assert prepared(path) == [2, 3]
    dump = OpenLibraryDump(path)
    dump.discard_index()
    assert not index.exists()


def test_progress_is_told_in_bytes_of_the_files(tmp_path: Path) -> None:
    dump, read = OpenLibraryDump(a_dump(tmp_path, EMMA)), []
    dump.prepare(lambda done, _: read.append(done))
    assert read[-1] == dump.parts
    list(dump.rows())
    assert dump.source.position == dump.source.size


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Mass Market Paperback", Format.PAPERBACK),
        ("paperback with map", Format.PAPERBACK),
        ("Spiral-bound", Format.PAPERBACK),
        ("Hardcover", Format.HARDCOVER),
        ("Library Binding", Format.HARDCOVER),
        ("Relié", Format.HARDCOVER),
        ("Board book", Format.HARDCOVER),
        ("[electronic resource] /", Format.EBOOK),
        ("Kindle Edition", Format.EBOOK),
        ("Audio Cassette in a hard case", Format.AUDIOBOOK),
        ("CD", Format.AUDIOBOOK),
        ("Unknown Binding", None),
        ("", None),
        (None, None),
    ],
)
def test_formats_are_read_from_what_libraries_call_them(told: object, kind: Format | None) -> None:
    assert format_of(told) is kind


@pytest.mark.parametrize(
    "told", ["VHS tape", "CD-ROM", "Microfilm", "Calendar", "DVD video", "Sheet music", "Map"]
)
def test_what_is_no_book_is_refused(told: str) -> None:
    with pytest.raises(InvalidInput, match="is no book"):
        format_of(told)


@pytest.mark.parametrize(
    ("told", "grams"),
    [
        ("1.4 pounds", 635),
        ("12 ounces", 340),
        ("0.5 kilograms", 500),
        ("350g", 350),
        ("heavy", None),
        (7, None),
    ],
)
def test_weights_become_grams(told: object, grams: int | None) -> None:
    assert grams_of(told) == grams
