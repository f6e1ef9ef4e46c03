"""What became of each scenario when it was last told, and where."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from entrypoints.specs.features import Scenario

WORLDS: Final = ("fakes", "stack")  # in memory, and the whole shop
RESULTS: Final = Path("specs", "results.json")  # below the home folder
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Result:
    """One telling: of which scenario, in which variant, in which world. `digest` is the text told."""

    feature: str
    scenario: str
    variant: Mapping[str, str]
    world: str
    digest: str
    passed: bool
    seconds: float
    at: str
    failed_step: str = ""
    error: str = ""

    @property
    def key(self) -> Key:
        """The newest telling of the same thing replaces older ones."""
        return (self.feature, self.scenario, json.dumps(self.variant, sort_keys=True), self.world)


class Results:
    """All last tellings."""

    def __init__(self, results: Sequence[Result] = ()) -> None:
        self._by_key = {result.key: result for result in results}

    @classmethod
    def load(cls, home: Path) -> "Results":
        """Nothing was told yet where there is no file."""
        try:
            told = json.loads((home / RESULTS).read_text())
        except FileNotFoundError:
            return cls()
        return cls([Result(**result) for result in told["results"]])

    def save(self, home: Path) -> None:
        """At once or not at all: somebody may be reading."""
        file = home / RESULTS
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({"results": [asdict(result) for result in self.all()]}, indent=1))
        fresh.replace(file)

    def all(self) -> list[Result]:
        """In no particular order."""
        return list(self._by_key.values())

    def add(self, results: Sequence[Result]) -> None:
        """Newer ones take the place of older ones."""
        self._by_key |= {result.key: result for result in results}

    def of(self, file: str, scenario: Scenario, variant: Mapping[str, str], world: str) -> Result | None:
        """The last telling of these very words; None: not told since they were written."""
        wanted = json.dumps(variant, sort_keys=True)
        result = self._by_key.get((file, scenario.name, wanted, world))
        return result if result is not None and result.digest == scenario.digest else None

    @property
    def told_at(self) -> datetime | None:
        """When the newest telling was."""
        return max((datetime.fromisoformat(result.at) for result in self.all()), default=None)
