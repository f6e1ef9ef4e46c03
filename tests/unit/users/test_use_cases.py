"""Who may sign in, go on, and change what, on accounts in memory."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from adapters.redis.attempts_in_process import AttemptsInProcess
from adapters.security.access_tokens import LIFETIME, Ed25519AccessTokens
from adapters.security.device_tokens import SignedDeviceTokens
from adapters.security.vault import EnvelopeVault
from application.users.authenticate import Authenticate
from application.users.change_profile import ChangeProfile, ProfileChange
from application.users.change_roles import GrantRole, RevokeRole
from application.users.end_sessions import EndOtherSessions, EndSession
from application.users.erase_account import EraseOwnAccount
from application.users.list_sessions import ListSessions
from application.users.log_in import LogIn, SignedIn, SignIn
from application.users.refresh_session import RefreshSession
from application.users.register_user import RegisterUser, Registration
from application.users.rotate_keys import BATCH, RotateKeys
from application.users.throttle import Source, Throttle
from application.users.views import Profile
from domain.shared.ids import SessionId, UserId
from domain.users.attempts import REGISTRATIONS
from domain.users.email import EmailAddress
from domain.users.errors import (
    EmailTaken,
    NoSuchSession,
    NoSuchUser,
    RefreshTokenRejected,
    TooManyAttempts,
    WrongCredentials,
)
from domain.users.password import PasswordHash
from domain.users.principal import NotAllowed, NotAuthenticated, Principal, Role
from domain.users.session import GRACE, REFRESH_LIFETIME, RefreshTokenReused
from tests.fakes.users import InMemoryAccounts, InMemoryAccountViews, InMemorySubjectKeys, PlainPasswords
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

HOME, ELSEWHERE = Source("203.0.113.7"), Source("198.51.100.9")
JANE, PASSWORD = "jane@example.org", "seven blue herons"
QUARTER = timedelta(minutes=15)


class House:
    """Everything about accounts, on one clock."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.books = InMemoryWork()
        self.passwords = PlainPasswords()
        self._ids, self._secrets = count(1), count(1)
        work = InMemoryUnitOfWork(self.books)
        tokens = Ed25519AccessTokens(bytes(32))
        kept = self.books.users, self.books.sessions
        accounts, views = InMemoryAccounts(*kept), InMemoryAccountViews(*kept)
        vault, devices = EnvelopeVault([bytes(32)], bytes(32)), SignedDeviceTokens(bytes(32))
        self.throttle = throttle = Throttle(AttemptsInProcess(), vault, devices, self)
        self.register_user = RegisterUser(
            unit_of_work=work, passwords=self.passwords, throttle=throttle, ids=self, clock=self
        )
        self.log_in = LogIn(
            accounts=accounts,
            unit_of_work=work,
            passwords=self.passwords,
            throttle=throttle,
            tokens=tokens,
            secrets=self,
            ids=self,
            clock=self,
        )
        self.refresh = RefreshSession(work, tokens, self, self)
        self.authenticate = Authenticate(tokens, accounts, self)
        self.end_session = EndSession(work, self)
        self.end_others = EndOtherSessions(work, self)
        self.list_sessions = ListSessions(views, self)
        self.change_profile = ChangeProfile(work, self.passwords, throttle, self)
        self.erase = EraseOwnAccount(work, self.passwords, throttle, self)
        self.grant, self.revoke = GrantRole(work, self), RevokeRole(work, self)

    def now(self) -> datetime:
        return self.time

    def new(self) -> UUID:
        return UUID(int=next(self._ids))

    def refresh_token(self) -> str:
        return f"refresh token {next(self._secrets)}"

    def wait(self, span: timedelta) -> None:
        self.time += span

    async def register(self, email: str = JANE, source: Source | None = HOME) -> Profile:
        return (await self.register_user(Registration(email, PASSWORD, "Jane Roe", source))).profile

    async def sign_in(self, password: str = PASSWORD, source: Source = HOME, email: str = JANE) -> SignedIn:
        return await self.log_in(SignIn(email, password, source, "Firefox"))

    async def principal(self, email: str = JANE) -> Principal:
        return await self.authenticate((await self.sign_in(email=email)).tokens.access_token)

    async def guess(self, source: Source, times: int) -> list[str]:
        """What becomes of so many guesses in a row."""
        return [await self._guess(f"guess {n}", source) for n in range(times)]

    async def _guess(self, password: str, source: Source) -> str:
        try:
            await self.sign_in(password, source)
        except WrongCredentials:
            return "wrong"
        except TooManyAttempts:
            return "refused"
        return "in"


@pytest.fixture
def house() -> House:
    return House()


async def test_signing_in_gives_a_token_that_says_who_is_asking(house: House) -> None:
    jane = await house.register()
    principal = await house.principal()
    assert (principal.user_id, principal.roles) == (jane.id, {Role.READER})


async def test_no_secret_shows_where_a_request_is_printed(house: House) -> None:
    given: list[Any] = [
        Registration(JANE, PASSWORD, "Jane Roe", HOME),
        SignIn(JANE, PASSWORD, HOME, "Firefox"),
        ProfileChange(name="Jane Roe", email=JANE, password=PASSWORD, current_password=PASSWORD),
    ]
    await house.register()
    signed_in = await house.sign_in()
    printed = repr([*given, signed_in])
    for secret in (
        JANE,
        PASSWORD,
        "Jane",
        HOME.address,
        signed_in.tokens.refresh_token,
        signed_in.device_token,
    ):
        assert secret not in printed


async def test_an_unknown_address_costs_a_check_of_a_password_too(house: House) -> None:
    await house.register()
    for email in (JANE, "nobody@example.org"):
        with pytest.raises(WrongCredentials):
            await house.sign_in("a guess of mine", email=email)
    assert len(house.passwords.checked) == 2
    assert house.passwords.checked[1] is None


async def test_a_password_hashed_with_old_parameters_is_hashed_anew_at_the_next_sign_in(house: House) -> None:
    jane = await house.register()
    house.books.users.kept[jane.id].password_hash = PasswordHash(f"outdated hash of {PASSWORD}")
    with pytest.raises(WrongCredentials):
        await house.sign_in("a guess of mine")
    assert house.books.users.kept[jane.id].password_hash.startswith("outdated")
    await house.sign_in()
    assert house.books.users.kept[jane.id].password_hash == f"hash of {PASSWORD}"


async def test_one_address_gets_few_guesses_and_then_waits_ever_longer(house: House) -> None:
    await house.register()
    assert await house.guess(ELSEWHERE, 7) == ["wrong"] * 5 + ["refused"] * 2
    house.wait(timedelta(seconds=29))
    assert await house.guess(ELSEWHERE, 1) == ["refused"]
    house.wait(timedelta(seconds=1))
    assert await house.guess(ELSEWHERE, 2) == ["wrong", "refused"]


async def test_the_wait_is_told_in_seconds(house: House) -> None:
    await house.register()
    await house.guess(ELSEWHERE, 5)
    with pytest.raises(TooManyAttempts) as refused:
        await house.sign_in(source=ELSEWHERE)
    assert refused.value.details == {"retry_after": 30}


async def test_a_thousand_addresses_together_get_ten_guesses_in_a_quarter_of_an_hour(house: House) -> None:
    await house.register()
    end, checked = house.time + QUARTER, []
    addresses = (Source(f"10.0.{n // 250}.{n % 250}") for n in range(1000))
    for address in addresses:
        checked += await house.guess(address, 1)
        house.wait(timedelta(seconds=0.8))
    assert house.time < end
    assert checked.count("wrong") <= 10


async def test_guessing_never_locks_the_owners_browser_out(house: House) -> None:
    await house.register()
    cookie = (await house.sign_in()).device_token
    for n in range(50):
        await house.guess(Source(f"10.0.0.{n}"), 10)
        await house.guess(HOME, 1)  # even from her own network
        house.wait(timedelta(seconds=10))
    with pytest.raises(TooManyAttempts):
        await house.sign_in(source=HOME)
    await house.sign_in(source=Source(HOME.address, cookie))


async def test_a_known_browser_has_few_guesses_too(house: House) -> None:
    await house.register()
    known = Source(HOME.address, (await house.sign_in()).device_token)
    assert await house.guess(known, 7) == ["wrong"] * 5 + ["refused"] * 2


async def test_the_cookie_of_one_account_opens_no_allowance_at_another(house: House) -> None:
    await house.register()
    await house.register("eve@example.org")
    eves = (await house.sign_in(email="eve@example.org")).device_token
    answers = [(await house.guess(Source(f"10.0.0.{n}", eves), 1))[0] for n in range(20)]
    assert answers.count("wrong") <= 10


async def test_honest_sign_ins_are_not_counted(house: House) -> None:
    await house.register()
    for _ in range(50):
        await house.sign_in(source=ELSEWHERE)


async def test_one_address_cannot_try_one_password_on_everybody(house: House) -> None:
    refused = 0
    for n in range(400):
        try:
            await house.sign_in(email=f"reader{n}@example.org")
        except TooManyAttempts:
            refused += 1
        except WrongCredentials:
            pass
    assert refused == 100


async def test_accounts_are_not_opened_by_the_thousand_from_one_address(house: House) -> None:
    for _ in range(REGISTRATIONS.free):
        await house.throttle.admit_registration(HOME)
    with pytest.raises(TooManyAttempts):
        await house.register("one.more@example.org")
    await house.register("from.elsewhere@example.org", ELSEWHERE)
    await house.register("from.the.shop@example.org", None)


async def test_one_address_one_account(house: House) -> None:
    await house.register()
    with pytest.raises(EmailTaken):
        await house.register(" JANE@example.org")


async def test_an_access_token_ends_with_its_session_and_with_time(house: House) -> None:
    await house.register()
    token = (await house.sign_in()).tokens.access_token
    principal = await house.authenticate(token)
    await house.end_session(principal, principal.session_id)
    with pytest.raises(NotAuthenticated, match="ended"):
        await house.authenticate(token)
    other = (await house.sign_in()).tokens.access_token
    house.wait(LIFETIME)
    with pytest.raises(NotAuthenticated, match="expired"):
        await house.authenticate(other)


async def test_a_session_goes_on_by_refreshing_and_is_listed_once(house: House) -> None:
    await house.register()
    tokens = (await house.sign_in()).tokens
    for _ in range(3):
        house.wait(timedelta(minutes=10))
        tokens = await house.refresh(tokens.refresh_token)
    principal = await house.authenticate(tokens.access_token)
    (listed,) = await house.list_sessions(principal)
    assert (listed.id, listed.last_used_at) == (tokens.session_id, house.time)


async def test_a_stolen_refresh_token_ends_the_session_of_thief_and_owner(house: House) -> None:
    await house.register()
    first = (await house.sign_in()).tokens
    second = await house.refresh(first.refresh_token)
    house.wait(GRACE + timedelta(seconds=1))
    with pytest.raises(RefreshTokenRejected):
        await house.refresh(first.refresh_token)
    with pytest.raises(RefreshTokenRejected):
        await house.refresh(second.refresh_token)
    with pytest.raises(NotAuthenticated):
        await house.authenticate(second.access_token)
    assert isinstance(house.books.sessions.events[-1], RefreshTokenReused)


async def test_an_unknown_or_forgotten_refresh_token_is_refused(house: House) -> None:
    await house.register()
    tokens = (await house.sign_in()).tokens
    with pytest.raises(RefreshTokenRejected):
        await house.refresh("never issued")
    house.wait(REFRESH_LIFETIME)
    with pytest.raises(RefreshTokenRejected):
        await house.refresh(tokens.refresh_token)


async def test_sessions_are_ended_by_their_owner_only(house: House) -> None:
    await house.register()
    await house.register("eve@example.org")
    jane, eve = await house.principal(), await house.principal("eve@example.org")
    with pytest.raises(NoSuchSession):
        await house.end_session(eve, jane.session_id)
    with pytest.raises(NoSuchSession):
        await house.end_session(eve, SessionId(UUID(int=999)))
    await house.end_others(eve)
    assert len(await house.list_sessions(jane)) == 1


async def test_a_change_of_role_counts_from_the_next_request_on(house: House) -> None:
    await house.register()
    token = (await house.sign_in()).tokens.access_token
    await house.grant(EmailAddress(JANE), Role.STAFF, by=None)
    assert Role.STAFF in (await house.authenticate(token)).roles
    await house.revoke(EmailAddress(JANE), Role.STAFF, by=None)
    assert Role.STAFF not in (await house.authenticate(token)).roles


async def test_roles_are_given_by_admins_to_somebody_who_exists(house: House) -> None:
    jane = await house.register()
    await house.register("eve@example.org")
    eve = await house.principal("eve@example.org")
    for change in (house.grant, house.revoke):
        with pytest.raises(NotAllowed):
            await change(jane.id, Role.STAFF, by=eve)
        with pytest.raises(NoSuchUser):
            await change(UserId(UUID(int=999)), Role.STAFF, by=None)


async def test_a_new_password_is_proved_by_the_old_one_and_ends_other_sessions(house: House) -> None:
    await house.register()
    here, there = (await house.sign_in()).tokens, (await house.sign_in()).tokens
    principal = await house.authenticate(here.access_token)
    change = ProfileChange(password="nine red foxes", current_password="a guess of mine")
    with pytest.raises(WrongCredentials):
        await house.change_profile(principal, change, HOME)
    await house.authenticate(there.access_token)
    change = ProfileChange(password="nine red foxes", current_password=PASSWORD)
    await house.change_profile(principal, change, HOME)
    await house.authenticate(here.access_token)
    with pytest.raises(NotAuthenticated):
        await house.authenticate(there.access_token)
    assert (await house.sign_in("nine red foxes")).tokens


async def test_a_stolen_access_token_does_not_help_to_guess_the_password(house: House) -> None:
    await house.register()
    principal = await house.principal()
    change = ProfileChange(email="eve@example.org", current_password="a guess of mine")
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            await house.change_profile(principal, change, ELSEWHERE)
    with pytest.raises(TooManyAttempts):
        await house.change_profile(principal, change, ELSEWHERE)


async def test_an_account_is_erased_with_its_password_alone_and_counts_nowhere_any_more(house: House) -> None:
    await house.register()
    tokens = (await house.sign_in()).tokens
    principal = await house.authenticate(tokens.access_token)
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            await house.erase(principal, "a guess of mine", ELSEWHERE)
    with pytest.raises(TooManyAttempts):
        await house.erase(principal, PASSWORD, ELSEWHERE)
    await house.erase(principal, PASSWORD, HOME)
    with pytest.raises(NotAuthenticated):
        await house.authenticate(tokens.access_token)
    with pytest.raises(RefreshTokenRejected):
        await house.refresh(tokens.refresh_token)
    with pytest.raises(NoSuchUser):
        await house.erase(principal, PASSWORD, HOME)
    with pytest.raises(WrongCredentials):
        await house.sign_in()
    assert house.books.users.events[-1].name == "user_erased"
    await house.register()


async def test_rotating_keys_rewraps_every_subject_once() -> None:
    old, new = EnvelopeVault([bytes(32)], bytes(32)), EnvelopeVault([b"n" * 32, bytes(32)], bytes(32))
    books = InMemorySubjectKeys()
    subjects = [UserId(UUID(int=n)) for n in range(1, BATCH + 11)]
    books.keys = {subject: old.new_key() for subject in subjects}
    sealed = {subject: old.seal(key, "place", "Jane") for subject, key in books.keys.items()}
    rotate = RotateKeys(InMemoryUnitOfWork(InMemoryWork(subject_keys=books)), new)
    assert [step async for step in rotate()] == [(BATCH, BATCH), (BATCH + 10, BATCH + 10)]
    assert [step async for step in rotate()][-1] == (BATCH + 10, 0)
    after = EnvelopeVault([b"n" * 32], bytes(32))
    assert all(after.open(books.keys[s], "place", sealed[s]) == "Jane" for s in subjects)
