"""Comma-separated files: rows by column name, each with the line where it begins."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence

from adapters.files.source import Source, UnusableFile
from application.books.catalogue_files import FileRow
from domain.books.entry import CatalogueEntry
from domain.shared.errors import InvalidInput

Read = Callable[[Mapping[str, str]], CatalogueEntry]


class CommaSeparated:
    """A `CatalogueFile` whose rows `read` turns into entries. The first row names the columns."""

    def __init__(self, source: Source, read: Read) -> None:
        self.source = source
        self._read = read
        self._reader = csv.reader(source.text, strict=True)
        self.columns = header_of(self._reader, source)
        self.fingerprint = source.fingerprint

    def rows(self) -> Iterator[FileRow]:
        """Blank lines are passed over; a row that is broken as CSV is a bad row like any other."""
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as broken:
                yield FileRow(line, (), None, f"This is not CSV: {broken}.")
                continue
            if cells:
                yield self._row(line, cells)

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()

    def _row(self, line: int, cells: Sequence[str]) -> FileRow:
        if len(cells) != len(self.columns):
            problem = f"There are {len(cells)} columns here, and {len(self.columns)} in the first row."
            return FileRow(line, cells, None, problem)
        values = {name: cell.strip() for name, cell in zip(self.columns, cells, strict=True)}
        try:
            return FileRow(line, cells, self._read(values))
        except InvalidInput as wrong:
            return FileRow(line, cells, None, f"{wrong.field}: {wrong.message}")


def header_of(reader: Iterator[list[str]], source: Source) -> Sequence[str]:
    """The names of the columns."""
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as broken:
        raise UnusableFile(f"{source.path} is not CSV: {broken}.") from broken
    if not any(header):
        raise UnusableFile(f"{source.path} is empty.")
    if len(set(header)) != len(header):
        raise UnusableFile(f"{source.path} names a column twice.")
    return header
