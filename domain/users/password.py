"""What makes a password acceptable, and the port to what hashes it."""

from typing import Final, NewType, Protocol

from domain.shared.errors import InvalidInput

PasswordHash = NewType("PasswordHash", str)

SHORTEST: Final = 8  # NIST SP 800-63B; length is the reader's choice, character classes are not demanded
LONGEST: Final = 256  # room for any pass phrase; a bound, because hashing reads all of it
# What every guessing list starts with, of those that are long enough; throttling slows down the rest.
_GUESSED_FIRST: Final = frozenset(
    {
        *("12345678", "123456789", "1234567890", "87654321", "123123123", "11111111", "00000000"),
        *("password", "password1", "passw0rd", "qwerty123", "qwertyuiop", "1q2w3e4r", "1qaz2wsx"),
        *("iloveyou", "sunshine", "princess", "football", "baseball", "changeme", "abcd1234"),
    }
)


class PasswordHasher(Protocol):
    """Slow on purpose, and away from everything that must stay quick. Both raise `SignInBusy`."""

    async def hash(self, password: str) -> PasswordHash:
        """Hash with a salt of its own."""
        ...

    async def matches(self, password: str, known: PasswordHash | None) -> bool:
        """Whether the password made this hash. None (no such account) costs the same and never matches."""
        ...

    def is_outdated(self, known: PasswordHash) -> bool:
        """Whether today's parameters are stronger than those of the hash."""
        ...


def new_password(text: str, *others: str) -> str:
    """Accept a new password; `others` are facts about its owner that it must not repeat."""
    if not SHORTEST <= len(text) <= LONGEST:
        raise InvalidInput("password", f"Use {SHORTEST} to {LONGEST} characters.")
    lowered = text.lower()
    if lowered in _GUESSED_FIRST or len(set(text)) == 1 or lowered in {other.lower() for other in others}:
        raise InvalidInput("password", "This password is among the first ones guessed; choose another.")
    return text
