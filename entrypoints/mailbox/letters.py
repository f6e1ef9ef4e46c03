"""The mails that were taken, one file each, newest first."""

import email
import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import uuid4

MOST_SHOWN: Final = 200  # letters on a page; a torture run writes thousands
_TIME: Final = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail as it was received."""

    id: str
    received_at: datetime
    to: tuple[str, ...]  # the envelope's recipients
    message: EmailMessage

    def text(self) -> str:
        """The plain-text body, empty if there is none."""
        body = self.message.get_body(preferencelist=("plain",))
        return "" if body is None else str(body.get_content())

    def summary(self) -> dict[str, object]:
        """What a list shows, and what tests look at."""
        return {
            "id": self.id,
            "received_at": self.received_at.isoformat().replace("+00:00", "Z"),
            "to": list(self.to),
            "from": str(self.message["From"] or ""),
            "subject": str(self.message["Subject"] or ""),
            "message_id": str(self.message["Message-ID"] or ""),
            "text": self.text(),
        }


class Letters:
    """A folder of letters; its names sort by time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def keep(self, content: bytes, to: Sequence[str], at: datetime) -> None:
        """Write one down: whole or not at all."""
        file = self._folder / f"{at.strftime(_TIME)}-{uuid4().hex[:8]}.eml"
        fresh = file.with_suffix(".new")
        fresh.write_bytes(f"X-Envelope-To: {', '.join(to)}\r\n".encode() + content)
        fresh.replace(file)

    def all(self, recipient: str | None = None) -> Iterator[Letter]:
        """Newest first; with `recipient` only theirs."""
        for file in sorted(self._folder.glob("*.eml"), reverse=True):
            letter = _read(file)
            if recipient is None or recipient in letter.to:
                yield letter

    def newest(self, recipient: str | None = None) -> list[Letter]:
        """As many as a page shows."""
        return list(islice(self.all(recipient), MOST_SHOWN))

    def get(self, letter_id: str) -> Letter | None:
        """The one with that id."""
        return next((letter for letter in self.all() if letter.id == letter_id), None)

    def clear(self) -> None:
        """Throw them all away."""
        for file in self._folder.glob("*.eml"):
            file.unlink(missing_ok=True)


def _read(file: Path) -> Letter:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    return Letter(
        id=file.stem,
        received_at=datetime.strptime(file.stem.partition("-")[0], _TIME).replace(tzinfo=UTC),
        to=tuple(str(message["X-Envelope-To"]).split(", ")),
        message=message,
    )
