"""`octavo specs`"""

import sys
import webbrowser
from pathlib import Path
from typing import Final

import rich_click as click
from rich.console import Console
from rich.text import Text

from entrypoints.environment import Environment
from entrypoints.specs.features import UnreadableFeature, read_features
from entrypoints.specs.pages import STATE_WORDS, render
from entrypoints.specs.results import Results
from entrypoints.specs.standing import Area, State, together

BESIDE_THE_CODE: Final = Path(__file__).parents[2] / "features"
MARKS: Final = {State.HOLDS: ("✓", "green"), State.FAILED: ("✗", "red"), State.UNTOLD: ("○", "yellow")}


@click.command()
@click.option("--open", "open_it", is_flag=True, help="Show the pages in a browser.")
@click.option(
    "--features",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=BESIDE_THE_CODE,
    help="Where the feature files are.",
)
def specs(*, open_it: bool, folder: Path) -> None:
    """Render the feature files as pages, each scenario with its result in the last run of the tests.

    The pages are in `OCTAVO_HOME/specs` and need neither server nor network.
    Exit code 0: every scenario holds; 1: one does not, or was not checked since it was written.
    """
    home = Environment.of_this_process(secrets_required=False).home
    try:
        features = read_features(folder)
    except UnreadableFeature as wrong:
        raise click.ClickException(str(wrong)) from wrong
    areas = render(features, Results.load(home), home / "specs")
    index = home / "specs" / "index.html"
    _show(Console(highlight=False), areas, index)
    if open_it:
        webbrowser.open(index.as_uri())
    sys.exit(0 if together(area.state for area in areas) is State.HOLDS else 1)


def _show(console: Console, areas: list[Area], index: Path) -> None:
    for area in areas:
        sign, style = MARKS[area.state]
        words = f"{len(area.told):4} scenarios  {STATE_WORDS[area.state]}"
        console.print(Text(f"{sign} {area.feature.name:34}", style), Text(words, "dim"), soft_wrap=True)
    console.print(Text(str(index), "cyan"), soft_wrap=True)
