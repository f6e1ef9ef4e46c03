"""Passwords are hashed slowly, aside, and at the same cost whoever asks."""

import asyncio
import os
import sys
import threading

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from adapters.security.passwords import MOST_WAITING, Argon2Passwords
from domain.users.errors import SignInBusy
from domain.users.password import PasswordHash


@pytest.fixture(scope="module")
def passwords() -> Argon2Passwords:
    return Argon2Passwords()


async def test_a_hash_is_argon2id_with_parameters_owasp_lists_and_its_own_salt(
    passwords: Argon2Passwords,
) -> None:
    first, second = [await passwords.hash("seven blue herons") for _ in range(2)]
    assert first.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert first != second
    assert passwords._argon2.type is Type.ID
    assert "heron" not in first


async def test_only_the_password_matches_its_hash(passwords: Argon2Passwords) -> None:
    known = await passwords.hash("seven blue herons")
    assert await passwords.matches("seven blue herons", known)
    assert not await passwords.matches("seven blue heron", known)
    assert not await passwords.matches("", known)


async def test_two_keyboards_type_one_password(passwords: Argon2Passwords) -> None:
    known = await passwords.hash("cafe\u0301 au lait")
    assert await passwords.matches("café au lait", known)


async def test_no_account_at_all_never_matches_and_is_checked_like_any_other(
    passwords: Argon2Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Watching:
        def verify(self, known: str, password: str) -> bool:
            checked.append(known)
            return real.verify(known, password)

    real = passwords._argon2
    monkeypatch.setattr(passwords, "_argon2", Watching())
    assert not await passwords.matches("seven blue herons", None)
    assert checked == [passwords._nobody]
    assert not real.check_needs_rehash(checked[0])


def test_a_hash_with_weaker_parameters_is_outdated(passwords: Argon2Passwords) -> None:
    weak = PasswordHash(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords._nobody)


async def test_a_flood_has_one_polite_thread(passwords: Argon2Passwords) -> None:
    seen: list[tuple[int, int]] = []

    def look() -> None:
        niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        seen.append((threading.get_native_id(), niceness))

    await asyncio.gather(*(passwords._aside(look) for _ in range(50)))
    assert len({thread for thread, _ in seen}) == 1
    if sys.platform == "linux":
        assert {niceness for _, niceness in seen} == {10}
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == 0


async def test_whoever_would_wait_too_long_is_told_at_once(passwords: Argon2Passwords) -> None:
    free = threading.Event()
    waiting = [asyncio.create_task(passwords._aside(free.wait)) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(SignInBusy):
        await passwords.hash("seven blue herons")
    free.set()
    await asyncio.gather(*waiting)
    assert await passwords.hash("seven blue herons")


async def test_somebody_who_left_makes_room(passwords: Argon2Passwords) -> None:
    free = threading.Event()
    waiting = [asyncio.create_task(passwords._aside(free.wait)) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    waiting[-1].cancel()
    await asyncio.gather(waiting[-1], return_exceptions=True)
    assert passwords._waiting == MOST_WAITING - 1
    free.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert passwords._waiting == 0
