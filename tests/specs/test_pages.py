"""What business readers get to see of a run."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from entrypoints.cli.specs import specs
from entrypoints.specs.features import Feature, read_features
from entrypoints.specs.results import WORLDS, Result, Results

TEXT = """Feature: Returns & regrets
  What comes back.

  Rule: Books come back clean

    @R-F4
    Scenario Outline: A book comes back
      Given <copies> of "Emma"
      Then it's <state>

      Examples:
        | copies | state |
        | 1      | clean |
        | 2      | fine  |

    @R-G1 @in-memory
    # In memory only: it takes weeks.
    Scenario: A book never comes back
      Then nobody <minds>
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Told":
    monkeypatch.setenv("OCTAVO_HOME", str(tmp_path / "home"))
    return Told(tmp_path)


class Told:
    """A folder with one feature, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder / "features", folder / "home"
        self.folder.mkdir()
        self.write(TEXT)

    def write(self, text: str) -> None:
        (self.folder / "returns.feature").write_text(text)

    @property
    def feature(self) -> Feature:
        [feature] = read_features(self.folder)
        return feature

    def results(self) -> list[Result]:
        """Everything holds."""
        return [
            Result(
                "returns.feature", s.name, variant, world, s.digest, True, 0.2, "2026-11-21T12:00:00+00:00"
            )
            for s in self.feature.scenarios
            for variant in s.variants
            for world in WORLDS
        ]

    def render(self, results: list[Result]) -> tuple[int, str, str]:
        """Exit code, index and the area's page."""
        Results(results).save(self.home)
        done = CliRunner().invoke(specs, ["--features", str(self.folder)])
        pages = self.home / "specs"
        return done.exit_code, (pages / "index.html").read_text(), (pages / "returns.html").read_text()


def test_scenarios_that_hold_in_both_worlds_are_shown_as_holding(told: Told) -> None:
    code, index, page = told.render(told.results())
    assert code == 0
    assert "All 2 scenarios hold. They were played 5 times" in index
    assert "21 November 2026, 12:00 UTC" in page
    assert 'class="mark failed"' not in page
    assert 'class="mark untold"' not in page


def test_a_failure_names_the_step_and_the_reason_and_fails_the_command(told: Told) -> None:
    results = told.results()
    results[1] = replace(results[1], passed=False, failed_step="Then it's clean", error="<it was wet>")
    code, index, page = told.render(results)
    assert code == 1
    assert "1 of 2 scenarios does not hold" in index
    assert (
        "<b>Whole shop</b> (1, clean), at “Then it\N{RIGHT SINGLE QUOTATION MARK}s clean”: &lt;it was wet&gt;"
        in page
    )


def test_an_old_result_is_not_shown_for_new_words(told: Told) -> None:
    results = told.results()
    told.write(TEXT.replace("Emma", "Dracula"))
    code, index, page = told.render(results)
    assert code == 1
    assert "1 of 2 scenarios was not checked since written." in index
    assert 'class="mark untold"' in page


def test_what_was_never_told_promises_nothing(told: Told) -> None:
    code, index, _ = told.render([])
    assert code == 1
    assert "none was checked yet" in index


def test_pages_need_neither_network_nor_script(told: Told) -> None:
    _, index, page = told.render(told.results())
    for text in (index, page):
        assert "://" not in text
        assert "<script" not in text
        assert "src=" not in text


def test_what_is_told_in_memory_alone_says_why(told: Told) -> None:
    _, _, page = told.render(told.results())
    assert "In memory only: it takes weeks." in page
    assert page.count("whole shop</th>") == 1


def test_names_quotes_and_placeholders_are_set_apart(told: Told) -> None:
    _, index, page = told.render(told.results())
    assert '<b class="placeholder">copies</b> of <b class="quoted">“Emma”</b>' in page
    assert "Returns &amp; regrets" in index
    assert 'href="returns.html#scenario-1-1"' in index


def test_a_newer_result_replaces_the_older_one(told: Told) -> None:
    older = told.results()[0]
    results = Results([older])
    results.add([replace(older, passed=False)])
    assert [result.passed for result in results.all()] == [False]


def test_a_feature_that_cannot_be_read_is_named(told: Told) -> None:
    told.write("Feature: Broken\n  Scenario: x\n    Given y\n    Perhaps something")
    done = CliRunner().invoke(specs, ["--features", str(told.folder)])
    assert done.exit_code == 1
    assert "returns.feature" in done.output
