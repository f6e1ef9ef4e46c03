"""How features stand: what holds, what failed, what was not told since it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from entrypoints.specs.features import PACED, Feature, Rule, Scenario, by_number
from entrypoints.specs.results import WORLDS, Result, Results


class State(StrEnum):
    """Of one telling, a scenario, or a whole area."""

    HOLDS = "holds"
    FAILED = "failed"
    UNTOLD = "untold"


def together(states: Iterable[State]) -> State:
    """One failure is a failure; what nobody told proves nothing."""
    found = set(states)
    if State.FAILED in found:
        return State.FAILED
    return State.UNTOLD if State.UNTOLD in found or not found else State.HOLDS


@dataclass(frozen=True)
class Telling:
    """One variant in one world; `result` None: not since these words were written."""

    world: str
    result: Result | None

    @property
    def state(self) -> State:
        """What became of it."""
        if self.result is None:
            return State.UNTOLD
        return State.HOLDS if self.result.passed else State.FAILED


@dataclass(frozen=True)
class Variant:
    """A row of the examples, or the scenario itself, in each world it is told in."""

    values: Mapping[str, str]
    tellings: Sequence[Telling]


@dataclass(frozen=True)
class Told:
    """A scenario with what became of it."""

    scenario: Scenario
    anchor: str
    variants: Sequence[Variant]

    @property
    def tellings(self) -> list[Telling]:
        """Of all variants in all worlds."""
        return [telling for variant in self.variants for telling in variant.tellings]

    @property
    def state(self) -> State:
        """All of it together."""
        return together(telling.state for telling in self.tellings)

    def in_world(self, world: str) -> list[Telling]:
        """Those of one world; none where it is not told there."""
        return [telling for telling in self.tellings if telling.world == world]

    @property
    def worlds(self) -> list[tuple[str, State, float]]:
        """World, state and seconds, in the order of the worlds."""
        return [
            (world, together(t.state for t in found), sum(t.result.seconds for t in found if t.result))
            for world in WORLDS
            if (found := self.in_world(world))
        ]

    @property
    def failures(self) -> list[Result]:
        """What went wrong, where."""
        return [t.result for t in self.tellings if t.result is not None and not t.result.passed]


@dataclass(frozen=True)
class Chapter:
    """A rule with its told scenarios."""

    rule: Rule
    anchor: str
    told: Sequence[Told]


@dataclass(frozen=True)
class Area:
    """A feature with its chapters; `page` is the file it is rendered to."""

    feature: Feature
    page: str
    chapters: Sequence[Chapter]

    @property
    def told(self) -> list[Told]:
        """All its scenarios."""
        return [told for chapter in self.chapters for told in chapter.told]

    @property
    def state(self) -> State:
        """All of it together."""
        return together(told.state for told in self.told)

    @property
    def requirements(self) -> list[str]:
        """Every requirement its scenarios show, in order."""
        return sorted({r for told in self.told for r in told.scenario.requirements}, key=by_number)


def area_of(feature: Feature, results: Results) -> Area:
    """Put words and results together."""
    chapters = [
        Chapter(
            rule,
            f"rule-{number}",
            [
                _told(feature, scenario, f"{number}-{place}", results)
                for place, scenario in enumerate(rule.scenarios, start=1)
            ],
        )
        for number, rule in enumerate(feature.rules, start=1)
    ]
    return Area(feature, feature.file.replace(".feature", ".html"), chapters)


def verdict(areas: Sequence[Area]) -> str:
    """One or two sentences over everything."""
    told = [told for area in areas for told in area.told]
    times = sum(1 for one in told for telling in one.tellings if telling.result)
    failed = sum(1 for one in told if one.state is State.FAILED)
    untold = sum(1 for one in told if one.state is State.UNTOLD)
    if not times:
        return f"{len(told)} scenarios, and none was checked yet: run the tests."
    played = f"They were played {times} times, with all their examples, in memory and on the whole shop."
    if failed:
        return f"{failed} of {len(told)} scenarios {'does' if failed == 1 else 'do'} not hold. {played}"
    if untold:
        return (
            f"{untold} of {len(told)} scenarios {'was' if untold == 1 else 'were'} not checked since written."
        )
    return f"All {len(told)} scenarios hold. {played}"


def by_requirement(areas: Sequence[Area]) -> list[tuple[str, list[tuple[Area, Told]], State]]:
    """Which scenarios show which requirement, and how they stand."""
    names = sorted({name for area in areas for name in area.requirements}, key=by_number)
    shown = {
        name: [(area, told) for area in areas for told in area.told if name in told.scenario.requirements]
        for name in names
    }
    return [(name, found, together(told.state for _, told in found)) for name, found in shown.items()]


def _told(feature: Feature, scenario: Scenario, anchor: str, results: Results) -> Told:
    worlds = WORLDS[:1] if PACED in scenario.tags else WORLDS
    variants = [
        Variant(values, [Telling(w, results.of(feature.file, scenario, values, w)) for w in worlds])
        for values in scenario.variants
    ]
    return Told(scenario, f"scenario-{anchor}", variants)
