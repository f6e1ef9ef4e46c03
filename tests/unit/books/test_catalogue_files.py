"""Files of books: what can be read is read exactly, and what cannot is told by line and column."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.files.opening import open_catalogue
from adapters.files.rejects import RejectFile
from adapters.files.source import UnusableFile
from application.books.catalogue_files import FileRow
from domain.books.entry import CatalogueEntry
from domain.books.work import Series
from domain.shared.edition_format import Format
from domain.shared.money import Money

EMMA = {
    "title": "Emma",
    "authors": "Jane Austen",
    "isbn": "9780141439587",
    "format": "paperback",
    "price": "9.99",
}
LINE: dict[str, Any] = {
    "title": "Emma",
    "authors": ["Jane Austen"],
    "isbn": "9780141439587",
    "format": "paperback",
    "price": {"amount": 999, "currency": "USD"},
}


def rows_of(path: Path) -> list[FileRow]:
    return list(open_catalogue(path).rows())


def csv_of(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "books.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def only(rows: list[FileRow]) -> CatalogueEntry:
    (row,) = rows
    assert row.entry is not None, row.problem
    return row.entry


def test_a_full_row_of_csv_is_read_exactly(tmp_path: Path) -> None:
    entry = only(
        rows_of(
            csv_of(
                tmp_path,
                {
                    **EMMA,
                    "authors": "Jane Austen; Fiona Stafford ",
                    "currency": "EUR",
                    "categories": "romance;fiction",
                    "description": "Two\nlines.",
                    "publisher": "P",
                    "published_date": "2003-05-06",
                    "language": "en-GB",
                    "pages": "474",
                    "weight_grams": "350",
                    "cover": "/emma.png",
                    "series": "Novels",
                    "series_number": "4",
                    "first_published": "1815",
                    "original_language": "en",
                    "details": '{"a": [1]}',
                    "stock": "7",
                    "sold": "1000",
                },
            )
        )
    )
    assert (entry.price, entry.stock, entry.sold) == (Money(999, "EUR"), 7, 1_000)
    assert entry.format is Format.PAPERBACK
    assert entry.work.authors == ("Jane Austen", "Fiona Stafford")
    assert (entry.work.series, entry.work.first_published) == (Series("Novels", "4"), 1815)
    assert (entry.edition.published_date, entry.edition.pages) == (date(2003, 5, 6), 474)
    assert (entry.edition.categories, entry.edition.details) == (("romance", "fiction"), {"a": [1]})


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"isbn": "9780141439588"}, "isbn: 9780141439588 is mistyped"),
        ({"price": "9,99"}, "price: '9,99' is not a price"),
        ({"price": "9.999"}, "price: '9.999' is not a price"),
        ({"price": "-1"}, "price: '-1' is not a price"),
        ({"price": "1e3"}, "price: '1e3' is not a price"),
        ({"price": "0"}, "price.amount"),
        ({"currency": "XXX"}, "currency: 'XXX' is not one of"),
        ({"format": "scroll"}, "format: 'scroll' is not one of"),
        ({"authors": " ; "}, "authors: Name between"),
        ({"pages": "many"}, "pages: 'many' is not a whole number"),
        ({"published_date": "6 May"}, "published_date: '6 May' is not a date"),
        ({"details": "[1]"}, "details: Use a JSON object"),
        ({"details": "{"}, "details: This is not JSON"),
        ({"stock": "-1"}, "stock: Use 0 to"),
        ({"sold": "-1"}, "sold: Use 0 to"),
        ({"format": "ebook", "stock": "1"}, "stock: An ebook does not run out"),
        ({"title": "  "}, "title: This must not be empty"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_column(
    tmp_path: Path, said: dict[str, str], problem: str
) -> None:
    (row,) = rows_of(csv_of(tmp_path, {**EMMA, **said}))
    assert row.entry is None
    assert row.problem.startswith(problem)


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = csv_of(tmp_path, {**EMMA, "description": "a\nb\nc"}, {**EMMA, "description": "d"})
    assert [row.line for row in rows_of(path)] == [2, 5]


def test_a_row_that_is_no_csv_spoils_only_itself(tmp_path: Path) -> None:
    good = "Emma,Jane Austen,9780141439587,paperback,9.99\n"
    path = tmp_path / "books.csv"
    path.write_text(f'title,authors,isbn,format,price\n{good}a"b"c,\n"x" y,1,2,3,4\na,b\n{good}')
    assert [bool(row.entry) for row in rows_of(path)] == [True, False, False, False, True]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = csv_of(tmp_path, EMMA)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert only(rows_of(path)).edition.title == "Emma"


def test_bytes_that_are_not_utf8_spoil_their_row_and_come_back_as_they_were(tmp_path: Path) -> None:
    path = csv_of(tmp_path, {**EMMA, "title": "Fran?aise"}, EMMA)
    path.write_bytes(path.read_bytes().replace(b"?", b"\xe7"))
    bad, good = rows_of(path)
    assert (bad.entry, bad.problem) == (None, "title: Leave out control characters.")
    assert good.entry is not None
    rejects = RejectFile(tmp_path / "bad.csv", ["title"])
    rejects.add(bad, "why")
    rejects.close()
    assert b"Fran\xe7aise" in (tmp_path / "bad.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("books.txt", "title\n", "use a file that ends in"),
        ("books.csv", "", "is empty"),
        ("books.csv", "title,authors,isbn,format\n", "lacks the columns price"),
        ("books.csv", "title,authors,isbn,format,price,colour\n", "columns nobody knows: colour"),
        ("books.csv", "title,authors,isbn,format,price,title\n", "names a column twice"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_once(
    tmp_path: Path, name: str, text: str | None, problem: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(UnusableFile, match=problem):
        open_catalogue(tmp_path / name)


def jsonl_of(folder: Path, *lines: str) -> Path:
    path = folder / "books.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_a_line_of_json_has_the_shape_of_the_api(tmp_path: Path) -> None:
    series = {"series": {"name": "Novels"}, "stock": 3, "published_date": "2003-05-06"}
    entry = only(rows_of(jsonl_of(tmp_path, json.dumps({**LINE, **series}))))
    assert (entry.price, entry.stock, entry.work.series) == (Money(999, "USD"), 3, Series("Novels"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "Input data was truncated"),
        ("[]", "Expected `object`, got `array`"),
        (json.dumps({**LINE, "pages": "x"}), "Expected `int | null`, got `str` - at `$.pages`"),
        (json.dumps({**LINE, "colour": 1}), "Object contains unknown field `colour`"),
        (json.dumps({**LINE, "isbn": "1"}), "isbn: '1' is not an ISBN"),
    ],
)
def test_what_is_wrong_with_a_line_of_json_is_told(tmp_path: Path, line: str, problem: str) -> None:
    first, second = rows_of(jsonl_of(tmp_path, "", line, json.dumps(LINE)))
    assert (first.line, second.line) == (2, 3)
    assert first.entry is None
    assert first.problem.startswith(problem)
    assert second.entry is not None


GOODBOOKS = (
    "book_id,goodreads_book_id,isbn,isbn13,authors,original_publication_year,title,language_code\n"
    '2,3,439554934,9.78043955493e+12,"J.K. Rowling, Mary  GrandPré",1997.0,'
    '"Harry Potter and the Sorcerer\'s Stone (Harry Potter, #1)",eng\n'
    "3,4,,9.78e+12,Nobody,,Untold,en-US\n"
    "4,5,080442957X,,Homer,-750.0,The Iliad,\n"
)


def test_the_damaged_numbers_of_goodbooks_are_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    path.write_text(GOODBOOKS)
    potter, untold, iliad = rows_of(path)
    assert potter.entry is not None
    assert iliad.entry is not None
    assert potter.entry.isbn.value == "9780439554930"
    assert potter.entry.work.title == "Harry Potter and the Sorcerer's Stone"
    assert potter.entry.work.authors == ("J.K. Rowling", "Mary GrandPré")
    assert potter.entry.work.series == Series("Harry Potter", "1")
    assert (potter.entry.work.first_published, potter.entry.edition.language) == (1997, "en")
    assert (iliad.entry.work.first_published, iliad.entry.edition.language) == (-750, None)
    assert untold.problem.startswith("isbn: There is none")
    assert potter.entry.edition.details["generated"] == ["format", "price", "stock"]


def test_what_goodbooks_cannot_know_is_the_same_at_every_reading(tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    path.write_text(GOODBOOKS)
    assert rows_of(path) == rows_of(path)


def test_a_mended_reject_file_can_be_imported(tmp_path: Path) -> None:
    file = open_catalogue(csv_of(tmp_path, {**EMMA, "price": "free"}))
    (bad,) = file.rows()
    rejects = RejectFile(tmp_path / "bad.csv", file.columns)
    rejects.add(bad, bad.problem)
    rejects.close()
    mended = tmp_path / "mended.csv"
    mended.write_text((tmp_path / "bad.csv").read_text().replace("free,", "9.99,").replace(",free", ",9.99"))
    assert only(rows_of(mended)).price == Money(999, "USD")


def test_rows_beyond_the_last_commit_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    first = RejectFile(path, ["row"])
    for line in (2, 5, 9):
        first.add(FileRow(line, (f"row {line}",), None), "why")
    first.close()
    second = RejectFile(path, ["row"])
    second.forget_after(5)
    second.add(FileRow(8, ("row 8",), None), "why")
    second.close()
    assert path.read_text().split() == [
        "line,reason,row",
        "2,why,row",
        "2",
        "5,why,row",
        "5",
        "8,why,row",
        "8",
    ]
    RejectFile(path, ["row"]).forget_after(0)
    assert not path.exists()


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letters.csv").write_text("dear,diary\n")
    with pytest.raises(UnusableFile, match="will not be overwritten"):
        RejectFile(tmp_path / "letters.csv", ["row"])
