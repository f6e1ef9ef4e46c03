"""Access tokens: JWTs (RFC 9068) signed with Ed25519, read as strictly as RFC 8725 asks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from adapters.security.recent import Recent
from domain.shared.ids import SessionId, UserId
from domain.users.ports import AccessClaims
from domain.users.principal import NotAuthenticated

ALGORITHM: Final = "Ed25519"  # the full name; RFC 9864 retires the ambiguous "EdDSA"
TYPE: Final = "at+jwt"  # RFC 9068: no other kind of JWT can pose as an access token
ISSUER: Final = "octavo"
AUDIENCE: Final = "octavo-api"
LIFETIME: Final = timedelta(minutes=10)
LONGEST: Final = 1024  # characters; ours have 400, and nothing longer is worth hashing
REMEMBERED: Final = 10_000  # tokens in use at once in a process: a signature costs 0.2 ms, a look-up 2 µs


@dataclass(frozen=True, slots=True)
class _Verified:
    claims: AccessClaims
    expires_at: datetime


class Ed25519AccessTokens:
    """`seed`: 32 bytes. After a change of key clients exchange their refresh tokens, within ten minutes
    anyway; so one key at a time is enough.
    """

    def __init__(self, seed: bytes) -> None:
        self._key = OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed))
        self._key.ensure_kid()
        # Exactly this, and nothing beside it: no embedded keys, no addresses of keys.
        self._header = {"alg": ALGORITHM, "typ": TYPE, "kid": self._key.kid}
        self._registry = JWSRegistry(algorithms=[ALGORITHM])
        self._verified: Recent[bytes, _Verified] = Recent(REMEMBERED)

    @property
    def lifetime(self) -> timedelta:
        """How long one is good."""
        return LIFETIME

    def issue(self, claims: AccessClaims, at: datetime) -> str:
        """Sign one; `at` counts in whole seconds."""
        issued = int(at.timestamp())
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(claims.user_id),
            "sid": str(claims.session_id),
            "iat": issued,
            "exp": issued + int(LIFETIME.total_seconds()),
        }
        return jwt.encode(dict(self._header), payload, self._key, registry=self._registry)

    def read(self, token: str, at: datetime) -> AccessClaims:
        """Check everything; a token seen before is not verified again, but its expiry always counts."""
        if len(token) > LONGEST or not token.isascii():
            raise _refused()
        verified = self._verified.get(sha256(token.encode()).digest(), lambda: self._verify(token))
        if verified.expires_at <= at:
            raise NotAuthenticated(
                "This access token has expired; exchange your refresh token for a new one."
            )
        return verified.claims

    def _verify(self, token: str) -> _Verified:
        try:
            found = jwt.decode(token, self._key, registry=self._registry)
            if found.header != self._header:
                raise _refused()
            return _verified(found.claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _refused() from error


def _verified(claims: dict[str, Any]) -> _Verified:
    expires = claims["exp"]
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE or type(expires) is not int:
        raise _refused()
    who = AccessClaims(UserId(UUID(claims["sub"])), SessionId(UUID(claims["sid"])))
    return _Verified(who, datetime.fromtimestamp(expires, UTC))


def _refused() -> NotAuthenticated:
    return NotAuthenticated("This is not a valid access token; sign in again.")
