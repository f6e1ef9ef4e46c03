"""Three files of one dump as one file of books: works and authors indexed on the disk, editions streamed."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from adapters.files.open_library.index import WorkIndex, build, made_of
from adapters.files.open_library.lines import DumpFile, DumpLine
from adapters.files.open_library.records import entry_of
from adapters.files.source import UnusableFile
from application.books.catalogue_files import FileRow
from domain.shared.errors import InvalidInput

PREFIX: Final = "ol_dump_"
EDITIONS: Final = "ol_dump_editions"
EDITION: Final = "/type/edition"


class OpenLibraryDump:
    """A `CatalogueFile`, named by its editions. Its rows can be read once it is prepared."""

    columns = ("key",)

    def __init__(self, editions: Path) -> None:
        if not editions.name.startswith(EDITIONS):
            raise UnusableFile(f"{editions}: name the file of the editions ({EDITIONS}_….txt.gz).")
        self._authors, self._works = (DumpFile(_beside(editions, part)) for part in ("authors", "works"))
        self._editions = DumpFile(editions)
        self._index_path = editions.with_name(f"{editions.name}.index")
        self._index: WorkIndex | None = None
        parts = (self._authors, self._works, self._editions)
        self.fingerprint = hashlib.sha256("".join(part.fingerprint for part in parts).encode()).hexdigest()

    @property
    def source(self) -> DumpFile:
        """The editions: what an import goes through."""
        return self._editions

    @property
    def parts(self) -> int:
        """Bytes of works and authors."""
        return self._authors.size + self._works.size

    def prepare(self, watch: Callable[[int, int], None]) -> None:
        """Index works and authors, unless an import that was stopped has done so. `watch` is told how many
        bytes were read, and how many records are in.
        """
        if made_of(self._index_path) == f"{self._authors.fingerprint}{self._works.fingerprint}":
            return

        def told(records: int) -> None:
            watch(self._authors.position + self._works.position, records)

        build(self._index_path, self._authors, self._works, told)

    def rows(self) -> Iterator[FileRow]:
        """Every edition; those that cannot be sold with the reason."""
        if self._index is None:
            self._index = WorkIndex(self._index_path)
        for line in self._editions.lines():
            yield self._row(line, self._index)

    def discard_index(self) -> None:
        """The import is through."""
        self._close_index()
        self._index_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files. The index stays for who goes on."""
        self._close_index()
        for part in (self._authors, self._works, self._editions):
            part.close()

    def _row(self, line: DumpLine, index: WorkIndex) -> FileRow:
        cells = (line.key,)
        if line.problem:
            return FileRow(line.number, cells, None, line.problem)
        if line.kind != EDITION:
            return FileRow(line.number, cells, None, f"type: {line.kind[:40]!r} is no edition.")
        try:
            return FileRow(line.number, cells, entry_of(line.record, index.work, index.author))
        except InvalidInput as wrong:
            return FileRow(line.number, cells, None, f"{wrong.field}: {wrong.message}")

    def _close_index(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None


def _beside(editions: Path, part: str) -> Path:
    path = editions.with_name(editions.name.replace("editions", part, 1))
    if not path.exists():
        raise UnusableFile(f"{path} is missing: editions are joined with the {part} of the same dump.")
    return path
