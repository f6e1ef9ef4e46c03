"""`octavo doctor`"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import rich_click as click
from rich.console import Console
from rich.text import Text

from entrypoints.settings import Settings
from entrypoints.stack.checkup import Finding, check_up


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def doctor(*, as_json: bool) -> None:
    """Say for each part: version, address, healthy or why not and what to do.

    Exit code 0: all are healthy; 1: at least one is not.
    """
    findings = check_up(Settings.load(secrets_required=False))
    if as_json:
        click.echo(json.dumps({"parts": [asdict(finding) for finding in findings]}, indent=2))
    else:
        _show(Console(highlight=False), findings)
    sys.exit(0 if all(finding.healthy for finding in findings) else 1)


def _show(console: Console, findings: Sequence[Finding]) -> None:
    for found in findings:
        sign, style = ("✓", "green") if found.healthy else ("✗", "red")
        head = Text(f"{sign} {found.name:12}", style)
        console.print(head, Text(found.version, "dim"), Text(found.address, "cyan"), soft_wrap=True)
        console.print(Text(f"    {found.detail}", "dim" if found.healthy else ""), soft_wrap=True)
