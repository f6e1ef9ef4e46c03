"""Carts in Valkey: one hash a cart, replaced only by whoever saw its newest version."""

from collections.abc import Callable
from typing import Final

import msgspec
from redis.asyncio import Redis

from application.shared.unavailable import CacheUnavailable
from domain.carts.cart import Cart
from domain.carts.errors import CartUnavailable
from domain.carts.identity import is_guest
from domain.shared.ids import CartId

_DAY: Final = 24 * 60 * 60
READER_KEEPS: Final = 90 * _DAY  # seconds since the last change; a season, then the prices mean nothing
GUEST_KEEPS: Final = 30 * _DAY  # as long as the cookie that names it
# Rivals win at most once each before this one does: more than ever write to one cart at the same moment.
ATTEMPTS: Final = 100

_REPLACE: Final = """
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1] + 1, 'cart', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
_read: Final = msgspec.json.Decoder(Cart)
_write: Final = msgspec.json.Encoder()


class ValkeyCarts:
    """The `Carts` port. Nothing is sent twice: a change whose answer is lost ends in `CartUnavailable`."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._replace = client.register_script(_REPLACE)

    async def get(self, cart_id: CartId) -> Cart:
        """As it is now."""
        return (await self._load(cart_id))[1]

    async def change(self, cart_id: CartId, verb: Callable[[Cart], None]) -> Cart:
        """Compare and replace until nobody was quicker; what the verb leaves as it was is not written."""
        for _ in range(ATTEMPTS):
            version, cart = await self._load(cart_id)
            before = _write.encode(cart)
            verb(cart)
            after = _write.encode(cart)
            if after == before or await self._store(cart_id, version, after):
                return cart
        raise CartUnavailable("Too many changes of this cart at once; try again.")

    async def _load(self, cart_id: CartId) -> tuple[bytes | str, Cart]:
        try:
            version, cart = await self._client.hmget(_key(cart_id), ["version", "cart"])
        except CacheUnavailable as lost:
            raise _unavailable() from lost
        return version or b"0", _read.decode(cart) if cart else Cart(id=cart_id)

    async def _store(self, cart_id: CartId, version: bytes | str, cart: bytes) -> bool:
        keep = GUEST_KEEPS if is_guest(cart_id) else READER_KEEPS
        try:
            return bool(await self._replace(keys=[_key(cart_id)], args=[version, cart, keep]))
        except CacheUnavailable as lost:
            raise _unavailable() from lost


def _key(cart_id: CartId) -> str:
    return f"cart:{cart_id}"


def _unavailable() -> CartUnavailable:
    return CartUnavailable("Carts can not be reached for the moment; what is in yours is kept. Try again.")
