"""Which cart a request is about: the reader's own, or the one a guest's token names."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import CookieParameter, HeaderParameter

from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from domain.carts.errors import CartTokenInvalid
from domain.carts.identity import reader_cart
from domain.shared.ids import CartId
from domain.users.principal import Principal

COOKIE: Final = "octavo_cart"
HEADER: Final = "X-Cart-Token"
KEPT_FOR: Final = 30 * 24 * 60 * 60  # seconds; a guest's cart is kept as long, counted from its last change
_WORDS: Final = "Names a guest's cart: the `cart_token` of an earlier answer. The cookie does the same."

TokenInHeader = Annotated[str | None, HeaderParameter(name=HEADER, description=_WORDS)]
TokenInCookie = Annotated[str | None, CookieParameter(name=COOKIE, description=_WORDS)]


@dataclass(frozen=True, slots=True)
class OwnCart:
    """The cart; `guest_token` is what names it where nobody is signed in. `emptied` says that the guest's
    cart which came along was brought to the reader's.
    """

    id: CartId
    guest_token: str | None = None
    known: bool = True
    emptied: bool = False


async def provide_own_cart(
    visitor: NamedDependency[Principal | None],
    guest_carts: NamedDependency[GuestCarts],
    merge_carts: NamedDependency[MergeCarts],
    cart_token: TokenInHeader = None,
    cart_token_cookie: TokenInCookie = None,
) -> OwnCart:
    """A reader's cart takes over the guest's that comes along, should the sign-in have missed it."""
    guest = shown_guest_cart(cart_token, cart_token_cookie, guest_carts)
    if visitor is not None:
        emptied = guest is not None and await merge_carts(guest, visitor.user_id)
        return OwnCart(reader_cart(visitor.user_id), emptied=emptied)
    cart_id = guest or guest_carts.new()
    return OwnCart(cart_id, guest_carts.token(cart_id), known=guest is not None)


def shown_guest_cart(token: str | None, cookie: str | None, guest_carts: GuestCarts) -> CartId | None:
    """A header is a program's doing, so a forged one is an error; a stale cookie is nobody's fault and is
    passed over.
    """
    if token is not None:
        return guest_carts.named_by(token)
    if cookie is None:
        return None
    try:
        return guest_carts.named_by(cookie)
    except CartTokenInvalid:
        return None


def cart_cookie(token: str | None, request: Request[Any, Any, Any]) -> Cookie:
    """Kept by the browser as long as the cart, out of reach of scripts; None: forget it."""
    return Cookie(
        key=COOKIE,
        value=token or "",
        path="/v1",
        max_age=KEPT_FOR if token else 0,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
