"""What is known once a meeting is over, and who won by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.bets.status import NO, OVER, UNDER, YES, MarketKind
from domain.shared.ids import UserId

# How long hosts and readers may take to tell what happened; then there is no evidence.
WAIT_FOR_EVIDENCE: Final = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Somebody who said that they come. `reported`: any progress at all was told; `attended` None: nobody
    has taken the attendance.
    """

    reader: UserId
    reported: bool = False
    finished_at: datetime | None = None
    attended: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Gathered after the meeting. What was read after its start does not count."""

    starts_at: datetime
    runners: Sequence[Runner]
    came: int | None = None  # heads counted, of whoever; None: nobody counted

    def finished(self, runner: Runner) -> bool:
        """Before the meeting began."""
        return runner.finished_at is not None and runner.finished_at <= self.starts_at

    def is_about(self, reader: UserId | None) -> Runner | None:
        """The runner of that id."""
        return next((runner for runner in self.runners if runner.reader == reader), None)


def winners(
    kind: MarketKind, evidence: Evidence, *, subject: UserId | None = None, line: int | None = None
) -> frozenset[str] | None:
    """Which horses won: several in a dead heat, none when nobody did. None: it is not known (yet)."""
    match kind:
        case MarketKind.FIRST_TO_FINISH:
            return _first(evidence)
        case MarketKind.FINISHES:
            return _finishes(evidence, subject)
        case MarketKind.ATTENDANCE:
            return _attendance(evidence, line)


def _first(evidence: Evidence) -> frozenset[str] | None:
    if not any(runner.reported for runner in evidence.runners):
        return None
    times = {
        str(runner.reader): _minute(runner.finished_at)
        for runner in evidence.runners
        if runner.finished_at is not None and evidence.finished(runner)
    }
    first = min(times.values(), default=None)
    return frozenset(horse for horse, time in times.items() if time == first)


def _finishes(evidence: Evidence, subject: UserId | None) -> frozenset[str] | None:
    runner = evidence.is_about(subject)
    if runner is None or not runner.reported:
        return None
    return frozenset({YES if evidence.finished(runner) else NO})


def _attendance(evidence: Evidence, line: int | None) -> frozenset[str] | None:
    if evidence.came is None or line is None:
        return None
    return frozenset({OVER if evidence.came > line else UNDER})


def _minute(at: datetime) -> datetime:
    """Races are run to the minute: how fast a telephone sends decides nothing."""
    return at.replace(second=0, microsecond=0)


def attendance_line(coming: int) -> int:
    """Over or under: three quarters of those who say so come, as a rule of thumb."""
    return coming * 3 // 4
