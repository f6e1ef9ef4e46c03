"""Personal data in the database: unreadable without the shop's keys, and only in its own place."""

import asyncio
from uuid import uuid4

import psycopg
import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.users import PostgresAccountViews
from adapters.postgres.repositories import subject_keys as remembering
from adapters.postgres.repositories.subject_keys import REMEMBERED_AT_MOST, SubjectKeys
from adapters.postgres.tables import metadata
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault, SealBroken
from application.users.rotate_keys import RotateKeys
from application.users.views import Profile
from domain.shared.address import PostalAddress
from domain.shared.ids import UserId
from domain.shared.personal_data import SubjectErased, WrappedKey
from domain.users.email import EmailAddress
from domain.users.errors import NoSuchUser
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.contract.users.test_accounts import NOW

OLD, NEW, INDEX = bytes(32), b"n" * 32, b"i" * 32
VAULT = EnvelopeVault([OLD], INDEX)
NAME, PHONE, STREET = "Wilhelmina Quackenbush", "+15550107777", "77 Quagmire Lane"


async def registered(database: Database, vault: EnvelopeVault = VAULT) -> User:
    email = EmailAddress(f"quackenbush.{uuid4().hex}@example.org")
    user = User.register(UserId(uuid4()), email, NAME, PasswordHash("x"), NOW)
    user.describe(name=NAME, phone=PHONE, address=PostalAddress(NAME, STREET, "Springfield", "01103", "US"))
    async with PostgresUnitOfWork(database, vault)() as work:
        await work.users.add(user)
    return user


async def profile(database: Database, user: User, vault: EnvelopeVault = VAULT) -> Profile:
    return await PostgresAccountViews(database, vault).profile(user.id)


async def execute(database: Database, sql: str, *values: object) -> None:
    async with database.connection() as connection:
        await connection.raw.execute(sql.encode(), values)


async def test_no_table_shows_who_somebody_is(accounts_url: str, database: Database) -> None:
    user = await registered(database)
    with psycopg.connect(accounts_url) as connection:
        dump = "\n".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(f'SELECT t::text FROM "{table.name}" t'.encode())  # noqa: S608 - our own tables
        )
    assert str(user.id) in dump
    for secret in (user.email.value, "quackenbush", NAME, PHONE, STREET, "Springfield"):
        assert secret.lower() not in dump.lower()
        assert secret.encode().hex() not in dump


@pytest.mark.parametrize("column", ["email", "name", "phone", "address"])
async def test_a_value_copied_into_another_row_does_not_open(database: Database, column: str) -> None:
    victim, thief = await registered(database), await registered(database)
    await execute(
        database,
        f"UPDATE users SET {column} = (SELECT {column} FROM users WHERE id = %s) WHERE id = %s",  # noqa: S608 - a test's own columns
        victim.id,
        thief.id,
    )
    with pytest.raises(SealBroken):
        await profile(database, thief)


async def test_not_even_together_with_its_key(database: Database) -> None:
    victim, thief = await registered(database), await registered(database)
    await execute(
        database, "UPDATE users SET phone = name, address = NULL WHERE id = %s", victim.id
    )  # within one subject, between columns
    with pytest.raises(SealBroken):
        await profile(database, victim)
    await execute(
        database,
        "UPDATE users u SET name = v.name FROM users v WHERE u.id = %s AND v.id = %s",
        thief.id,
        victim.id,
    )
    await execute(
        database,
        "UPDATE subject_keys k SET wrapped = v.wrapped FROM subject_keys v "
        "WHERE k.user_id = %s AND v.user_id = %s",
        thief.id,
        victim.id,
    )
    with pytest.raises(SealBroken):
        await profile(database, thief)


async def test_keys_are_rotated_while_the_shop_is_open(database: Database) -> None:
    readers = [await registered(database) for _ in range(20)]
    both = EnvelopeVault([NEW, OLD], INDEX)
    work = PostgresUnitOfWork(database, both)
    rotation_done = asyncio.Event()

    async def keep_reading() -> int:
        reads = 0
        while not rotation_done.is_set():
            for reader in readers:
                assert (await profile(database, reader, both)).name == NAME
                reads += 1
        return reads

    reading = asyncio.create_task(keep_reading())
    async for _ in RotateKeys(work, both)():
        await asyncio.sleep(0)
    newcomer = await registered(database, both)
    rotation_done.set()
    assert await reading > 0
    only_new = EnvelopeVault([NEW], INDEX)
    for reader in (*readers, newcomer):
        assert (await profile(database, reader, only_new)).email == reader.email.value


async def test_destroying_the_key_erases_the_person(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await registered(database)
    async with database.connection() as connection:
        key = await SubjectKeys(connection).of(user.id)
    await execute(database, "DELETE FROM subject_keys WHERE user_id = %s", user.id)
    with pytest.raises(NoSuchUser):
        await profile(database, user)
    async with database.connection() as connection:
        assert await SubjectKeys(connection).of(user.id) == key  # remembered, half a minute at most
    later = remembering.time.monotonic() + remembering.REMEMBERED_FOR
    monkeypatch.setattr(remembering.time, "monotonic", lambda: later)
    async with database.connection() as connection:
        with pytest.raises(SubjectErased):
            await SubjectKeys(connection).of(user.id)


async def test_a_key_erased_during_a_rotation_stays_erased(database: Database) -> None:
    user = await registered(database)
    async with database.connection() as connection:
        keys = SubjectKeys(connection)
        key = await keys.of(user.id)
        await execute(database, "DELETE FROM subject_keys WHERE user_id = %s", user.id)
        assert not await keys.replace(user.id, key, WrappedKey(b"rewrapped"))


async def test_a_process_remembers_a_bounded_number_of_keys(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await registered(database)
    full = {UserId(uuid4()): (WrappedKey(b""), 0.0) for _ in range(REMEMBERED_AT_MOST)}
    monkeypatch.setattr(remembering, "_remembered", full)
    async with database.connection() as connection:
        await SubjectKeys(connection).of(user.id)
    assert set(remembering._remembered) == {user.id}
