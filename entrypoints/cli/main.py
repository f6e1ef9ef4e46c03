"""The `octavo` command."""

import sys
from typing import Final

import rich_click as click

from entrypoints.cli.api import api
from entrypoints.cli.audit import audit
from entrypoints.cli.bench import bench
from entrypoints.cli.demo import demo
from entrypoints.cli.doctor import doctor
from entrypoints.cli.embed import embed
from entrypoints.cli.generate import generate
from entrypoints.cli.imports import fill, import_books
from entrypoints.cli.migrate import migrate
from entrypoints.cli.parked import parked
from entrypoints.cli.parts import PART_NAMES, PARTS
from entrypoints.cli.points import points
from entrypoints.cli.refreshing import CARE
from entrypoints.cli.reindex import reindex
from entrypoints.cli.specs import specs
from entrypoints.cli.stores import stores
from entrypoints.cli.up import up
from entrypoints.cli.user import user
from entrypoints.environment import SettingError
from entrypoints.stack.leftovers import AlreadyRunning
from entrypoints.stack.supervisor import CouldNotStart

# What can be wrong with a machine or its settings: told in one sentence, without a traceback.
EXPECTED: Final = (SettingError, AlreadyRunning, CouldNotStart, PermissionError)
MISCONFIGURED: Final = 2  # exit code, as for a wrong option


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="octavo", message="octavo %(version)s")
@click.rich_config({"text_markup": "markdown"})
@click.command_panel(
    "The shop",
    commands=[
        "up",
        "demo",
        "doctor",
        "audit",
        "parked",
        "stores",
        "import",
        "generate",
        "reindex",
        "embed",
        "user",
        "points",
        "migrate",
        "fill",
    ],
)
@click.command_panel("The source", commands=["bench", "specs"])
@click.command_panel("One part each, as up starts them", commands=["api", *PART_NAMES])
def octavo() -> None:
    """An open online bookstore whose every purchase is a durable process.

    `octavo up` starts everything on this machine; `octavo doctor` says how each part is. Settings are
    environment variables (`OCTAVO_…`) with defaults that work; state lives in `OCTAVO_HOME` (`./var`).

    Exit codes: 0 done, 1 not healthy or failed, 2 wrong option or setting.
    """


_SHOP: Final = (
    up,
    demo,
    doctor,
    audit,
    parked,
    stores,
    import_books,
    generate,
    reindex,
    embed,
    user,
    points,
    migrate,
    fill,
)
for care in CARE:
    stores.add_command(care)
for command in (*_SHOP, bench, specs, api, *PARTS):
    octavo.add_command(command)


def main() -> None:
    """Run the command; a problem of the machine or its settings is told in a sentence."""
    try:
        octavo(prog_name="octavo")
    except EXPECTED as problem:
        click.echo(f"octavo: {problem}", err=True)
        sys.exit(MISCONFIGURED if isinstance(problem, SettingError) else 1)
