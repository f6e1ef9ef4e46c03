"""Signed-in readers and staff for tests over HTTP."""

from itertools import count
from typing import Any, cast
from uuid import uuid4

import httpx
from litestar import Litestar
from litestar.di import Provide

from application.users.change_roles import GrantRole
from domain.users.email import EmailAddress
from domain.users.principal import Role

PASSWORD = "seven blue herons"
_numbers = count(1)


def new_email() -> str:
    """An address nobody has used yet."""
    return f"reader{next(_numbers)}.{uuid4().hex[:8]}@example.org"


async def register(
    client: httpx.AsyncClient, *, email: str | None = None, name: str = "Jane Roe"
) -> dict[str, Any]:
    """Open an account; returns what the shop answered."""
    body = {"email": email or new_email(), "password": PASSWORD, "name": name}
    answer = await client.post("/v1/users/register", json=body)
    assert answer.status_code == 201, answer.text
    account: dict[str, Any] = answer.json()
    return account


async def log_in(client: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    """Sign in; returns the whole answer."""
    return await client.post("/v1/users/login", json={"email": email, "password": password})


async def register_and_login(client: httpx.AsyncClient, *, role: Role | str | None = None) -> dict[str, str]:
    """The headers of a new reader, or of staff. `role` needs the application in this process."""
    email = (await register(client))["email"]
    if role is not None:
        await grant(client, email, Role(role))
    answer = await log_in(client, email)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def grant(client: httpx.AsyncClient, email: str, role: Role) -> None:
    """What `octavo user grant` does, in the application this client asks."""
    app = cast("Litestar", cast("httpx.ASGITransport", client._transport).app)
    grant_role = cast("GrantRole", cast("Provide", app.dependencies["grant_role"]).dependency())
    await grant_role(EmailAddress.parse(email), role, by=None)
