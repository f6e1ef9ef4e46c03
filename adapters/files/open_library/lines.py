"""The lines of a dump: type, key, revision, date and the record as JSON, between tabs; gzipped or not."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from adapters.files.source import UnusableFile

COLUMNS: Final = 5
BUFFER: Final = 1024 * 1024  # bytes; asking the unpacker for every line would cost a third of the time
LONGEST_LINE: Final = 8 * 1024 * 1024  # bytes; whole tables of contents are in some, and none is as long
_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class DumpLine:
    """One record, or what is wrong with the line; `key` is as far as it could be read."""

    number: int
    kind: str
    key: str
    record: dict[str, Any]
    problem: str = ""


class DumpFile:
    """One of the files, read once from front to back. It knows its fingerprint and how far it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as packed:
                self.fingerprint = hashlib.file_digest(packed, "sha256").hexdigest()
            self.size = path.stat().st_size
            self._packed = path.open("rb")
        except OSError as problem:
            raise UnusableFile(f"{path}: {problem.strerror}.") from problem

    @property
    def position(self) -> int:
        """Bytes read so far, of those on the disk."""
        return self.size if self._packed.closed else self._packed.tell()

    def lines(self) -> Iterator[DumpLine]:
        """Every line, good and bad. Raises UnusableFile where the file itself breaks off."""
        number = 0
        try:
            for line in _bounded(self._plain()):
                number += 1
                yield _read(number, line)
        except (OSError, EOFError, zlib.error) as damage:
            raise UnusableFile(f"{self.path} is damaged after line {number}: {damage}.") from damage

    def _plain(self) -> io.BufferedReader:
        if self.path.suffix != ".gz":
            return self._packed
        return io.BufferedReader(gzip.GzipFile(fileobj=self._packed), BUFFER)

    def close(self) -> None:
        """Let go of the file."""
        self._packed.close()


def _bounded(file: io.BufferedReader) -> Iterator[bytes]:
    """Lines; of one that is too long only the beginning, which no JSON is."""
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _read(number: int, line: bytes) -> DumpLine:
    parts = line.rstrip(b"\r\n").split(b"\t", COLUMNS - 1)
    key = parts[1].decode(errors="replace") if len(parts) > 1 else ""
    if len(parts) != COLUMNS:
        return DumpLine(number, "", key, {}, f"There are {len(parts)} columns here, and {COLUMNS} in a dump.")
    kind = parts[0].decode(errors="replace")
    try:
        return DumpLine(number, kind, key, _decode(parts[COLUMNS - 1]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        return DumpLine(number, kind, key, {}, f"The record cannot be read: {wrong}.")
