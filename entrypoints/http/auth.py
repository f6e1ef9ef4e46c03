"""Who is asking, as a parameter: a handler that names `reader` or `staff` is closed to everybody else."""

from typing import Any, Final

from litestar import Request
from litestar.di import NamedDependency, Provide

from application.shared.rate_limiter import LimitReader
from application.users.authenticate import Authenticate
from domain.users.principal import NotAuthenticated, Principal

_SCHEME: Final = "bearer "


async def provide_reader(
    request: Request[Any, Any, Any],
    authenticate: NamedDependency[Authenticate],
    limit_reader: NamedDependency[LimitReader],
) -> Principal:
    """The signed-in reader; 401 without a live access token, 429 when asking too often."""
    header = request.headers.get("authorization", "")
    if not header.lower().startswith(_SCHEME):
        raise NotAuthenticated("Send your access token as 'Authorization: Bearer <token>'.")
    reader = await authenticate(header[len(_SCHEME) :].strip())
    limit_reader(reader.user_id)
    return reader


async def provide_visitor(
    request: Request[Any, Any, Any],
    authenticate: NamedDependency[Authenticate],
    limit_reader: NamedDependency[LimitReader],
) -> Principal | None:
    """The reader if a token came along, else None: for routes that serve guests too."""
    if "authorization" not in request.headers:
        return None
    return await provide_reader(request, authenticate, limit_reader)


async def provide_staff(reader: NamedDependency[Principal]) -> Principal:
    """A member of staff; 403 for other readers."""
    reader.require_staff()
    return reader


AUTH_DEPENDENCIES: Final = {
    "reader": Provide(provide_reader),
    "visitor": Provide(provide_visitor),
    "staff": Provide(provide_staff),
}
