"""Many exchange one refresh token at once: never do two lineages live (RFC 9700)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.users import PostgresAccounts
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.random_secrets import RandomSecrets
from adapters.security.vault import EnvelopeVault
from application.users.refresh_session import RefreshSession
from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.errors import RefreshTokenRejected
from domain.users.password import PasswordHash
from domain.users.session import REFRESH_LIFETIME, Session, fingerprint
from domain.users.user import User

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VAULT = EnvelopeVault([bytes(32)], bytes(32))
AT_ONCE = 50
Tick = Callable[[], datetime]


class Clock:
    def __init__(self, now: Tick) -> None:
        self.now = now


class Reader:
    """One signed-in device over PostgreSQL."""

    def __init__(self, database: Database, tick: Tick = lambda: NOW) -> None:
        self.first = uuid4().hex
        self._work = PostgresUnitOfWork(database, VAULT)
        self._refresh = RefreshSession(
            self._work, Ed25519AccessTokens(bytes(32)), RandomSecrets(), Clock(tick)
        )
        self._accounts = PostgresAccounts(database, VAULT)
        self._session = Session.start(
            SessionId(uuid4()), UserId(uuid4()), "Firefox", fingerprint(self.first), NOW
        )

    async def sign_in(self) -> None:
        email = EmailAddress(f"{uuid4().hex}@example.org")
        user = User.register(self._session.user_id, email, "Jane", PasswordHash("x"), NOW)
        async with self._work() as work:
            await work.users.add(user)
            await work.sessions.add(self._session)

    async def exchange(self, token: str) -> str | None:
        try:
            return (await self._refresh(token)).refresh_token
        except RefreshTokenRejected:
            return None

    async def at_once(self, *tokens: str) -> list[str]:
        """The successors that were handed out."""
        answers = await asyncio.gather(*(self.exchange(token) for token in tokens))
        return [answer for answer in answers if answer is not None]

    async def is_signed_in(self) -> bool:
        found = await self._accounts.roles_in(self._session.id, self._session.user_id)
        return found is not None


async def signed_in(database: Database, tick: Tick = lambda: NOW) -> Reader:
    reader = Reader(database, tick)
    await reader.sign_in()
    return reader


async def test_of_many_answers_within_the_grace_exactly_one_carries_on(database: Database) -> None:
    reader = await signed_in(database)
    answers = await reader.at_once(*[reader.first] * AT_ONCE)
    assert len(set(answers)) == AT_ONCE  # whoever asked has an answer, as if the others had been lost
    assert await reader.is_signed_in()
    async with database.connection() as connection:
        cursor = await connection.raw.execute(
            "SELECT count(*) FROM refresh_tokens WHERE session_id = %s AND spent_at IS NULL",
            (reader._session.id,),
        )
        assert (await cursor.fetchone())[0] == 1  # type: ignore[index] # a count has a row


async def test_two_who_go_on_from_a_race_end_the_session_for_both(database: Database) -> None:
    reader = await signed_in(database)
    one, other = await reader.at_once(reader.first, reader.first)
    carried_on = await reader.at_once(one, other)
    assert len(carried_on) <= 1
    assert not await reader.is_signed_in()
    assert await reader.at_once(*carried_on, one, other, reader.first) == []


async def test_a_race_after_the_grace_gives_nobody_anything_and_ends_the_session(database: Database) -> None:
    now = NOW
    reader = await signed_in(database, lambda: now)
    successor = await reader.exchange(reader.first)
    now += timedelta(seconds=11)
    assert await reader.at_once(*[reader.first] * AT_ONCE) == []
    assert not await reader.is_signed_in()
    assert await reader.exchange(str(successor)) is None


@pytest.mark.parametrize("rounds", [20])
async def test_however_a_race_goes_on_never_do_two_lineages_live(database: Database, rounds: int) -> None:
    reader = await signed_in(database)
    tokens = {reader.first}
    for _ in range(rounds):
        answers = await reader.at_once(*list(tokens)[:5] * 3)
        tokens |= set(answers)
    # Every token ever handed out is tried in turn: at most one chain of successors goes on.
    goes_on = [token for token in tokens if await reader.exchange(token) is not None]
    assert len(goes_on) <= 1


async def test_the_database_itself_refuses_a_second_live_token(database: Database) -> None:
    reader = await signed_in(database)
    with pytest.raises(psycopg.errors.UniqueViolation):
        async with database.connection() as connection:
            await connection.raw.execute(
                "INSERT INTO refresh_tokens (fingerprint, session_id, expires_at) VALUES ('x', %s, now())",
                (reader._session.id,),
            )


async def test_tokens_left_lying_are_cleared_away_at_the_next_sign_in(database: Database) -> None:
    reader = await signed_in(database)
    user_id, later = reader._session.user_id, NOW + REFRESH_LIFETIME
    again = Session.start(SessionId(uuid4()), user_id, "Firefox", fingerprint(uuid4().hex), later)
    async with PostgresUnitOfWork(database, VAULT)() as work:
        await work.sessions.add(again)
    async with database.connection() as connection:
        cursor = await connection.raw.execute(
            "SELECT count(*) FROM refresh_tokens WHERE session_id = %s", (reader._session.id,)
        )
        assert (await cursor.fetchone())[0] == 0  # type: ignore[index] # a count has a row
