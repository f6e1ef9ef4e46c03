"""`python -m tests.torture.buying`: purchases of a whole shop while whatever can be killed is killed."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.buying.storm import AT_ONCE, storm
from tests.torture.buying.trial import FATES, WEATHERS, trial
from tests.workflows.conftest import skipping_time

PURCHASES, KILLS = 150, 14  # each victim twice
REASONS = 8  # why there is no book, the most frequent first


def main() -> None:
    """Exit code 0: books were bought, and nothing was lost, doubled, overspent, kept, unbalanced or stuck;
    1: otherwise.
    """
    asked = argparse.ArgumentParser(prog="python -m tests.torture.buying", description=__doc__)
    asked.add_argument("--purchases", type=int, default=PURCHASES, help="beside fifty of one reader")
    asked.add_argument("--kills", type=int, default=KILLS)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument(
        "--matrix", action="store_true", help="each step with each fate and silence, in memory"
    )
    wish = asked.parse_args()
    if wish.matrix:
        clean = asyncio.run(_matrix())
        # Temporal's client has threads of its own over which an interpreter that ends in order may fall.
        os._exit(0 if clean else 1)
    with tempfile.TemporaryDirectory(prefix="octavo-buying-", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL's own account passes through
        sys.exit(0 if asyncio.run(_storm(home, wish.purchases, wish.kills, wish.seed)) else 1)


async def _matrix() -> bool:
    clean = True
    async with skipping_time() as env:
        for weather in WEATHERS:
            verdict = await trial(env, weather, FATES)
            _say(f"{weather.name}: {len(FATES)} purchases; {verdict.counts()}")
            clean = clean and verdict.clean
        verdict = await trial(env, WEATHERS[0], [], at_once=AT_ONCE)
        _say(f"{AT_ONCE} of one reader at once: {verdict.counts()}")
    return clean and verdict.clean


async def _storm(home: Path, purchases: int, kills: int, seed: int) -> bool:
    async with storm(home, seed) as raging:
        began = time.monotonic()
        await raging.rage(purchases, kills)
        _say(f"storm of seed {seed}: {len({each.wish for each in raging.heard})} wishes answered")
        _say(f"  in {time.monotonic() - began:.0f} s, {len(raging.kills)} kills ({', '.join(raging.kills)})")
        calm = await raging.calm_down()
        verdict = await raging.judged()
        audit = await asyncio.to_thread(raging.house.audit)
    ended = ", ".join(f"{number} {status}" for status, number in raging.endings.most_common())
    told = sum(1 for each in raging.heard if each.bought)
    _say(f"  {ended}; {told} were told at once that it is bought; quiet after {calm:.0f} s")
    for reason, number in raging.reasons.most_common(REASONS):
        _say(f"    {number} times: {reason}")
    _say(f"  {verdict.counts()}; audit: {len(audit)} findings")
    for guilty in (*(vars(verdict).values()), audit):
        for line in guilty:
            _say(f"  {line}")
    return verdict.clean and not audit


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - a command's own voice


if __name__ == "__main__":
    main()
