"""Feature files speak of the business alone, every word of them means one thing, and nothing is left over."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from entrypoints.specs.features import PACED, Feature, Scenario, read_features
from tests.architecture.source import ROOT

FEATURES: Final = read_features(ROOT / "features")
REQUIREMENT: Final = re.compile(r"R-[A-M]\d+")
TECHNICAL: Final = re.compile(
    r"\b(https?|json|api|url|endpoint|status code|header|payload|request body|get /|post /|sql|database|redis"
    r"|valkey|temporal|workflow|idempot\w*|webhook|token|uuid|null|[1-5]\d\d error)\b",
    re.IGNORECASE,
)


def _scenarios() -> Iterator[tuple[Feature, Scenario]]:
    for feature in FEATURES:
        for scenario in feature.scenarios:
            yield feature, scenario


def _definitions() -> list[StepFunctionContext]:
    for path in sorted((ROOT / "tests/bdd/steps").glob("*.py")):
        importlib.import_module(f"tests.bdd.steps.{path.stem}")
    theirs = [c for c in step_function_context_registry.values() if "tests.bdd" in c.step_func.__module__]
    assert theirs
    return theirs


def _steps() -> list[Step]:
    features = get_features([str(ROOT / "features")])
    templates = chain.from_iterable(feature.scenarios.values() for feature in features)
    return [
        step
        for template in templates
        for context in (
            chain.from_iterable(e.as_contexts() for e in template.examples) if template.examples else [{}]
        )
        for step in template.render(context).steps
    ]


@pytest.fixture(scope="module")
def meanings() -> dict[Step, list[StepFunctionContext]]:
    definitions = _definitions()
    return {
        step: [d for d in definitions if d.type == step.type and d.parser.is_matching(step.name)]
        for step in _steps()
    }


def test_every_step_means_exactly_one_thing(meanings: dict[Step, list[StepFunctionContext]]) -> None:
    unclear = {f"{step.type} {step.name}": len(found) for step, found in meanings.items() if len(found) != 1}
    assert unclear == {}


def test_every_step_definition_is_used(meanings: dict[Step, list[StepFunctionContext]]) -> None:
    used = {id(definition) for found in meanings.values() for definition in found}
    assert [f"{d.type} {d.parser.name}" for d in _definitions() if id(d) not in used] == []


def test_every_scenario_carries_a_requirement() -> None:
    bare = [scenario.name for _, scenario in _scenarios() if not scenario.requirements]
    assert bare == []
    tags = {tag for _, scenario in _scenarios() for tag in scenario.tags} - {PACED}
    assert [tag for tag in tags if not REQUIREMENT.fullmatch(tag)] == []


def test_a_scenario_told_in_memory_alone_says_why() -> None:
    silent = [s.name for _, s in _scenarios() if (PACED in s.tags) != s.note.startswith("In memory only: ")]
    assert silent == []


def test_scenarios_of_an_area_have_different_names() -> None:
    for feature in FEATURES:
        assert [n for n, times in Counter(s.name for s in feature.scenarios).items() if times > 1] == []


def test_feature_files_speak_the_language_of_the_business() -> None:
    def technical(path: Path) -> list[str]:
        return [found.group() for found in TECHNICAL.finditer(path.read_text())]

    assert {
        path.name: words for path in (ROOT / "features").glob("*.feature") if (words := technical(path))
    } == {}
