"""Argon2id, off the event loop and politely: a flood of sign-ins must not slow down browsing."""

import asyncio
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.users.errors import SignInBusy
from domain.users.password import PasswordHash

# OWASP's strongest listed trade of memory for time: 46 MiB once, about 35 ms on one core.
MEMORY_KIB: Final = 47_104
PASSES: Final = 1
LANES: Final = 1
THREADS: Final = 1  # a process: the other core, and most of this one, belong to everybody else
MOST_WAITING: Final = 300  # ten seconds of work; whoever comes later would not wait that long anyway
_NICE: Final = 10  # the scheduler gives a browsing reader nine turns for one of a sign-in

T = TypeVar("T")


class Argon2Passwords:
    """The `PasswordHasher` port."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._threads = ThreadPoolExecutor(THREADS, "passwords", initializer=_step_back)
        self._waiting = 0
        self._nobody = PasswordHash(self._argon2.hash(secrets.token_bytes(16)))

    async def hash(self, password: str) -> PasswordHash:
        """Hash with a fresh salt."""
        return PasswordHash(await self._aside(lambda: self._argon2.hash(_composed(password))))

    async def matches(self, password: str, known: PasswordHash | None) -> bool:
        """Verify; for no account at all, verify against a hash that nothing matches."""
        against = self._nobody if known is None else known
        return await self._aside(lambda: self._verify(against, _composed(password)))

    def is_outdated(self, known: PasswordHash) -> bool:
        """Whether it was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(known)

    def _verify(self, against: PasswordHash, password: str) -> bool:
        try:
            return self._argon2.verify(against, password)
        except VerifyMismatchError:
            return False

    async def _aside(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise SignInBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _composed(password: str) -> str:
    """NIST SP 800-63B: one password typed on two keyboards is one password."""
    return unicodedata.normalize("NFKC", password)


def _step_back() -> None:
    if sys.platform == "linux":  # elsewhere niceness belongs to the whole process
        os.nice(_NICE)
