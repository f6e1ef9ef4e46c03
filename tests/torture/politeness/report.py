"""What a run has shown, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.torture.politeness.verdict import Store, mean_use

WELL_USED = 0.8  # of the safe rate, over the whole run
LONG = 300.0  # seconds: a new Valkey is careful for half a minute, and there are two of them in a run
SHOWN = 10  # stores
A_WHILE = 1.5  # seconds: calls that were counted late stand in the windows of that time


@dataclass(frozen=True)
class Run:
    """Stores as their ledger saw the whole run, the time with Valkey, and the time without."""

    way: str
    processes: int
    began: float
    seconds: float
    dark: float
    late: Sequence[tuple[float, float]]
    dead: Sequence[str]
    whole: Sequence[Store]
    well: Sequence[Store]
    without: Sequence[Store]

    @property
    def too_often(self) -> Sequence[Store]:
        return [store for store in self.whole if store.was_asked_too_often]

    @property
    def tells_use(self) -> bool:
        return self.seconds >= LONG

    @property
    def passed(self) -> bool:
        well_used = mean_use(self.whole) >= WELL_USED or not self.tells_use
        return not self.too_often and well_used and not self.dead


def written(run: Run) -> str:
    """Some lines."""
    calls = sum(store.calls for store in run.whole)
    verdict = "PASSED" if run.passed else "FAILED"
    lines = [
        f"{verdict}: {len(run.whole)} stores, {run.processes} processes, {run.seconds:.0f} s",
        f"Valkey killed and {run.dark:.0f} s away; turns taken the {run.way} way",
        f"calls: {calls}, {calls / run.seconds:.0f}/s",
        f"stores asked too often in some window: {len(run.too_often)}",
        f"use of the safe rate: {mean_use(run.whole):.3f}, least of one store {_least(run.whole):.3f}",
        f"  with Valkey {mean_use(run.well):.3f}, without {mean_use(run.without):.3f}",
        f"the receiver looked at its clock late {len(run.late)} times, at most by {_worst(run.late):.0f} ms",
    ]
    if not run.tells_use:
        lines.append(
            f"  a run of less than {LONG:.0f} s is too short to judge that: only its windows are judged"
        )
    lines += [
        f"  store {store.number}: {store.most} calls in a window of {store.allowed},"
        f" {store.worst_at - run.began:.1f} s after the beginning{_excuse(store, run.late)}"
        for store in sorted(run.too_often, key=lambda one: one.allowed - one.most)[:SHOWN]
    ]
    lines += [f"  died: {words}" for words in run.dead]
    return "\n".join(lines) + "\n"


def _excuse(store: Store, late: Sequence[tuple[float, float]]) -> str:
    lately = [by for at, by in late if -A_WHILE < store.worst_at - at - by < A_WHILE]
    return f"; the receiver was {max(lately) * 1000:.0f} ms late then" if lately else ""


def _worst(late: Sequence[tuple[float, float]]) -> float:
    return max((by for _, by in late), default=0.0) * 1000


def _least(stores: Sequence[Store]) -> float:
    return min(store.use for store in stores)
