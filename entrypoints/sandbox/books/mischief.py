"""Answers that go wrong the way those of real sources do."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from entrypoints.sandbox.books.library import Library
from entrypoints.sandbox.shared.faults import FAULTS, Effect, Fault, Faults, Handler, misbehaving

LIBRARY: Final = web.AppKey("library", Library)
Spoil = Callable[[dict[str, Any], Effect, Library], None]
_REFUSALS: Final = (Effect.TOO_MANY, Effect.DAY_SPENT, Effect.FORBIDDEN)
_SPOILS: Final = (Effect.WRONG_ISBN, Effect.MISSING_FIELDS, Effect.GARBAGE)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before anything befell it."""

    document: dict[str, Any] | None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a source says no, and what its answers look like when fields are wrong."""

    refuse: Callable[[Fault], Reply]
    spoil: Spoil


def telling(operation: str, tell: Callable[[web.Request], Reply], shape: Shape) -> Handler:
    """What `tell` tells, with whatever faults wait for `operation`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        faults = request.app[FAULTS]
        for effect in _REFUSALS:
            if fault := faults.take(operation, effect):
                return _written(shape.refuse(fault))
        reply = tell(request)
        _spoil(reply, operation, faults, shape.spoil, request.app[LIBRARY])
        answer = _written(reply)
        if faults.take(operation, Effect.MALFORMED) and isinstance(answer.body, bytes):
            answer.body = answer.body[: len(answer.body) // 2]
        return answer

    return misbehaving(operation, handle)


def _spoil(reply: Reply, operation: str, faults: Faults, spoil: Spoil, library: Library) -> None:
    for effect in _SPOILS:
        if reply.document is not None and faults.take(operation, effect):
            spoil(reply.document, effect, library)


def _written(reply: Reply) -> web.Response:
    if reply.document is None:
        return web.Response(status=reply.status, headers=reply.headers)
    body = json.dumps(reply.document).encode()
    return web.Response(
        body=body, status=reply.status, headers=reply.headers, content_type="application/json"
    )


def retry_after(fault: Fault) -> Mapping[str, str]:
    """The header, unless the fault asks for none."""
    return {"Retry-After": f"{fault.seconds:.0f}"} if fault.seconds else {}
