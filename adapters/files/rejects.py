"""The reject file: bad rows with their line and the reason, ready to be mended and imported again."""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from adapters.files.source import UnusableFile
from application.books.catalogue_files import FileRow

LINE: Final = "line"
REASON: Final = "reason"


class RejectFile:
    """The `Rejects` port. The file exists only once there is a row to hold."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self._columns = [name for name in columns if name not in {LINE, REASON}]
        self._kept_cells = [place for place, name in enumerate(columns) if name not in {LINE, REASON}]
        self._file: io.TextIOWrapper | None = None
        self._demand_ours()

    def forget_after(self, line: int) -> None:
        """Keep the rows up to `line`; without any, there is no file."""
        if line == 0:
            self.path.unlink(missing_ok=True)
            return
        if not self.path.exists():
            return
        # Written beside and moved over: a kill in between loses nothing.
        beside, kept = self.path.with_name(f"{self.path.name}.new"), False
        with beside.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([LINE, REASON, *self._columns])
            for row in self._rows():
                if int(row[0]) <= line:
                    kept = True
                    writer.writerow(row)
        if kept:
            beside.replace(self.path)
        else:
            beside.unlink()
            self.path.unlink()

    def add(self, row: FileRow, reason: str) -> None:
        """One row more."""
        if self._file is None:
            self._file = self._begin()
        cells = [row.cells[place] for place in self._kept_cells if place < len(row.cells)]
        csv.writer(self._file).writerow([row.line, reason, *cells])

    def _begin(self) -> io.TextIOWrapper:
        begun = self.path.exists()
        try:
            file = self.path.open("a", encoding="utf-8", errors="surrogateescape", newline="")
        except OSError as problem:
            raise UnusableFile(f"Bad rows cannot be written to {self.path}: {problem.strerror}.") from problem
        if not begun:
            csv.writer(file).writerow([LINE, REASON, *self._columns])
        return file

    def flush(self) -> None:
        """Onto the disk, before the database commits that these rows are dealt with."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _rows(self) -> Iterator[list[str]]:
        """One at a time: a dump may have millions of them."""
        with self.path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            yield from (row for row in rows if row and row[0].isdecimal())

    def _demand_ours(self) -> None:
        """Nobody's file is overwritten by a slip of the finger."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", errors="surrogateescape") as file:
            begins = file.readline()
        if not begins.startswith(f"{LINE},{REASON}"):
            raise UnusableFile(f"{self.path} is not a reject file; it will not be overwritten.")
