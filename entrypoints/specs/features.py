"""Feature files as they are read aloud: areas, rules, scenarios, steps."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from gherkin.errors import ParserError
from gherkin.parser import Parser

_NUMBER: Final = re.compile(r"[\d.]*|<.*>")  # or a place for one
PACED: Final = "in-memory"  # tag: told in memory alone, because somebody would have to wait
Table = Sequence[Sequence[str]]


class UnreadableFeature(Exception):
    """A feature file does not follow the grammar; the message says where."""


@dataclass(frozen=True)
class Step:
    """One line; `keyword` is Given, When, Then or And."""

    keyword: str
    text: str
    table: Table

    @property
    def headed(self) -> bool:
        """Whether the table's first row names its columns: under a name stand sums and numbers."""
        head, *rows = self.table
        columns = [[row[place] for row in rows] for place in range(len(head))]
        return any(
            column and not _NUMBER.fullmatch(name) and all(_NUMBER.fullmatch(cell) for cell in column)
            for name, column in zip(head, columns, strict=True)
        )


@dataclass(frozen=True)
class Scenario:
    """One example of a rule. `examples` has a head and a row for each variant, or nothing.

    `digest` changes with any word of it, so that an old result is not shown for a new text.
    """

    name: str
    tags: Sequence[str]
    note: str
    steps: Sequence[Step]
    examples: Table
    digest: str

    @property
    def requirements(self) -> list[str]:
        """R-F1 is requirement F1."""
        return [tag.removeprefix("R-") for tag in self.tags if tag.startswith("R-")]

    @property
    def variants(self) -> list[dict[str, str]]:
        """The placeholders' values in each variant; one empty variant without examples."""
        if not self.examples:
            return [{}]
        head, *rows = self.examples
        return [dict(zip(head, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class Rule:
    """What the shop promises, and the scenarios that show it. `given` holds for all of them."""

    name: str
    given: Sequence[Step]
    scenarios: Sequence[Scenario]


@dataclass(frozen=True)
class Feature:
    """An area of the shop: one file."""

    file: str
    name: str
    description: str
    given: Sequence[Step]
    rules: Sequence[Rule]

    @property
    def scenarios(self) -> Iterator[Scenario]:
        """In the order of the file."""
        return chain.from_iterable(rule.scenarios for rule in self.rules)


def read_features(folder: Path) -> list[Feature]:
    """Every feature file of the folder, in the order of the requirements they begin with; raises
    `UnreadableFeature`.
    """
    found = [_read(path) for path in folder.glob("*.feature")]
    return sorted(found, key=lambda feature: (_first_requirement(feature), feature.file))


def _first_requirement(feature: Feature) -> tuple[str, int]:
    first = next(feature.scenarios, None)
    return by_number(first.requirements[0]) if first is not None and first.requirements else ("", 0)


def by_number(requirement: str) -> tuple[str, int]:
    """For sorting: E2 comes before E10."""
    return requirement[:1], int(requirement[1:])


def _read(path: Path) -> Feature:
    try:
        document: Mapping[str, Any] = Parser().parse(path.read_text())
    except ParserError as wrong:
        raise UnreadableFeature(f"{path.name}: {wrong}") from wrong
    notes = {int(c["location"]["line"]): c["text"].strip().lstrip("# ") for c in document["comments"]}
    feature = document["feature"]
    loose = [child for child in feature["children"] if "rule" not in child]
    ruled = [child["rule"] for child in feature["children"] if "rule" in child]
    given = _background(loose)
    return Feature(
        file=path.name,
        name=feature["name"],
        description=" ".join(feature["description"].split()),
        given=given,
        rules=[
            *([Rule("", [], found)] if (found := _scenarios(loose, notes, given)) else []),
            *(_rule(rule, notes, given) for rule in ruled),
        ],
    )


def _rule(rule: Mapping[str, Any], notes: Mapping[int, str], given: Sequence[Step]) -> Rule:
    own = _background(rule["children"])
    return Rule(rule["name"], own, _scenarios(rule["children"], notes, [*given, *own]))


def _background(children: Sequence[Mapping[str, Any]]) -> list[Step]:
    return [
        _step(step) for child in children if "background" in child for step in child["background"]["steps"]
    ]


def _scenarios(
    children: Sequence[Mapping[str, Any]], notes: Mapping[int, str], given: Sequence[Step]
) -> list[Scenario]:
    return [_scenario(child["scenario"], notes, given) for child in children if "scenario" in child]


def _scenario(said: Mapping[str, Any], notes: Mapping[int, str], given: Sequence[Step]) -> Scenario:
    steps = [_step(step) for step in said["steps"]]
    examples = _examples(said["examples"])
    return Scenario(
        name=said["name"],
        tags=[tag["name"].removeprefix("@") for tag in said["tags"]],
        note=notes.get(int(said["location"]["line"]) - 1, ""),
        steps=steps,
        examples=examples,
        digest=hashlib.sha256(repr((said["name"], given, steps, examples)).encode()).hexdigest()[:16],
    )


def _step(step: Mapping[str, Any]) -> Step:
    table = step.get("dataTable")
    return Step(step["keyword"].strip(), step["text"], _cells(table["rows"]) if table else [])


def _examples(blocks: Sequence[Mapping[str, Any]]) -> Table:
    rows = [row for block in blocks for row in _cells([block["tableHeader"], *block["tableBody"]])]
    return rows[:1] + [row for row in rows[1:] if row != rows[0]]


def _cells(rows: Sequence[Mapping[str, Any]]) -> Table:
    return [[cell["value"] for cell in row["cells"]] for row in rows]
