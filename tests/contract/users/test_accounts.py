"""What every keeper of accounts and sessions must do, in memory and in PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.users import PostgresAccounts, PostgresAccountViews
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.users.views import AccountViews, Profile
from domain.shared.address import PostalAddress
from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.errors import EmailTaken, NoSuchSession, NoSuchUser
from domain.users.password import PasswordHash
from domain.users.ports import Accounts, Credentials, Sessions, Users
from domain.users.principal import Role
from domain.users.session import REFRESH_LIFETIME, Session, fingerprint
from domain.users.user import User
from tests.fakes.users import InMemoryAccounts, InMemoryAccountViews
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=10)
VAULT = EnvelopeVault([bytes(32)], bytes(32))
HOME = PostalAddress("Jane Roe", "1 Main St", "Springfield", "01103", "US", line2="Apt 4", region="MA")


class AccountWork:
    users: Users
    sessions: Sessions


class World:
    """Opens transactions over accounts, and looks things up outside of them."""

    def __init__(
        self,
        opened: Callable[[], AbstractAsyncContextManager[AccountWork]],
        accounts: Accounts,
        views: AccountViews,
    ) -> None:
        self.opened = opened
        self.accounts = accounts
        self.views = views

    async def registered(self) -> User:
        email = EmailAddress(f"{uuid4().hex}@example.org")
        user = User.register(UserId(uuid4()), email, "Jane Roe", PasswordHash("hash"), NOW)
        async with self.opened() as work:
            await work.users.add(user)
        return user

    async def signed_in(self, user: User, token: str, at: datetime = NOW) -> Session:
        session = Session.start(SessionId(uuid4()), user.id, "Firefox", fingerprint(token), at)
        async with self.opened() as work:
            await work.sessions.add(session)
        return session

    async def renewed(self, token: str, successor: str, at: datetime) -> bool | None:
        async with self.opened() as work:
            found = await work.sessions.holding(fingerprint(token))
            if found is None:
                return None
            session, presented = found
            renewed = session.renew(presented, fingerprint(successor), at)
            await work.sessions.save(session)
        return renewed


@pytest.fixture(params=["in memory", "PostgreSQL"])
def world(request: pytest.FixtureRequest, database: Database) -> World:
    if request.param == "in memory":
        work = InMemoryWork()
        kept = work.users, work.sessions
        return World(InMemoryUnitOfWork(work), InMemoryAccounts(*kept), InMemoryAccountViews(*kept))
    accounts, views = PostgresAccounts(database, VAULT), PostgresAccountViews(database, VAULT)
    return World(PostgresUnitOfWork(database, VAULT), accounts, views)


async def test_an_account_comes_back_as_it_was_kept(world: World) -> None:
    user = await world.registered()
    async with world.opened() as work:
        assert await work.users.get(user.id) == user
    async with world.opened() as work:
        assert await work.users.find(user.email) == user


async def test_every_change_of_an_account_is_kept(world: World) -> None:
    user = await world.registered()
    new_email = EmailAddress(f"{uuid4().hex}@example.org")
    async with world.opened() as work:
        known = await work.users.get(user.id)
        known.describe(name="Ann", phone="+15550109999", address=HOME)
        known.change_email(new_email)
        known.change_password(PasswordHash("another"))
        known.grant(Role.ADMIN, None, NOW)
        await work.users.save(known)
    changed = replace(user, name="Ann", phone="+15550109999", address=HOME, email=new_email)
    changed.change_password(PasswordHash("another"))
    changed.grant(Role.ADMIN, None, NOW)
    async with world.opened() as work:
        assert await work.users.get(user.id) == changed
        with pytest.raises(NoSuchUser):
            await work.users.find(user.email)


async def test_what_is_removed_from_an_account_is_gone(world: World) -> None:
    user = await world.registered()
    for phone, address, role in (("12345", HOME, True), (None, None, False)):
        async with world.opened() as work:
            known = await work.users.get(user.id)
            known.describe(name="Jane Roe", phone=phone, address=address)
            (known.grant if role else known.revoke)(Role.STAFF, None, NOW)
            await work.users.save(known)
    async with world.opened() as work:
        assert await work.users.get(user.id) == user


async def test_one_address_belongs_to_one_account(world: World) -> None:
    first, second = await world.registered(), await world.registered()
    double = User.register(UserId(uuid4()), first.email, "Eve", PasswordHash("x"), NOW)
    with pytest.raises(EmailTaken):
        async with world.opened() as work:
            await work.users.add(double)
    second.change_email(first.email)
    with pytest.raises(EmailTaken):
        async with world.opened() as work:
            await work.users.save(second)


async def test_whoever_does_not_exist_is_not_found(world: World) -> None:
    nobody = UserId(uuid4())
    with pytest.raises(NoSuchUser):
        async with world.opened() as work:
            await work.users.get(nobody)
    with pytest.raises(NoSuchUser):
        async with world.opened() as work:
            await work.users.find(EmailAddress("nobody@example.org"))
    with pytest.raises(NoSuchUser):
        await world.views.profile(nobody)
    assert await world.accounts.credentials(EmailAddress("nobody@example.org")) is None


async def test_credentials_are_found_by_address(world: World) -> None:
    user = await world.registered()
    assert await world.accounts.credentials(user.email) == Credentials(user.id, PasswordHash("hash"))


async def test_a_profile_shows_the_account(world: World) -> None:
    user = await world.registered()
    assert await world.views.profile(user.id) == Profile.of(user)


async def test_staff_are_found_by_role(world: World) -> None:
    user, other = await world.registered(), await world.registered()
    async with world.opened() as work:
        known = await work.users.get(user.id)
        known.grant(Role.STAFF, None, NOW)
        await work.users.save(known)
    found = {profile.id for profile in await world.views.with_role(Role.STAFF)}
    assert user.id in found
    assert other.id not in found


async def test_roles_are_those_of_this_moment_while_the_session_is_open(world: World) -> None:
    user = await world.registered()
    session = await world.signed_in(user, uuid4().hex)
    assert await world.accounts.roles_in(session.id, user.id) == {Role.READER}
    async with world.opened() as work:
        known = await work.users.get(user.id)
        known.grant(Role.STAFF, None, NOW)
        await work.users.save(known)
    assert await world.accounts.roles_in(session.id, user.id) == {Role.READER, Role.STAFF}
    assert await world.accounts.roles_in(session.id, UserId(uuid4())) is None
    assert await world.accounts.roles_in(SessionId(uuid4()), user.id) is None
    async with world.opened() as work:
        open_session = await work.sessions.get(session.id, user.id)
        open_session.end(SOON)
        await work.sessions.save(open_session)
    assert await world.accounts.roles_in(session.id, user.id) is None


async def test_a_session_comes_back_as_it_was_kept(world: World) -> None:
    user, token = await world.registered(), uuid4().hex
    session = await world.signed_in(user, token)
    async with world.opened() as work:
        assert await work.sessions.get(session.id, user.id) == session
        assert await work.sessions.holding(fingerprint(token)) == (session, session.live)
        assert await work.sessions.holding(fingerprint("unknown")) is None
        with pytest.raises(NoSuchSession):
            await work.sessions.get(session.id, UserId(uuid4()))


async def test_an_exchanged_token_is_known_as_spent_and_its_successor_as_live(world: World) -> None:
    user, first, second = await world.registered(), uuid4().hex, uuid4().hex
    await world.signed_in(user, first)
    assert await world.renewed(first, second, SOON)
    async with world.opened() as work:
        session, presented = await work.sessions.holding(fingerprint(first)) or pytest.fail("forgotten")
    assert presented.spent_at == SOON
    assert session.live.fingerprint == fingerprint(second)
    assert session.live.parent == fingerprint(first)
    assert session.live.expires_at == SOON + REFRESH_LIFETIME
    assert session.last_used_at == SOON


async def test_a_token_asked_about_again_stays_spent_since_the_first_time(world: World) -> None:
    user, first = await world.registered(), uuid4().hex
    await world.signed_in(user, first)
    await world.renewed(first, uuid4().hex, NOW)
    await world.renewed(first, uuid4().hex, NOW + timedelta(seconds=9))
    async with world.opened() as work:
        _, presented = await work.sessions.holding(fingerprint(first)) or pytest.fail("forgotten")
    assert presented.spent_at == NOW


async def test_a_second_use_ends_the_session_for_good(world: World) -> None:
    user, first, second = await world.registered(), uuid4().hex, uuid4().hex
    session = await world.signed_in(user, first)
    await world.renewed(first, second, NOW)
    assert await world.renewed(first, uuid4().hex, SOON) is False
    assert await world.renewed(second, uuid4().hex, SOON) is None
    assert await world.renewed(first, uuid4().hex, SOON) is None
    assert await world.accounts.roles_in(session.id, user.id) is None


async def test_open_sessions_are_listed_latest_first_as_long_as_they_can_go_on(world: World) -> None:
    user, token = await world.registered(), uuid4().hex
    older = await world.signed_in(user, token)
    newer = await world.signed_in(user, uuid4().hex, SOON)
    await world.signed_in(await world.registered(), uuid4().hex)
    assert [s.id for s in await world.views.open_sessions(user.id, SOON)] == [newer.id, older.id]
    await world.renewed(token, uuid4().hex, SOON + timedelta(seconds=1))
    listed = await world.views.open_sessions(user.id, SOON + timedelta(seconds=1))
    assert [s.id for s in listed] == [older.id, newer.id]
    assert await world.views.open_sessions(user.id, SOON + timedelta(days=60)) == []


async def test_all_sessions_but_one_or_none_are_ended_together(world: World) -> None:
    user, other = await world.registered(), await world.registered()
    kept, *_ = [await world.signed_in(user, uuid4().hex) for _ in range(3)]
    untouched = await world.signed_in(other, uuid4().hex)
    async with world.opened() as work:
        assert await work.sessions.end_all(user.id, SOON, but=kept.id) == 2
    assert [s.id for s in await world.views.open_sessions(user.id, SOON)] == [kept.id]
    async with world.opened() as work:
        assert await work.sessions.end_all(user.id, SOON, but=None) == 1
        assert await work.sessions.end_all(user.id, SOON, but=None) == 0
    assert [s.id for s in await world.views.open_sessions(other.id, SOON)] == [untouched.id]
