"""`octavo audit`"""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import rich_click as click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from application.audit.check import Area, Checked, Report
from application.search.audit_index import IndexReport
from domain.shared.errors import DomainError
from entrypoints.settings import Settings

ALL: Final = "all"
INDEX: Final = "index"
CLEAN, FINDINGS, COULD_NOT_LOOK = 0, 1, 2  # exit codes
SHOWN: Final = 20  # findings of one check on a screen; `--json` has them all


@click.command()
@click.argument("area", type=click.Choice([*(area.value for area in Area), ALL, INDEX]), default=ALL)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs, with every finding.")
def audit(*, area: str, as_json: bool) -> None:
    """Check that stock, orders, money, reviews and points add up, and name the row where they do not.

    Only reads, and may run while the shop trades: what is wrong must be wrong twice, two seconds apart.
    Our books are compared with the payment provider's own, where it shows them (the sandbox does).

    `octavo audit index` compares the search with the catalogue, work by work, and mends what differs.

    Exit code 0: clean; 1: something was found; 2: it could not look.
    """
    try:
        if area == INDEX:
            sys.exit(_tell_of_index(asyncio.run(_look_at_index()), as_json=as_json))
        report = asyncio.run(_look(tuple(Area) if area == ALL else (Area(area),)))
    except DomainError as silent:
        click.echo(f"octavo: could not look: {silent.message}", err=True)
        sys.exit(COULD_NOT_LOOK)
    if as_json:
        click.echo(json.dumps(_document(report), indent=2))
    else:
        _show(Console(highlight=False), report)
    sys.exit(CLEAN if report.clean else FINDINGS)


async def _look(areas: Sequence[Area]) -> Report:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - loads every adapter: half a second

    async with opened(Container(settings=Settings.load())) as shop:
        report: Report = await shop.use_cases.audit_shop()(areas)
        return report


async def _look_at_index() -> IndexReport:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - as above

    async with opened(Container(settings=Settings.load())) as shop:
        report: IndexReport = await shop.use_cases.audit_index()()
        return report


def _tell_of_index(report: IndexReport, *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps(asdict(report), indent=2))
    elif report.drifted:
        click.echo(
            f"{report.works:,} works: {report.documents_differed:,} documents differed from the catalogue;"
            f" the index lacked {report.missing:,}, had {report.outdated:,} in an old version and"
            f" {report.foreign:,} that are none. Mended, or on its way to the index."
        )
    else:
        click.echo(f"The search equals the catalogue: {report.works:,} works.")
    return FINDINGS if report.drifted else CLEAN


def _document(report: Report) -> dict[str, object]:
    return {
        "clean": report.clean,
        "checks": [
            {
                "name": checked.check.name,
                "area": checked.check.area,
                "rule": checked.check.rule,
                "looked_at": checked.looked_at,
                "skipped": checked.skipped,
                "findings": [asdict(finding) for finding in checked.findings],
            }
            for checked in report.checks
        ],
    }


def _show(console: Console, report: Report) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in ("", "check", "rule", "looked at", "found"):
        table.add_column(heading, justify="right" if heading in {"looked at", "found"} else "left")
    for checked in report.checks:
        table.add_row(*_row(checked))
    console.print(table)
    for checked in report.checks:
        _explain(console, checked)
    found = sum(len(checked.findings) for checked in report.checks)
    words = Text("Everything adds up.", "green") if report.clean else Text(f"{found} findings.", "bold red")
    console.print(words)


def _row(checked: Checked) -> tuple[Text, str, str, str, str]:
    check, found = checked.check, len(checked.findings)
    if checked.skipped is not None:
        return Text("-", "dim"), check.name, f"not looked at: {checked.skipped}", "", ""
    sign = Text("✗", "red") if found else Text("✓", "green")
    return sign, check.name, check.rule, f"{checked.looked_at:,}", f"{found:,}" if found else ""


def _explain(console: Console, checked: Checked) -> None:
    for finding in checked.findings[:SHOWN]:
        line = Text.assemble(
            (f"{checked.check.name} ", "red"), (finding.subject, "bold"), f" {finding.detail}"
        )
        console.print(line, soft_wrap=True)
    if (more := len(checked.findings) - SHOWN) > 0:
        console.print(Text(f"… and {more:,} more; --json has them all", "dim"))
