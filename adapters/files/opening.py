"""Opens a file of books by what it is."""

import csv
from pathlib import Path
from typing import Final

from adapters.files.comma_separated import CommaSeparated
from adapters.files.csv_books import csv_books
from adapters.files.goodbooks import SIGNATURE, goodbooks
from adapters.files.json_lines import JsonLines
from adapters.files.open_library import OpenLibraryDump
from adapters.files.open_library.dump import PREFIX
from adapters.files.source import Source, UnusableFile

JSON_LINES: Final = {".jsonl", ".ndjson"}
COMMA_SEPARATED: Final = {".csv"}


def open_catalogue(path: Path) -> CommaSeparated | JsonLines | OpenLibraryDump:
    """Dumps of Open Library by their name, CSV and JSON Lines by their suffix, goodbooks-10k by its columns.
    Raises UnusableFile.
    """
    if path.name.startswith(PREFIX):
        return OpenLibraryDump(path)
    suffix = path.suffix.lower()
    if suffix not in JSON_LINES | COMMA_SEPARATED:
        raise UnusableFile(f"{path}: use a file that ends in .csv, .jsonl or .ndjson, or {PREFIX}editions….")
    source = Source(path)
    if suffix in JSON_LINES:
        return JsonLines(source)
    return goodbooks(source) if _columns(path) >= SIGNATURE else csv_books(source)


def _columns(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return set(next(csv.reader(file), []))
