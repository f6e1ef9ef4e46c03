"""Personal data at rest: sealed with the subject's own key, findable only through a blind index."""

from typing import NewType, Protocol

from domain.shared.errors import DomainError

WrappedKey = NewType("WrappedKey", bytes)  # a subject's data key, itself encrypted by the shop's key
Sealed = NewType("Sealed", bytes)


class SubjectErased(DomainError):
    """The subject's key is destroyed: whatever was sealed with it can never be read again."""

    code = "subject_erased"


class PersonalDataVault(Protocol):
    """Envelope encryption. Destroying a subject's wrapped key erases everything sealed with it."""

    def new_key(self) -> WrappedKey:
        """Make a data key for a new subject; store it beside the subject."""
        ...

    def seal(self, key: WrappedKey, place: str, text: str) -> Sealed:
        """Encrypt; `place` (table, row, column) is authenticated, so a sealed value moved elsewhere
        does not open.
        """
        ...

    def open(self, key: WrappedKey, place: str, sealed: Sealed) -> str:
        """Decrypt what was sealed for this very place."""
        ...

    def blind_index(self, purpose: str, text: str) -> bytes:
        """A keyed fingerprint for equality look-ups: the same text gives the same bytes, and nobody
        without the key can test a guess.
        """
        ...
