"""What every stand-in server shares: who may call, how it says no, how it lives and ends."""

import asyncio
import signal
from hmac import compare_digest
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from entrypoints.sandbox.shared.faults import FAULTS, Fault, Faults, Handler

API_KEY: Final = web.AppKey("api_key", str)
GUARDED: Final = ("/v1/", "/control/")  # ledgers, pages and health are for every pair of eyes
SHUTDOWN_SECONDS: Final = 1.0  # a caller whose answer is cut off asks again under the same key

S = TypeVar("S")


class Refusal(Exception):
    """The server says no, with a code that programs read."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def document(self) -> dict[str, str]:
        """The body of the answer."""
        return {"code": self.code, "message": self.message}


@web.middleware
async def only_with_the_key(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Calls that move anything carry `Authorization: Bearer <api key>`."""
    if request.path.startswith(GUARDED):
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not compare_digest(shown.encode(), request.app[API_KEY].encode()):
            return answer(Refusal(401, "unauthorised", "Send the API key as a bearer token."))
    return await handler(request)


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A refusal raised anywhere becomes its answer."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return answer(refusal)


def answer(refusal: Refusal) -> web.Response:
    """The refusal as JSON."""
    return web.json_response(refusal.document(), status=refusal.status)


async def body_of(request: web.Request, shape: type[S]) -> S:
    """The JSON body in that shape, or 422 with what is wrong in it."""
    try:
        return msgspec.json.decode(await request.read(), type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Refusal(422, "invalid_request", str(error)) from error


async def add_fault(request: web.Request) -> web.Response:
    """POST /control/faults: let something go wrong."""
    faults = request.app[FAULTS]
    faults.add(await body_of(request, faults.kind))
    return _waiting(request, status=201)


async def list_faults(request: web.Request) -> web.Response:
    """GET /control/faults: what is still to come."""
    return _waiting(request, status=200)


async def clear_faults(request: web.Request) -> web.Response:
    """DELETE /control/faults: behave."""
    request.app[FAULTS].clear()
    return _waiting(request, status=200)


def _waiting(request: web.Request, status: int) -> web.Response:
    faults = [msgspec.to_builtins(fault) for fault in request.app[FAULTS].waiting()]
    return web.json_response({"items": faults}, status=status)


def new_application(name: str, api_key: str, faults: type[Fault] = Fault) -> web.Application:
    """An application with the shared manners: key, refusals, faults (of that kind) and health."""
    if not api_key:
        raise ValueError(f"The {name} sandbox does not start without an API key.")

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "name": name, "version": _version()})

    app = web.Application(middlewares=[only_with_the_key, refusals])
    app[API_KEY], app[FAULTS] = api_key, Faults(faults)
    app.router.add_get("/health", health)
    app.router.add_post("/control/faults", add_fault)
    app.router.add_get("/control/faults", list_faults)
    app.router.add_delete("/control/faults", clear_faults)
    return app


def _version() -> str:
    try:
        return version("octavo")
    except PackageNotFoundError:
        return "source tree"  # run from a checkout that was never installed


async def serve(app: web.Application, url: str) -> None:
    """Serve at `url` until SIGTERM or SIGINT."""
    place = urlsplit(url)
    ended = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, ended.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, place.hostname, place.port or 80).start()
        await ended.wait()
    finally:
        await runner.cleanup()
