"""`python -m tests.quality.prices`: how good the estimates about prices are, measured on made-up stores."""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from tests.quality import asking, freshness, page, trusting

SEED: Final = 7
# Calls a second, and the days in which the shop learns at that pace: until most books were seen a few times.
BUDGETS: Final = ((0.05, 60.0), (0.2, 25.0), (1.0, 8.0))
MARKETS: Final = 5
NOISES: Final = ((0.02, 0.06), (0.03, 0.10), (0.05, 0.15))
CHEAPER: Final = (0.5, 1.0, 2.0, 5.0, 10.0)  # times what a call costs, for the curve
BY_CHANCE: Final = (5, 10, 20, 40, 80)
SOURCES: Final = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)
ANSWERS: Final = 40_000
COMPARED: Final = (50, 100, 200, 500, 2_000)


def main() -> None:
    """Measure, and write the page and its pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.prices", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=SEED, help=f"of everything that is left to chance [{SEED}]"
    )
    page.write(_measure(parser.parse_args().seed))


def _measure(seed: int) -> page.Measured:
    measured = page.Measured(seed=seed)
    _freshness(measured)
    _asking(measured)
    _trusting(measured)
    return measured


def _freshness(measured: page.Measured) -> None:
    world = freshness.World.made(measured.seed)
    for calls, days in BUDGETS:
        reached = {name: world.freshness(plan(world, calls)) for name, plan in freshness.PLANS.items()}
        learnt, price = freshness.learnt_freshness(world, calls, days=days, seed=measured.seed)
        measured.fresh[calls] = page.Fresh(days, reached, learnt, price)
        _tell(f"freshness at {calls} calls/s: {learnt:.3f} learnt, {reached}")
    for name, other in _other_worlds(measured.seed):
        measured.elsewhere[name] = {
            calls: {plan: other.freshness(rates(other, calls)) for plan, rates in page.ELSEWHERE.items()}
            for calls, _ in BUDGETS
        }
        _tell(f"freshness, {name}: {measured.elsewhere[name]}")


def _other_worlds(seed: int) -> Sequence[tuple[str, freshness.World]]:
    return (
        ("as above", freshness.World.made(seed)),
        ("rates alike (0.8)", freshness.World.made(seed, spread=0.8)),
        ("rates apart (2.0)", freshness.World.made(seed, spread=2.0)),
        ("popular books change more often", freshness.World.made(seed, popular_change_more=0.3)),
    )


def _asking(measured: page.Measured) -> None:
    markets = [measured.seed + number for number in range(MARKETS)]
    for within in NOISES:
        for known in (False, True):
            runs = [asking.Shop(asking.Market(seed, within), known=known).run() for seed in markets]
            measured.asked[within, known] = runs
            _tell(f"asking, {within}, known {known}: {[run.whole for run in runs]}")
    for known in (False, True):
        for cheaper in CHEAPER:
            run = asking.Shop(asking.Market(measured.seed), cheaper=cheaper, known=known).run()
            measured.curves.setdefault("models known" if known else "models learnt", []).append(run.whole)
    market = asking.Market(measured.seed)
    measured.curves["by chance"] = [asking.by_chance(market, calls).whole for calls in BY_CHANCE]
    _tell(f"asking, curves: {measured.curves}")


def _trusting(measured: page.Measured) -> None:
    for sources in SOURCES:
        for history in (True, False):
            for ours in (True, False):
                measured.flags[sources, history, ours] = trusting.flags(
                    sources, ours=ours, history=history, spread=trusting.SPREAD, seed=measured.seed
                )
    _tell(f"flags: {measured.flags}")
    for spread in (0.06, 0.2):
        for ours in (True, False):
            measured.spreads[spread, ours] = trusting.flags(
                8, ours=ours, history=True, spread=spread, seed=measured.seed
            )
    measured.copying = trusting.copying(measured.seed, COMPARED)
    _tell(f"copying: {measured.copying}")
    answers = trusting.answers(ANSWERS, measured.seed)
    measured.right = sum(answer.right for answer in answers) / len(answers)
    measured.alone = trusting.right_alone(answers)
    measured.calibrated = {way: trusting.calibrated(answers, way) for way in ("ours", "formula")}
    _tell(f"confidence: {measured.calibrated}")


def _tell(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - a command's own voice


if __name__ == "__main__":
    main()
