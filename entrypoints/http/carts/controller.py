"""/v1/cart, for readers and guests."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, HeaderParameter, JSONBody

from application.carts.add_to_cart import AddToCart
from application.carts.change_cart import ChangeCart
from application.carts.view import CartView
from application.carts.view_cart import ViewCart
from domain.shared.ids import BookId
from entrypoints.http.carts.schemas import BookToAdd, Cart, NewQuantity
from entrypoints.http.carts.whose import OwnCart, cart_cookie, provide_own_cart

RequestKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Repeated within an hour: adds once.",
    ),
]


class Carts(Controller):
    """Open to everybody. A guest gets a cart, and a token that names it, with the first book."""

    path = "/cart"
    tags = ("Cart",)
    dependencies = {"own_cart": Provide(provide_own_cart)}  # noqa: RUF012 - Litestar's way to declare them

    @post()
    async def add(
        self,
        data: JSONBody[BookToAdd],
        request: Request[Any, Any, Any],
        own_cart: NamedDependency[OwnCart],
        add_to_cart: NamedDependency[AddToCart],
        idempotency_key: RequestKey = None,
    ) -> Response[Cart]:
        """Put copies of a book in, beside those that are there. Nothing is set aside before checkout."""
        view = await add_to_cart(own_cart.id, BookId(data.book_id), data.qty, idempotency_key)
        return _answer(view, own_cart, request, status=201)

    @get()
    async def show(
        self,
        request: Request[Any, Any, Any],
        own_cart: NamedDependency[OwnCart],
        view_cart: NamedDependency[ViewCart],
    ) -> Response[Cart]:
        """The cart at today's prices; each line says what changed in price or stock since it was put in."""
        view = await view_cart(own_cart.id)
        return _answer(view, own_cart, request)

    @patch("/{book_id:uuid}")
    async def set_quantity(
        self,
        book_id: FromPath[UUID],
        data: JSONBody[NewQuantity],
        request: Request[Any, Any, Any],
        own_cart: NamedDependency[OwnCart],
        change_cart: NamedDependency[ChangeCart],
    ) -> Response[Cart]:
        """Say how many copies there shall be."""
        view = await change_cart.set_quantity(own_cart.id, BookId(book_id), data.qty)
        return _answer(view, own_cart, request)

    @delete("/{book_id:uuid}", status_code=200)
    async def remove(
        self,
        book_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        own_cart: NamedDependency[OwnCart],
        change_cart: NamedDependency[ChangeCart],
    ) -> Response[Cart]:
        """Take a book out; if it is not there, all is well."""
        view = await change_cart.remove(own_cart.id, BookId(book_id))
        return _answer(view, own_cart, request)

    @delete(status_code=200)
    async def clear(
        self,
        request: Request[Any, Any, Any],
        own_cart: NamedDependency[OwnCart],
        change_cart: NamedDependency[ChangeCart],
    ) -> Response[Cart]:
        """Take everything out."""
        view = await change_cart.clear(own_cart.id)
        return _answer(view, own_cart, request)


def _answer(
    view: CartView, own_cart: OwnCart, request: Request[Any, Any, Any], status: int = 200
) -> Response[Cart]:
    """A guest's cookie lives on with every answer about a cart that exists."""
    token = own_cart.guest_token if own_cart.known or view.lines else None
    cookies = [cart_cookie(token, request)] if token or own_cart.emptied else []
    return Response(Cart.of(view, token), status_code=status, cookies=cookies)
