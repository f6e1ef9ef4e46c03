"""`octavo api`"""

from typing import Final

import rich_click as click

from entrypoints.settings import Settings

LONGEST_GOODBYE: Final = 5  # seconds for open requests and event streams to end
RESPAWN_AFTER: Final = 0.5  # seconds


@click.command()
def api() -> None:
    """Serve the HTTP API on OCTAVO_HTTP_HOST:OCTAVO_HTTP_PORT."""
    from granian import Granian  # noqa: PLC0415 - only this command pays
    from granian.constants import HTTPModes, Interfaces, Loops  # noqa: PLC0415 - as above

    http = Settings.load().http
    Granian(
        "entrypoints.http.app:create_app",
        factory=True,
        address=http.host,
        port=http.port,
        workers=http.processes,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        websockets=False,
        log_access=False,  # an access log is personal data; requests are counted instead
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_AFTER,
        workers_kill_timeout=LONGEST_GOODBYE,
    ).serve()
