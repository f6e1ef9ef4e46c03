"""The one family of errors the core raises."""

from typing import ClassVar


class DomainError(Exception):
    """A rule of the shop said no.

    `code` is stable and travels to clients and processes; `message` says what was wrong and what to do;
    `details` are facts a program can act on (never personal data).
    """

    code: ClassVar[str] = "domain_error"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidInput(DomainError):
    """A value breaks a rule; `field` names it the way the caller wrote it."""

    code = "invalid_input"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class StaleVersion(DomainError):
    """Somebody else changed the thing since it was read: read it again and decide anew."""

    code = "stale_version"
