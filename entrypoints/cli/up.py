"""`octavo up`"""

import os
import time

import rich_click as click

from adapters.telemetry.metrics import SHARED_FOLDER, clear_shared_folder
from entrypoints.environment import home_folder
from entrypoints.settings import Settings
from entrypoints.stack.addresses import check_ports, complete, write_down
from entrypoints.stack.display import Display
from entrypoints.stack.leftovers import RunFile
from entrypoints.stack.shop import parts_of_the_shop
from entrypoints.stack.supervisor import Supervisor


@click.command()
def up() -> None:
    """Start the whole shop here and keep it running until Ctrl-C.

    Starts PostgreSQL, Valkey, Temporal with its UI, a mailbox, the sandbox payment provider and carrier,
    stand-ins for Google Books, Open Library and sixty bookstores, the API, the worker and the relay; brings
    the database to the newest schema; fills an empty shop with the shipped catalogue. A part that dies is
    started again. A part whose address is given (`OCTAVO_DATABASE_URL`, `OCTAVO_REDIS_URL`,
    `OCTAVO_TEMPORAL_ADDRESS`, `OCTAVO_PAYMENTS_URL`, `OCTAVO_CARRIER_URL`, `OCTAVO_BOOKS_API_URL`,
    `OCTAVO_BOOKSTORES_URL`, `OCTAVO_SMTP_HOST`) is used, not started.
    """
    began = time.monotonic()
    os.umask(0o077)  # logs, ledgers and mails are for the owner alone
    run_file = RunFile(home_folder(os.environ) / "run")
    if stopped := run_file.stop_leftovers():
        click.echo(f"Stopped {stopped} processes that an earlier run had left behind.")
    values = complete(os.environ)
    settings = Settings.load(values)
    counts = settings.home / "run" / "metrics"
    clear_shared_folder(counts)
    parts = parts_of_the_shop(settings, {**values, SHARED_FOLDER: str(counts)}, run_file.run_id)
    check_ports(settings, parts)
    address_file = write_down(values, settings)
    display = Display(list(parts))
    supervisor = Supervisor(list(parts.values()), settings.home / "logs", run_file, display.report)
    try:
        supervisor.run(lambda: display.opened(settings, time.monotonic() - began), display.tick)
    finally:
        display.close()
        address_file.unlink(missing_ok=True)
