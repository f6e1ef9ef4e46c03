"""Signed messages between servers: HMAC-SHA256 over "time.body", as Stripe and many after it do."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

from domain.shared.errors import DomainError

TOLERANCE_SECONDS: Final = 300  # both ways: clocks drift by seconds, replayed letters are older
_HEADER: Final = re.compile(r"t=(?P<at>[0-9]{1,12})(?P<signatures>(?:,v[0-9]{1,2}=[0-9a-f]{1,128})+)")
_SCHEME: Final = "v1="


class ForgedMessage(DomainError):
    """Nothing proves that the message comes, unchanged and just now, from somebody who knows the secret."""

    code: ClassVar[str] = "forged_message"


def sign(body: bytes, secret: str, at: datetime) -> str:
    """The header that proves `body` was sent at `at` by somebody who knows `secret`."""
    seconds = str(int(at.timestamp()))
    return f"t={seconds},{_SCHEME}{_digest(body, secret, seconds)}"


def demand_signature(body: bytes, header: str, secrets: Sequence[str], now: datetime) -> None:
    """Raise `ForgedMessage` unless one of `secrets` (several while they are rotated) signed `body` within the
    tolerance. Every comparison takes the same time, whatever was guessed right.
    """
    parts = _HEADER.fullmatch(header)
    if parts is None:
        raise ForgedMessage("The signature header is missing or malformed.")
    shown = [
        part.removeprefix(_SCHEME) for part in parts["signatures"].split(",") if part.startswith(_SCHEME)
    ]
    # An empty secret is known to everybody, so it proves nothing.
    expected = [_digest(body, secret, parts["at"]) for secret in secrets if secret]
    matches = [hmac.compare_digest(given, wanted) for given in shown for wanted in expected]
    if not any(matches):  # after all of them: no early end tells how far a guess came
        raise ForgedMessage("The signature does not fit the message.")
    if abs(int(parts["at"]) - now.timestamp()) > TOLERANCE_SECONDS:
        raise ForgedMessage("The message was signed too long ago, or in the future.")


def _digest(body: bytes, secret: str, seconds: str) -> str:
    return hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
