"""Envelope encryption of personal data: AES-256-GCM under each subject's own key, wrapped by the shop's."""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.security.recent import Recent
from domain.shared.personal_data import Sealed, WrappedKey

KEY_BYTES: Final = 32  # AES-256
NONCE_BYTES: Final = 12  # what GCM is specified for; random nonces stay safe below 2^32 seals under one key
KEY_ID_BYTES: Final = 4  # tells a handful of shop keys apart; the tag, not the id, decides whether one fits
INDEX_BYTES: Final = 16  # 128 bit: no accidental collision among any number of readers
KEYS_KEPT_OPEN: Final = 4096  # subjects active at once in a process, 100 bytes each
_WRAPPING: Final = b"octavo subject key 1"


class SealBroken(Exception):
    """Sealed bytes were altered, moved to another place, or sealed under a key the shop does not have."""


class EnvelopeVault:
    """`shop_keys`: the first wraps new subject keys, the others still open old ones until all are rewrapped.
    `index_key` makes blind indexes; it cannot change without reading every subject again.
    """

    def __init__(self, shop_keys: Sequence[bytes], index_key: bytes) -> None:
        if not shop_keys or any(len(key) != KEY_BYTES for key in (*shop_keys, index_key)):
            raise ValueError(f"The vault needs keys of {KEY_BYTES} bytes, and one to encrypt with.")
        self._shop_keys = {_key_id(key): AESGCM(key) for key in shop_keys}
        self._current = _key_id(shop_keys[0])
        self._index_key = index_key
        self._open_keys: Recent[WrappedKey, AESGCM] = Recent(KEYS_KEPT_OPEN)

    def new_key(self) -> WrappedKey:
        """Make a data key for a new subject; store it beside the subject."""
        return self._wrap(secrets.token_bytes(KEY_BYTES))

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """The same data key under the current shop key; nothing sealed with it needs to change."""
        return key if key.startswith(self._current) else self._wrap(self._unwrap(key))

    def seal(self, key: WrappedKey, place: str, text: str) -> Sealed:
        """Encrypt for this place only."""
        return Sealed(_encrypt(self._opened(key), text.encode(), place.encode()))

    def open(self, key: WrappedKey, place: str, sealed: Sealed) -> str:
        """Decrypt what was sealed for this place; raises `SealBroken`."""
        return _decrypt(self._opened(key), sealed, place.encode()).decode()

    def blind_index(self, purpose: str, text: str) -> bytes:
        """A keyed fingerprint; each purpose has its own key, so that two indexes never match each other."""
        purpose_key = hmac.digest(self._index_key, f"octavo blind index {purpose}".encode(), sha256)
        return hmac.digest(purpose_key, text.encode(), sha256)[:INDEX_BYTES]

    def _opened(self, key: WrappedKey) -> AESGCM:
        return self._open_keys.get(key, lambda: AESGCM(self._unwrap(key)))

    def _wrap(self, data_key: bytes) -> WrappedKey:
        return WrappedKey(self._current + _encrypt(self._shop_keys[self._current], data_key, _WRAPPING))

    def _unwrap(self, key: WrappedKey) -> bytes:
        shop_key = self._shop_keys.get(key[:KEY_ID_BYTES])
        if shop_key is None:
            raise SealBroken("A subject's key is wrapped by a shop key that is not configured.")
        return _decrypt(shop_key, key[KEY_ID_BYTES:], _WRAPPING)


def _key_id(key: bytes) -> bytes:
    return sha256(b"octavo key id" + key).digest()[:KEY_ID_BYTES]


def _encrypt(key: AESGCM, text: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + key.encrypt(nonce, text, place)


def _decrypt(key: AESGCM, sealed: bytes, place: bytes) -> bytes:
    try:
        return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("Sealed bytes do not open in this place.") from error
