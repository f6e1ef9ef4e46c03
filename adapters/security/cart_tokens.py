"""Cart tokens: the name of a guest's cart with a signature over it."""

import base64
import binascii
import hmac
from hashlib import sha256
from typing import Final
from uuid import UUID

from domain.carts.identity import guest_cart, guest_name
from domain.shared.ids import CartId

_PURPOSE: Final = b"octavo guest cart 1"  # the cookie key signs other things too
_NAME_BYTES: Final = 16


class SignedCartTokens:
    """The `CartTokens` port: 16 bytes of name, 32 of HMAC-SHA256, in URL-safe base64."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, _PURPOSE, sha256)

    def issue(self, cart_id: CartId) -> str:
        """The same cart always has the same token."""
        name = guest_name(cart_id).bytes
        return base64.urlsafe_b64encode(name + self._signature(name)).decode()

    def open(self, token: str) -> CartId | None:
        """The cart; None where the signature does not fit."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        name, signature = raw[:_NAME_BYTES], raw[_NAME_BYTES:]
        if not hmac.compare_digest(signature, self._signature(name)):
            return None
        return guest_cart(UUID(bytes=name))

    def _signature(self, name: bytes) -> bytes:
        return hmac.digest(self._key, name, sha256)
