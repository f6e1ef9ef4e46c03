"""Only a token this shop signed, for this purpose, in time, is an access token (RFC 8725)."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import OKPKey

from adapters.security.access_tokens import LIFETIME, LONGEST, Ed25519AccessTokens
from domain.shared.ids import SessionId, UserId
from domain.users.ports import AccessClaims, AccessTokens
from domain.users.principal import NotAuthenticated

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEED = bytes(range(32))
OWN = Ed25519PrivateKey.from_private_bytes(SEED)
WHO = AccessClaims(UserId(UUID(int=1)), SessionId(UUID(int=2)))


def tokens() -> AccessTokens:
    return Ed25519AccessTokens(SEED)


def part(segment: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(segment + "=="))
    return found


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


GOOD = tokens().issue(WHO, NOW)
HEADER, CLAIMS = part(GOOD.split(".")[0]), part(GOOD.split(".")[1])


def with_signature(header: object, claims: object, sign: Callable[[bytes], bytes] = OWN.sign) -> str:
    """Written by hand: a forger's library checks nothing."""
    text = f"{encoded(header)}.{encoded(claims)}"
    return f"{text}.{base64.urlsafe_b64encode(sign(text.encode())).rstrip(b'=').decode()}"


def assert_refused(token: str, at: datetime = NOW) -> None:
    with pytest.raises(NotAuthenticated):
        tokens().read(token, at)


def test_a_token_names_its_user_and_session_and_nothing_else_about_them() -> None:
    assert tokens().read(GOOD, NOW) == WHO
    assert set(CLAIMS) == {"iss", "aud", "sub", "sid", "iat", "exp"}
    assert set(HEADER) == {"alg", "typ", "kid"}


def test_a_token_lives_ten_minutes_at_most_also_when_it_was_read_before() -> None:
    reader = tokens()
    assert timedelta(minutes=10) >= LIFETIME == reader.lifetime
    assert reader.read(GOOD, NOW + LIFETIME - timedelta(seconds=1)) == WHO
    with pytest.raises(NotAuthenticated, match="expired"):
        reader.read(GOOD, NOW + LIFETIME)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", ""])
def test_a_token_without_signature_is_refused(alg: str) -> None:
    assert_refused(f"{encoded({**HEADER, 'alg': alg})}.{encoded(CLAIMS)}.")
    assert_refused(f"{encoded({**HEADER, 'alg': alg})}.{GOOD.split('.')[1]}.{GOOD.split('.')[2]}")


@pytest.mark.parametrize(
    "public",
    [
        OWN.public_key().public_bytes_raw(),
        OWN.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
)
@pytest.mark.parametrize("alg", ["HS256", "HS512"])
def test_the_public_key_is_no_shared_secret(public: bytes, alg: str) -> None:
    digest = {"HS256": "sha256", "HS512": "sha512"}[alg]
    assert_refused(
        with_signature({**HEADER, "alg": alg}, CLAIMS, lambda text: hmac.digest(public, text, digest))
    )


def test_another_key_does_not_sign_for_the_shop_whatever_its_header_says() -> None:
    other = Ed25519PrivateKey.generate()
    known = OKPKey.import_key(other)
    known.ensure_kid()
    for lie in (
        {},
        {"kid": known.kid},
        {"jwk": known.as_dict(private=False)},
        {"kid": known.kid, "jwk": known.as_dict(private=False)},
        {"jku": "https://evil.example/keys"},
    ):
        assert_refused(with_signature({**HEADER, **lie}, CLAIMS, other.sign))


@pytest.mark.parametrize("kid", ["", "../../dev/null", "' OR 1=1 --", "x" * 200, None])
def test_a_key_id_is_compared_and_never_looked_up(kid: str | None) -> None:
    header = {k: v for k, v in {**HEADER, "kid": kid}.items() if v is not None}
    assert_refused(with_signature(header, CLAIMS))


@pytest.mark.parametrize(
    "header",
    [{"typ": "JWT"}, {"typ": "rt+jwt"}, {"cty": "JWT"}, {"crit": ["exp"], "exp": 1}, {"b64": True}],
)
def test_another_kind_of_token_is_refused(header: dict[str, Any]) -> None:
    assert_refused(with_signature({**HEADER, **header}, CLAIMS))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "elsewhere"},
        {"aud": "another-api"},
        {"aud": ["octavo-api", "another-api"]},
        {"sub": "1"},
        {"sid": ""},
        {"exp": "9999999999"},
        {"exp": None},
        {"iss": None},
        {"aud": None},
        {"sub": None},
        {"sid": None},
    ],
)
def test_wrong_or_missing_claims_are_refused_even_under_our_signature(claims: dict[str, Any]) -> None:
    assert_refused(with_signature(HEADER, {k: v for k, v in {**CLAIMS, **claims}.items() if v is not None}))


def test_no_altered_character_goes_unseen() -> None:
    for i, character in enumerate(GOOD[:-1]):  # the last one carries four bits that mean nothing
        assert_refused(GOOD[:i] + ("A" if character != "A" else "B") + GOOD[i + 1 :])


def test_our_own_signature_by_hand_is_accepted_so_the_refusals_above_mean_something() -> None:
    assert tokens().read(with_signature(HEADER, CLAIMS), NOW) == WHO


@pytest.mark.parametrize(
    "token", ["", ".", "..", "...", "a.b.c", "€", "x" * 10_000_000, GOOD + "." + GOOD, "{}", GOOD[:-1]]
)
def test_whatever_else_comes_along_is_refused(token: str) -> None:
    assert_refused(token)


def test_a_token_of_ours_stays_well_below_the_longest_that_is_read() -> None:
    assert len(GOOD) * 2 < LONGEST
