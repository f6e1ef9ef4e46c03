"""`python -m tests.torture.betting`: a club of a whole shop bets while whatever can be killed is killed."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.betting.storm import CROWD, storm

BETTORS, KILLS = 60, 14  # each victim once while bets come, and once while markets are paid


def main() -> None:
    """Exit code 0: nothing was lost, doubled, wrong, kept, stuck or astray; 1: otherwise."""
    asked = argparse.ArgumentParser(prog="python -m tests.torture.betting", description=__doc__)
    asked.add_argument("--bettors", type=int, default=BETTORS, help=f"beside a crowd of {CROWD}")
    asked.add_argument("--kills", type=int, default=KILLS)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    wish = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="octavo-betting-", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL's own account passes through
        sys.exit(0 if asyncio.run(_storm(home, wish.bettors, wish.kills, wish.seed)) else 1)


async def _storm(home: Path, bettors: int, kills: int, seed: int) -> bool:
    async with storm(home, seed) as raging:
        began = time.monotonic()
        looks, astray = await raging.rage(bettors, kills)
        verdict = await raging.judged(astray)
        audit = await asyncio.to_thread(raging.house.audit)
    answers, fell = raging.answers, raging.nemesis.kills
    _say(f"storm of seed {seed}: {len({each.bet for each in answers.heard})} bets told of, beside {CROWD}")
    _say(f"  in {time.monotonic() - began:.0f} s, {len(fell)} kills ({', '.join(fell)})")
    _say(f"  {answers.silences} questions asked again; {looks} looks into the books")
    _say(f"  quiet after {raging.calm:.0f} s; {verdict.counts()}; audit: {len(audit)} findings")
    for guilty in (*(vars(verdict).values()), audit):
        for line in guilty:
            _say(f"  {line}")
    return verdict.clean and not audit


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - a command's own voice


if __name__ == "__main__":
    main()
