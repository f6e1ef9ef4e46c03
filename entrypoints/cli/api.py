"""`octavo api`"""

import rich_click as click

from entrypoints.settings import Settings


@click.command()
def api() -> None:
    """Serve the HTTP API on OCTAVO_HTTP_HOST:OCTAVO_HTTP_PORT."""
    from entrypoints.http.server import main  # noqa: PLC0415 - only this command pays for a web framework

    main(Settings.load())
