"""What `octavo up` shows: a live table in a terminal, one line for each event anywhere else."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from entrypoints.settings import Settings
from entrypoints.stack.part import Part, State

_SIGNS: Final = {
    State.WAITING: ("·", "dim"),
    State.STARTING: ("…", "yellow"),
    State.UP: ("✓", "green"),
    State.DONE: ("✓", "green"),
    State.RESTARTING: ("!", "red"),
    State.STOPPED: ("-", "dim"),
}


class Display:
    """Told of every change; draws only in `tick`, so that nothing runs beside the supervisor's thread."""

    def __init__(self, parts: Sequence[str], console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._states = {name: (State.WAITING, "", time.monotonic()) for name in parts}
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        if self._console.is_terminal:
            self._live.start()

    def report(self, part: Part, state: State, detail: str) -> None:
        """Take in what happened to a part; outside the live table, say it."""
        self._states[part.name] = (state, detail, time.monotonic())
        if not self._live.is_started or state is State.RESTARTING:
            sign, style = _SIGNS[state]
            line = Text(f"{time.strftime('%H:%M:%S')} {sign} {part.name} {state} {detail}".rstrip(), style)
            self._console.print(line, soft_wrap=True)

    def tick(self) -> None:
        """Draw again."""
        if self._live.is_started:
            self._live.update(self._table(), refresh=True)

    def opened(self, settings: Settings, seconds: float) -> None:
        """Everything answers: show where."""
        self._live.stop()
        self._console.print(f"\nOctavo is open (after {seconds:.0f} s)\n", style="bold green")
        for name, address in addresses(settings).items():
            row = Text.assemble("  ", f"{name:19}", (address, "cyan"))
            self._console.print(row, soft_wrap=True)  # a folded address could not be copied
        self._console.print()
        self._console.print(
            "Ctrl-C stops everything in order; data stays. Elsewhere: octavo doctor", style="dim"
        )

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._live.stop()

    def _table(self) -> Table:
        table = Table(box=None, show_header=False)
        for name, (state, detail, since) in self._states.items():
            sign, style = _SIGNS[state]
            waiting = f"{time.monotonic() - since:.0f} s" if state is State.STARTING else detail
            table.add_row(Text(sign, style), name, Text(f"{state} {waiting}", style))
        return table


def addresses(settings: Settings) -> Mapping[str, str]:
    """Where people and programs find each part."""
    return {
        "API": f"{settings.http.local_url}/v1",
        "API documentation": f"{settings.http.local_url}/docs",
        "Temporal UI": settings.temporal.ui_url,
        "Mailbox": settings.mail.url,
        "Payment ledger": f"{settings.payments.url}/ledger"
        if settings.payments.gateway == "sandbox"
        else "Stripe",
        "Carrier": settings.carrier.url,
        "Temporal": settings.temporal.address,
        "PostgreSQL": without_password(settings.database.url),
        "Valkey": without_password(settings.redis.url),
        "Logs": str(settings.home / "logs"),
    }


def without_password(url: str) -> str:
    """The address as it may be shown."""
    scheme, _, rest = url.partition("://")
    credentials, at, place = rest.rpartition("@")
    return f"{scheme}://{credentials.partition(':')[0]}{at}{place}"
