"""Signing in."""

from dataclasses import dataclass, field

from application.shared.unit_of_work import UnitOfWork
from application.users.throttle import Source, Throttle
from application.users.tokens import SessionTokens
from domain.shared.clock import Clock
from domain.shared.ids import IdSource, SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.errors import WrongCredentials
from domain.users.password import PasswordHash, PasswordHasher
from domain.users.ports import AccessClaims, AccessTokens, Accounts, Credentials, Secrets
from domain.users.session import Session, fingerprint


@dataclass(frozen=True, slots=True)
class SignIn:
    """`device` is the kind of browser, for the list of sessions."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    source: Source
    device: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The tokens of the new session, and the one by which the browser is known from now on."""

    tokens: SessionTokens
    device_token: str = field(repr=False)


class LogIn:
    """Whoever gives address and password of an account gets a session on that device. What fails says
    nothing about whether there is such an account, in words or in time.
    """

    def __init__(
        self,
        *,
        accounts: Accounts,
        unit_of_work: UnitOfWork,
        passwords: PasswordHasher,
        throttle: Throttle,
        tokens: AccessTokens,
        secrets: Secrets,
        ids: IdSource,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._throttle = throttle
        self._tokens = tokens
        self._secrets = secrets
        self._ids = ids
        self._clock = clock

    async def __call__(self, attempt: SignIn) -> SignedIn:
        """Raises `InvalidInput` for what is no e-mail address, `WrongCredentials`, `TooManyAttempts`."""
        email = EmailAddress.parse(attempt.email)
        guess = self._throttle.guess(email, attempt.source)
        await self._throttle.admit(guess)
        known = await self._accounts.credentials(email)
        matches = await self._passwords.matches(attempt.password, known.password_hash if known else None)
        if known is None or not matches:
            raise WrongCredentials
        device_token = await self._throttle.succeeded(guess)
        rehashed = await self._rehashed(known, attempt.password)
        return SignedIn(await self._start(known.user_id, attempt.device, rehashed), device_token)

    async def _rehashed(self, known: Credentials, password: str) -> PasswordHash | None:
        if not self._passwords.is_outdated(known.password_hash):
            return None
        return await self._passwords.hash(password)

    async def _start(self, user_id: UserId, device: str, rehashed: PasswordHash | None) -> SessionTokens:
        now, refresh_token = self._clock.now(), self._secrets.refresh_token()
        session = Session.start(SessionId(self._ids.new()), user_id, device, fingerprint(refresh_token), now)
        async with self._unit_of_work() as work:
            if rehashed is not None:
                user = await work.users.get(user_id)
                user.change_password(rehashed)
                await work.users.save(user)
            await work.sessions.add(session)
        access_token = self._tokens.issue(AccessClaims(user_id, session.id), now)
        return SessionTokens(user_id, session.id, access_token, refresh_token, self._tokens.lifetime)
