"""Mails to readers."""

from dataclasses import dataclass
from typing import Protocol

from domain.shared.errors import DomainError


class MailNotAccepted(DomainError):
    """The mail server did not take the mail: send it again under the same key."""

    code = "mail_not_accepted"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `key` is stable: it becomes the Message-ID, so that a mail sent twice is shown once."""

    key: str
    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Hands mails to a server."""

    async def send(self, mail: Mail) -> None:
        """Raises `MailNotAccepted`."""
        ...
