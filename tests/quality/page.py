"""What was measured, as a page of the documentation with a picture for each result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import mean
from typing import Final

from entrypoints.stack.shop import ROOT
from tests.quality import freshness, trusting
from tests.quality.asking import BETWEEN, COMPARISONS, DAYS, DOUBT, STORES, Result
from tests.quality.picture import Axis, drawn
from tests.quality.words import ASKING, COPYING, FLAGS, FRESH, HEAD, OTHERWISE, SURE

PAGE: Final = ROOT / "docs" / "price-quality.md"
IMAGES: Final = ROOT / "docs" / "images"
POINTS_ABOVE_TIERS, MOST_CALLS, MOST_REGRET = 0.04, 12, 0.01
ELSEWHERE: Final = {
    "uniform": freshness.uniform,
    "tiers 1/4/15/80": freshness.tiers,
    "tiers 1/9/30/60": partial(freshness.tiers, shares=(0.01, 0.09, 0.3, 0.6)),
    "tiers 0.1/1/10/89": partial(freshness.tiers, shares=(0.001, 0.01, 0.1, 0.889)),
    "ours": freshness.harmonic,
    "optimum": freshness.optimum,
}


@dataclass(frozen=True)
class Fresh:
    """At one budget: the plans, and what was learnt in so many days."""

    days: float
    plans: Mapping[str, float]
    learnt: float
    price: float


@dataclass(kw_only=True)
class Measured:
    """Everything on the page."""

    seed: int
    fresh: dict[float, Fresh] = field(default_factory=dict)  # by calls a second
    elsewhere: dict[str, dict[float, dict[str, float]]] = field(default_factory=dict)
    asked: dict[tuple[tuple[float, float], bool], Sequence[Result]] = field(default_factory=dict)
    curves: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    flags: dict[tuple[int, bool, bool], trusting.Flags] = field(
        default_factory=dict
    )  # sources, history, ours
    spreads: dict[tuple[float, bool], trusting.Flags] = field(default_factory=dict)
    copying: Sequence[trusting.Copying] = ()
    calibrated: dict[str, trusting.Calibrated] = field(default_factory=dict)
    right: float = 0.0
    alone: float = 0.0


def write(measured: Measured) -> None:
    """Keep it."""
    for name, picture in _pictures(measured).items():
        (IMAGES / f"price-{name}.svg").write_text(picture)
    PAGE.write_text(text(measured))


def text(measured: Measured) -> str:
    """The page."""
    parts = (HEAD.format(seed=measured.seed), _fresh, _asked, _flags, _copying, _sure, OTHERWISE)
    return "\n".join(part if isinstance(part, str) else part(measured) for part in parts)


def _fresh(measured: Measured) -> str:
    rows = [
        FRESH.format(
            books=freshness.BOOKS,
            zipf=freshness.ZIPF,
            spread=freshness.CHANGE_SPREAD,
            questions=freshness.QUESTIONS,
        ),
        "| calls/s | uniform | four tiers | **ours, learnt** | ours, all known | optimum | above the tiers |",
        "|--:|--:|--:|--:|--:|--:|---|",
    ]
    for calls, one in measured.fresh.items():
        above = one.learnt - one.plans["four TTL tiers"]
        rows.append(
            f"| {calls:g} | {one.plans['uniform']:.3f} | {one.plans['four TTL tiers']:.3f} |"
            f" **{one.learnt:.3f}** | {one.plans['ours, all known']:.3f} | {one.plans['optimum']:.3f} |"
            f" {100 * above:+.1f} points: {_verdict(above >= POINTS_ABOVE_TIERS)} |"
        )
    rivals = ", ".join(
        f"{100 * (one.learnt - max(_rivals(measured, calls))):+.1f} at {calls:g}/s"
        for calls, one in measured.fresh.items()
    )
    worth = ", ".join(f"{one.price:.2g} at {calls:g}/s" for calls, one in measured.fresh.items())
    rows += [
        f"\nAbove the best of uniform and of three ways to cut the tiers (see below), in points: {rivals}.",
        f"A call was worth so many wrong answers: {worth}.",
        "\n![Freshness by calls a second](images/price-freshness.svg)\n",
        "Other worlds and other tiers, everything known:\n",
        f"| world | calls/s | {' | '.join(ELSEWHERE)} |",
        f"|---|--:|{'--:|' * len(ELSEWHERE)}",
    ]
    for name, budgets in measured.elsewhere.items():
        for calls, reached in budgets.items():
            rows.append(f"| {name} | {calls:g} | {' | '.join(f'{one:.3f}' for one in reached.values())} |")
    return "\n".join([*rows, ""])


def _rivals(measured: Measured, calls: float) -> Iterator[float]:
    here = next(iter(measured.elsewhere.values()))[calls]
    return (reached for plan, reached in here.items() if plan not in {"ours", "optimum"})


def _asked(measured: Measured) -> str:
    rows = [
        ASKING.format(
            stores=STORES,
            between=_percent(BETWEEN),
            comparisons=COMPARISONS,
            days=DAYS,
            doubt=_percent(DOUBT),
        ),
        "| own spread | calls | regret | first 200 | second half | waves | worst | models known | goal |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for (within, known), runs in measured.asked.items():
        if known:
            continue
        calls, regret = _mean([run.whole for run in runs])
        worst = max((run.whole for run in runs), key=lambda one: one[1])
        rows.append(
            f"| {_percent(within[0])} to {_percent(within[1])} |"
            f" **{calls:.1f}** | **{_percent(regret, 2)}** |"
            f" {_both(_mean([run.part(0, 200) for run in runs]))} |"
            f" {_both(_mean([run.part(COMPARISONS // 2, COMPARISONS) for run in runs]))} |"
            f" {mean(mean(run.waves) for run in runs):.2f} | {_both(worst)} |"
            f" {_both(_mean([run.whole for run in measured.asked[within, True]]))} |"
            f" {_verdict(calls <= MOST_CALLS and regret <= MOST_REGRET)} |"
        )
    by_chance = "; ".join(
        f"{calls:.0f} calls {_percent(regret)}" for calls, regret in measured.curves["by chance"]
    )
    return "\n".join(
        [*rows, f"\nStores by chance lose: {by_chance}.\n", "![Regret by calls](images/price-asking.svg)\n"]
    )


def _flags(measured: Measured) -> str:
    columns = [
        f"{what}, {whose}{'' if history else ', without history'}"
        for history in (True, False)
        for what in ("false", "caught")
        for whose in ("ours", "textbook")
    ]
    rows = [
        FLAGS.format(
            trials=trusting.TRIALS, spread=_percent(trusting.SPREAD), history=_percent(trusting.HISTORY_ERROR)
        ),
        f"| stores | {' | '.join(columns)} |",
        f"|--:|{'--:|' * 8}",
    ]
    for sources in dict.fromkeys(sources for sources, _, _ in measured.flags):
        cells = [
            _percent(getattr(measured.flags[sources, history, ours], what), 1)
            for history in (True, False)
            for what in ("false", "caught")
            for ours in (True, False)
        ]
        rows.append(f"| {sources} | {' | '.join(cells)} |")
    for spread in dict.fromkeys(spread for spread, _ in measured.spreads):
        ours, plain = measured.spreads[spread, True], measured.spreads[spread, False]
        rows.append(
            f"\nWhere honest prices spread by {_percent(spread)}, eight stores: falsely suspected"
            f" {_percent(ours.false, 1)} (textbook {_percent(plain.false, 1)}), caught"
            f" {_percent(ours.caught)} ({_percent(plain.caught)})."
        )
    return "\n".join([*rows, "\n![False flags and caught glitches](images/price-glitches.svg)\n"])


def _copying(measured: Measured) -> str:
    rows = [
        COPYING,
        "| comparisons | copying pairs found | honest pairs taken for copying |",
        "|--:|--:|--:|",
        *(
            f"| {one.comparisons:,} | {_percent(one.found)} | {one.false} of {one.pairs} |"
            for one in measured.copying
        ),
    ]
    return "\n".join([*rows, ""])


def _sure(measured: Measured) -> str:
    base = measured.right
    rows = [
        SURE.format(
            right=_percent(measured.right, 1), alone=_percent(measured.alone, 1), base=base * (1 - base)
        ),
        "| confidence | Brier score as said | calibrated |",
        "|---|--:|--:|",
    ]
    names = {"ours": "ours", "formula": "counting who agrees"}
    for way, one in measured.calibrated.items():
        rows.append(f"| {names[way]} | {one.raw:.4f} | {one.fitted:.4f} |")
    rows.append(f"| the same number for all | | {base * (1 - base):.4f} |")
    rows += [
        "\nOurs, calibrated:\n",
        "| said | came true | prices |",
        "|--:|--:|--:|",
        *(
            f"| {_percent(r.said, 1)} | {_percent(r.came_true, 1)} | {r.of:,} |"
            for r in measured.calibrated["ours"].table
        ),
        "\n![What was said and what came true](images/price-confidence.svg)\n",
    ]
    return "\n".join(rows)


def _pictures(measured: Measured) -> dict[str, str]:
    plans = {
        name: [(calls, 100 * one.plans[name]) for calls, one in measured.fresh.items()]
        for name in ("uniform", "four TTL tiers", "optimum")
    }
    learnt = {"ours, learnt": [(calls, 100 * one.learnt) for calls, one in measured.fresh.items()]}
    percent = Axis("fresh when asked for", range(40, 101, 10), unit=" %")
    curves = {
        name: [(calls, 100 * regret) for calls, regret in sorted(line)]
        for name, line in measured.curves.items()
    }
    flags = {
        f"{label}, {'ours' if ours else 'textbook'}": [
            (sources, 100 * getattr(one, what))
            for (sources, history, whose), one in measured.flags.items()
            if history and whose == ours
        ]
        for what, label in (("caught", "caught"), ("false", "false"))
        for ours in (True, False)
    }
    sure = {
        name: [
            (100 * row.said, 100 * row.came_true) for row in measured.calibrated[way].table if row.of >= 20
        ]
        for way, name in (("ours", "ours"), ("formula", "counting who agrees"))
    }
    whole = Axis("came true", range(0, 101, 20), unit=" %")
    return {
        "freshness": drawn(plans | learnt, Axis("calls a second", (0.05, 0.2, 1), logarithmic=True), percent),
        "asking": drawn(
            curves,
            Axis("stores asked of 100", (5, 10, 20, 40, 80), logarithmic=True),
            Axis("dearer than the cheapest of all", (0.05, 0.2, 1, 5, 50), logarithmic=True, unit=" %"),
        ),
        "glitches": drawn(flags, Axis("stores", (1, 5, 10, 15, 20)), Axis("", range(0, 101, 20), unit=" %")),
        "confidence": drawn(
            sure | {"as it should be": [(0, 0), (100, 100)]},
            Axis("said", range(0, 101, 20), unit=" %"),
            whole,
        ),
    }


def _mean(results: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return mean(calls for calls, _ in results), mean(regret for _, regret in results)


def _both(result: tuple[float, float]) -> str:
    return f"{result[0]:.1f}, {_percent(result[1], 2)}"


def _percent(part: float, digits: int = 0) -> str:
    return f"{100 * part:.{digits}f} %"


def _verdict(met: bool) -> str:  # noqa: FBT001 - a fact to be put in words
    return "met" if met else "**missed**"
