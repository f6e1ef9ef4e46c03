"""Device cookies: proof that somebody signed in to this account from this browser before."""

import base64
import binascii
import hmac
import secrets
from hashlib import sha256
from typing import Final

ID_BYTES: Final = 16
_PURPOSE: Final = b"octavo known device 1"  # the cookie key signs other things too


class SignedDeviceTokens:
    """The `DeviceTokens` port: a random device id, and a signature over it and its account."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, _PURPOSE, sha256)

    def issue(self, account: bytes) -> str:
        """A new device of the account."""
        device = secrets.token_bytes(ID_BYTES)
        return base64.urlsafe_b64encode(device + self._signature(device, account)).decode()

    def device(self, token: str, account: bytes) -> str | None:
        """The device's id, if this very account was signed in to from it."""
        try:
            raw = base64.urlsafe_b64decode(token.encode())
        except (binascii.Error, ValueError):
            return None
        device, signature = raw[:ID_BYTES], raw[ID_BYTES:]
        return device.hex() if hmac.compare_digest(signature, self._signature(device, account)) else None

    def _signature(self, device: bytes, account: bytes) -> bytes:
        return hmac.digest(self._key, device + account, sha256)
