"""What signing in does to the cart that was filled before."""

from contextlib import suppress
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from domain.carts.errors import CartTokenInvalid, CartUnavailable
from domain.shared.ids import UserId
from entrypoints.http.carts.whose import COOKIE, HEADER, cart_cookie, shown_guest_cart


async def bring_guest_cart(
    request: Request[Any, Any, Any], user_id: UserId, guest_carts: GuestCarts, merge_carts: MergeCarts
) -> list[Cookie]:
    """Merge it into the reader's; returns the cookie to set, if any. Nobody is kept from signing in by a
    cart: what cannot be merged now is merged by the next request that shows the token.
    """
    with suppress(CartTokenInvalid, CartUnavailable):
        guest = shown_guest_cart(request.headers.get(HEADER), request.cookies.get(COOKIE), guest_carts)
        if guest is not None and await merge_carts(guest, user_id):
            return [cart_cookie(None, request)]
    return []
