"""A text file read once, which knows its fingerprint and how far it was read."""

import hashlib
import io
from pathlib import Path


class UnusableFile(Exception):
    """The file as a whole cannot be imported; the message says why."""


class Source:
    """UTF-8 text, with or without a byte-order mark. A byte that is not UTF-8 spoils its row only: it is
    carried along as a lone surrogate, which no field accepts and the reject file writes back as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as bytes_:
                self.fingerprint = hashlib.file_digest(bytes_, "sha256").hexdigest()
            self.size = path.stat().st_size
            self._bytes = path.open("rb")
        except OSError as problem:
            raise UnusableFile(f"{path}: {problem.strerror}.") from problem
        self.text = io.TextIOWrapper(self._bytes, encoding="utf-8-sig", errors="surrogateescape", newline="")

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self.size if self._bytes.closed else self._bytes.tell()

    def close(self) -> None:
        """Let go of the file."""
        self.text.close()
