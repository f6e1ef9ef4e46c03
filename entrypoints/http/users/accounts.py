"""Opening an account, signing in, going on, signing out."""

from typing import Any

from litestar import Controller, HttpMethod, Request, Response, post, route
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from application.users.end_sessions import EndSession
from application.users.log_in import LogIn, SignIn
from application.users.refresh_session import RefreshSession
from application.users.register_user import RegisterUser, Registration
from domain.users.principal import Principal
from entrypoints.http.carts.signing_in import bring_guest_cart
from entrypoints.http.users.device import device_cookie, kind_of_device, source_of
from entrypoints.http.users.schemas import Credentials, NewUser, RefreshTokenGiven, Tokens, User

PROFILE = "/v1/users/profile"


class Accounts(Controller):
    """Open to everybody, but for signing out."""

    tags = ("Accounts",)

    @post(["/users/register", "/users"])
    async def register(
        self,
        data: JSONBody[NewUser],
        request: Request[Any, Any, Any],
        register_user: NamedDependency[RegisterUser],
    ) -> Response[User]:
        """Open an account; one e-mail address has one account. Sign in next."""
        given = Registration(data.email, data.password, data.name, source_of(request))
        registered = await register_user(given)
        return Response(
            User.of(registered.profile),
            status_code=201,
            headers={"Location": PROFILE},
            cookies=[device_cookie(registered.device_token, request)],
        )

    @post(["/users/login", "/auth/login"], status_code=200)
    async def log_in(
        self,
        data: JSONBody[Credentials],
        request: Request[Any, Any, Any],
        log_in: NamedDependency[LogIn],
        guest_carts: NamedDependency[GuestCarts],
        merge_carts: NamedDependency[MergeCarts],
    ) -> Response[Tokens]:
        """Start a session on this device. The cookie lets you in while others guess your password."""
        device = kind_of_device(request.headers.get("user-agent", ""))
        signed_in = await log_in(SignIn(data.email, data.password, source_of(request), device))
        cookies = await bring_guest_cart(request, signed_in.tokens.user_id, guest_carts, merge_carts)
        cookies.append(device_cookie(signed_in.device_token, request))
        return Response(Tokens.of(signed_in.tokens), cookies=cookies)

    @post("/users/refresh", status_code=200)
    async def refresh(
        self, data: JSONBody[RefreshTokenGiven], refresh_session: NamedDependency[RefreshSession]
    ) -> Tokens:
        """Exchange the refresh token, once; using one again ends its session. An answer lost on its way
        may be asked for again within ten seconds.
        """
        return Tokens.of(await refresh_session(data.refresh_token))

    @route("/users/logout", http_method=[HttpMethod.POST, HttpMethod.DELETE], status_code=204)
    async def log_out(
        self, reader: NamedDependency[Principal], end_session: NamedDependency[EndSession]
    ) -> None:
        """End this session; its tokens are worthless at once."""
        await end_session(reader, reader.session_id)
