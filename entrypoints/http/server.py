"""The API's processes, served by granian."""

from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, Loops
from granian.server import Server
from litestar import Litestar

from entrypoints.http.app import create_app
from entrypoints.process import begin
from entrypoints.settings import Settings

WAITING_CONNECTIONS: Final = 2048  # accepted by the kernel while both processes are busy
# Requests in work before a process stops accepting. Below the number of kept-open connections it would
# leave some of them without an answer for as long as the others stay open.
IN_WORK: Final = 1024
END_WITHIN: Final = 5  # seconds for open requests when stopping; event streams are cut then
AGAIN_AFTER: Final = 0.5  # seconds before a dead process is replaced
# Granian's own lines go the way of all others: JSON, cleaned. There is no access log.
LOGGING: Final[dict[str, Any]] = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}, "granian.access": {"handlers": []}},
}


def create() -> Litestar:
    """The application, made in each process from its own environment."""
    begin()
    return create_app()


def main(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    begin()
    Server(
        f"{__name__}:{create.__name__}",
        factory=True,
        address=settings.http.host,
        port=settings.http.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.http.processes,
        backlog=WAITING_CONNECTIONS,
        backpressure=IN_WORK,
        respawn_failed_workers=True,
        respawn_interval=AGAIN_AFTER,
        workers_kill_timeout=END_WITHIN,
        log_dictconfig=LOGGING,
    ).serve()
