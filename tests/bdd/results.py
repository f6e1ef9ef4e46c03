"""Keeps the result of every scenario for `octavo specs`."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from entrypoints.environment import home_folder
from entrypoints.specs.features import read_features
from entrypoints.specs.results import Result, Results

FEATURES = Path(__file__).parents[2] / "features"
FAILED_STEP: pytest.StashKey[str] = pytest.StashKey()
LONGEST_ERROR = 300  # characters on a page for people who do not read tracebacks


class Told:
    """What was told in this run."""

    def __init__(self) -> None:
        self._results: dict[str, Result] = {}
        self._digests = {
            (feature.file, scenario.name): scenario.digest
            for feature in read_features(FEATURES)
            for scenario in feature.scenarios
        }

    def phase(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
        """Setting up, telling and cleaning up: one that fails fails the scenario."""
        before = self._results.get(item.nodeid)
        if before is not None and not before.passed:
            return
        seconds = report.duration + (before.seconds if before else 0.0)
        self._results[item.nodeid] = self._result(item, call, report, seconds)

    def keep(self) -> None:
        """Beside what earlier runs told of the same words; what they told of others is forgotten."""
        home = home_folder(os.environ)
        results = Results(
            [r for r in Results.load(home).all() if self._digests.get((r.feature, r.scenario)) == r.digest]
        )
        results.add(list(self._results.values()))
        results.save(home)

    def _result(
        self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, seconds: float
    ) -> Result:
        assert isinstance(item, pytest.Function)
        template = scenario_wrapper_template_registry[item.function]
        file = Path(template.feature.filename).name
        params: Mapping[str, object] = item.callspec.params
        variant = params.get("_pytest_bdd_example", {})
        assert isinstance(variant, dict)
        return Result(
            feature=file,
            scenario=template.name,
            variant=variant,
            world=str(params["world"]),
            digest=self._digests[file, template.name],
            passed=report.passed,
            seconds=round(seconds, 3),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            failed_step="" if report.passed else item.stash.get(FAILED_STEP, ""),
            error="" if call.excinfo is None else _in_short(str(call.excinfo.value)),
        )


def _in_short(error: str) -> str:
    """Without what is said to whoever sits at a terminal."""
    lines = [line.strip() for line in error.splitlines()]
    return "\n".join(line for line in lines if line and "use -v" not in line)[:LONGEST_ERROR]
