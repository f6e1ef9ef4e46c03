"""A session: one device signed in, carried on by refresh tokens of which exactly one is good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Final, NewType

from domain.shared.events import Aggregate, DomainEvent
from domain.shared.ids import SessionId, UserId
from domain.users.errors import RefreshTokenRejected

Fingerprint = NewType("Fingerprint", bytes)  # of a refresh token: all that is ever stored of it

REFRESH_LIFETIME: Final = timedelta(days=30)  # a reader who comes back monthly stays signed in
LONGEST_SESSION: Final = timedelta(days=180)  # then the password is asked again, however busy the session
GRACE: Final = timedelta(seconds=10)  # RFC 9700: time to ask again when the answer was lost on its way


def fingerprint(refresh_token: str) -> Fingerprint:
    """A plain hash is enough: the token is random, there is nothing to guess."""
    return Fingerprint(sha256(refresh_token.encode()).digest())


@dataclass(frozen=True, kw_only=True, slots=True)
class RefreshTokenReused(DomainEvent):
    """A spent token came back: it was stolen, or a client keeps two copies. The session is over."""

    name: ClassVar[str] = "session_refresh_token_reused"
    user_id: UserId


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """One link of the chain; `parent` is the token it was exchanged for."""

    fingerprint: Fingerprint
    parent: Fingerprint | None
    expires_at: datetime
    spent_at: datetime | None = None


@dataclass(kw_only=True, slots=True)
class Session(Aggregate):
    """`live` is the one token that can carry the session on."""

    id: SessionId
    user_id: UserId
    device: str
    started_at: datetime
    last_used_at: datetime
    live: RefreshToken
    ended_at: datetime | None = None

    @classmethod
    def start(
        cls, session_id: SessionId, user_id: UserId, device: str, first: Fingerprint, at: datetime
    ) -> "Session":
        """Somebody proved who they are on this device."""
        live = RefreshToken(first, None, at + REFRESH_LIFETIME)
        return cls(id=session_id, user_id=user_id, device=device, started_at=at, last_used_at=at, live=live)

    def renew(self, presented: RefreshToken, successor: Fingerprint, at: datetime) -> bool:
        """Exchange the presented token for its successor, once.

        Asked again within the grace, while nobody used the first answer, it replaces that answer; any
        other second use ends the session and returns False. Raises `RefreshTokenRejected`.
        """
        if self.ended_at is not None or presented.expires_at <= at:
            raise RefreshTokenRejected
        if presented.spent_at is not None and not self._answer_was_lost(presented, presented.spent_at, at):
            self._record(RefreshTokenReused(aggregate_id=self.id, occurred_at=at, user_id=self.user_id))
            self.end(at)
            return False
        expires_at = min(at + REFRESH_LIFETIME, self.started_at + LONGEST_SESSION)
        self.live = RefreshToken(successor, presented.fingerprint, expires_at)
        self.last_used_at = at
        return True

    def end(self, at: datetime) -> None:
        """Sign the device out; its access tokens stop counting with the next request."""
        self.ended_at = self.ended_at or at

    def _answer_was_lost(self, presented: RefreshToken, spent_at: datetime, at: datetime) -> bool:
        return self.live.parent == presented.fingerprint and at - spent_at <= GRACE
