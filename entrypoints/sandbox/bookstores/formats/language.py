"""What a format has to be able to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec
from aiohttp import web

from entrypoints.sandbox.bookstores.refusals import not_understood
from entrypoints.sandbox.shared.faults import Handler
from entrypoints.sandbox.shared.serving import Refusal

Call = tuple[str, str, Handler]  # method, path below the store's, what answers
S = TypeVar("S")


class Language(Protocol):
    """One format at one store's counter."""

    def calls(self) -> Sequence[Call]:
        """All that can be asked in it."""
        ...

    def refusal(self, refusal: Refusal) -> web.Response:
        """No, in its words."""
        ...


def moment(at: datetime) -> str:
    """RFC 3339, whole seconds, UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


async def understood(request: web.Request, shape: type[S]) -> S:
    """The JSON body in that shape."""
    return decoded(await request.read(), shape)


def decoded(text: bytes | msgspec.Raw, shape: type[S]) -> S:
    """The JSON text in that shape."""
    try:
        return msgspec.json.decode(text, type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise not_understood(str(error)) from error
