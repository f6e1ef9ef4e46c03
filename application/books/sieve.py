"""Which rows of a file may go in, judged by the rows before them and the shelves of the shop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from application.books.catalogue_files import FileRow
from domain.books.category import CategoryTree
from domain.shared.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and the reason to refuse it, if there is one. The first good row of a work `leads`."""

    row: FileRow
    refused: str = ""
    leads: bool = False


class Sieve:
    """Remembers one number for each ISBN and each work it has seen: some 100 MB for a million books."""

    def __init__(self, tree: CategoryTree) -> None:
        self._tree = tree
        self._line_of: dict[int, int] = {}
        self._works: set[int] = set()

    def judge(self, row: FileRow) -> Judged:
        """Refuse what is misread, stands on an unknown shelf, or was there before."""
        if row.entry is None:
            return Judged(row, row.problem)
        try:
            self._tree.require_known(row.entry.edition.categories)
        except InvalidInput as unknown:
            return Judged(row, f"{unknown.field}: {unknown.message}")
        line = self._line_of.setdefault(int(row.entry.isbn.value), row.line)
        if line != row.line:
            return Judged(row, f"isbn: {row.entry.isbn} stands on line {line} already.")
        work = hash(row.entry.work.key)
        leads = work not in self._works
        self._works.add(work)
        return Judged(row, leads=leads)

    def batches(self, rows: Iterable[FileRow], *, after: int, size: int) -> Iterator[list[Judged]]:
        """Judged rows beyond line `after`, so many at a time. Those before it are judged too: they are in
        already, and later ones may repeat them.
        """
        judged = (self.judge(row) for row in rows)
        news = (found for found in judged if found.row.line > after)
        while batch := list(islice(news, size)):
            yield batch
