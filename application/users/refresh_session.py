"""Carrying a session on without the password."""

from application.shared.unit_of_work import UnitOfWork
from application.users.tokens import SessionTokens
from domain.shared.clock import Clock
from domain.users.errors import RefreshTokenRejected
from domain.users.ports import AccessClaims, AccessTokens, Secrets
from domain.users.session import fingerprint


class RefreshSession:
    """A refresh token is good once. Whoever uses it a second time ends the session, because one of the
    two is a thief; only an answer lost on its way may be asked for again, for ten seconds.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, tokens: AccessTokens, secrets: Secrets, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._tokens = tokens
        self._secrets = secrets
        self._clock = clock

    async def __call__(self, refresh_token: str) -> SessionTokens:
        """Raises `RefreshTokenRejected`."""
        now, successor = self._clock.now(), self._secrets.refresh_token()
        async with self._unit_of_work() as work:
            found = await work.sessions.holding(fingerprint(refresh_token))
            if found is None:
                raise RefreshTokenRejected
            session, presented = found
            renewed = session.renew(presented, fingerprint(successor), now)
            await work.sessions.save(session)
        if not renewed:  # only now: the end of the session is committed
            raise RefreshTokenRejected
        access_token = self._tokens.issue(AccessClaims(session.user_id, session.id), now)
        return SessionTokens(session.user_id, session.id, access_token, successor, self._tokens.lifetime)
