"""Every request that carries a token."""

from domain.shared.clock import Clock
from domain.users.ports import AccessTokens, Accounts
from domain.users.principal import NotAuthenticated, Principal


class Authenticate:
    """Whoever shows a good token of an open session is its user, with the roles of this very moment:
    a sign-out or a change of role counts from the next request on.
    """

    def __init__(self, tokens: AccessTokens, accounts: Accounts, clock: Clock) -> None:
        self._tokens = tokens
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, token: str) -> Principal:
        """Return who is asking; raises `NotAuthenticated`."""
        claims = self._tokens.read(token, self._clock.now())
        roles = await self._accounts.roles_in(claims.session_id, claims.user_id)
        if roles is None:
            raise NotAuthenticated("This session has ended; sign in again.")
        return Principal(claims.user_id, claims.session_id, roles)
