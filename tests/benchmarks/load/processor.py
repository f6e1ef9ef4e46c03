"""How much of the processor each part used, and how much memory."""

from collections.abc import Iterable, Mapping

import psutil

from tests.benchmarks.stand.stack import Stack


def used(stack: Stack, parts: Iterable[str]) -> dict[str, float]:
    """Seconds of processor each has used since it was started, all its processes together."""
    return {part: sum(map(_seconds, stack.pids(part))) for part in parts}


def since(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """What was used in between."""
    return {part: after[part] - before[part] for part in before}


def memory(pids: Iterable[int]) -> float:
    """Bytes of their own: pages that processes share count once."""
    return sum(psutil.Process(pid).memory_full_info().pss for pid in pids)


def _seconds(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system
