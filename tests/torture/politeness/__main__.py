"""`python -m tests.torture.politeness`: is a store ever asked too often, with Valkey killed in the middle?"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from adapters.redis.turns.policies import BEGINS_AFTER, LASTS
from tests.torture.politeness.report import Run, written
from tests.torture.politeness.scene import PROCESSES, scene
from tests.torture.politeness.verdict import judged

LOOKS_EVERY = 10.0  # seconds
FEARS = (BEGINS_AFTER + LASTS).total_seconds()


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    minutes: float
    stores: int
    dark: float
    way: str
    report: Path | None


def main() -> None:
    """Exit code 0: no window of any store held too many calls, and the safe rate was used (of which a run of
    less than five minutes tells nothing); 1: otherwise.
    """
    run = play(_asked())
    print(written(run))  # noqa: T201 - a command's own voice
    sys.exit(0 if run.passed else 1)


def play(wish: Wish) -> Run:
    """The whole run: calls at full demand, Valkey killed in the middle and empty afterwards."""
    half = wish.minutes * 60 / 2
    with (
        tempfile.TemporaryDirectory(prefix="octavo-polite-", dir="/tmp") as folder,
        scene(Path(folder)) as stage,
    ):
        receiver = stage.open_stores("stores")
        stage.send_out(receiver, wish.stores, wish.way)
        began = time.monotonic()
        time.sleep(half)
        stage.kill_valkey()
        dark = time.monotonic()
        time.sleep(wish.dark)
        stage.start_valkey()
        light = time.monotonic()
        time.sleep(max(0.0, began + 2 * half - light))
        ended = time.monotonic()
        dead = stage.dead()
        arrivals, late = stage.ledger(receiver)
    whole = judged(arrivals, [(began, ended)])
    well = judged(arrivals, [(began + FEARS, dark), (light + 2, ended)] if half > FEARS else [(began, dark)])
    without = judged(arrivals, [(dark, light)])
    run = Run(wish.way, PROCESSES, began, ended - began, light - dark, late, dead, whole, well, without)
    if wish.report is not None:
        wish.report.write_text(written(run))
    return run


def _asked() -> Wish:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.politeness", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="[10]")
    parser.add_argument("--stores", type=int, default=200, help="of one to ten calls a second [200]")
    parser.add_argument("--dark", type=float, default=20, help="seconds without Valkey [20]")
    parser.add_argument("--way", choices=["ours", "naive"], default="ours", help="how turns are taken [ours]")
    parser.add_argument("--report", type=Path, help="a file for what is printed")
    given = parser.parse_args()
    return Wish(given.minutes, given.stores, given.dark, given.way, given.report)


if __name__ == "__main__":
    main()
