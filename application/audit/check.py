"""A rule that must hold, and what was found when it was looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar


class Area(StrEnum):
    """What can be audited by itself."""

    STOCK = "stock"
    ORDERS = "orders"
    MONEY = "money"
    PURCHASES = "purchases"
    REVIEWS = "reviews"
    POINTS = "points"


Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Check(Generic[Facts]):
    """`look` says in words what is wrong with one thing, and nothing when all is well."""

    name: str
    area: Area
    rule: str
    look: Callable[[Facts], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """The guilty row, and what is wrong with it."""

    subject: str
    detail: str


@dataclass(slots=True)
class Checked:
    """A check, how many things it looked at, and what it found. `skipped` says why it could not look."""

    check: Check[Any]
    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)
    skipped: str | None = None

    def see(self, subject: object, facts: object) -> None:
        """Look at one thing."""
        self.looked_at += 1
        self.findings += [Finding(str(subject), words) for words in self.check.look(facts)]


@dataclass(frozen=True, slots=True)
class Report:
    """Every check that was made."""

    checks: tuple[Checked, ...]

    @property
    def clean(self) -> bool:
        """Nothing was found."""
        return not any(checked.findings for checked in self.checks)

    def found(self, name: str) -> list[Finding]:
        """What the check of that name found."""
        return [
            finding for checked in self.checks if checked.check.name == name for finding in checked.findings
        ]

    def also_in(self, earlier: "Report") -> "Report":
        """Only what was wrong before as well: the same rule broken by the same row."""
        for checked in self.checks:
            known = {finding.subject for finding in earlier.found(checked.check.name)}
            checked.findings = [finding for finding in checked.findings if finding.subject in known]
        return self
