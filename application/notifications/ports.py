"""Mails to readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.shared.errors import DomainError


class MailNotAccepted(DomainError):
    """The mail server did not take the mail: send it again under the same key."""

    code = "mail_not_accepted"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, free of how it looks: a sentence or two, then what and how much, then the rest."""

    subject: str
    opening: str
    rows: Sequence[tuple[str, str]] = ()
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `key` is stable: it becomes the Message-ID, so that a mail sent twice is shown once."""

    key: str
    to: str
    name: str
    letter: Letter


class Mailer(Protocol):
    """Hands mails to a server."""

    async def send(self, mail: Mail) -> bool:
        """True: the server took it. False: it never will (no such mailbox), so do not repeat it.
        Raises `MailNotAccepted` when nobody knows, or not now.
        """
        ...
