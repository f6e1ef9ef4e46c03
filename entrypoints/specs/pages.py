"""Static pages for people who do not read code: they need no server and no network."""

import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from entrypoints.specs.features import Feature
from entrypoints.specs.results import Results
from entrypoints.specs.standing import Area, State, area_of, by_requirement, verdict

TEMPLATES: Final = Path(__file__).with_name("templates")
WORLD_NAMES: Final = {"fakes": "in memory", "stack": "whole shop"}
STATE_WORDS: Final = {
    State.HOLDS: "holds",
    State.FAILED: "does not hold",
    State.UNTOLD: "not checked since it was written",
}
APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_SPOKEN: Final = re.compile(r"(?P<placeholder><[^<>]+>)|(?P<quoted>\"[^\"]*\")|(?P<sum>\b\d+(?:\.\d\d)?\b)")


def render(features: list[Feature], results: Results, folder: Path) -> list[Area]:
    """Write the pages, an index and one for each area; returns how the areas stand."""
    areas = [area_of(feature, results) for feature in features]
    environment = _environment()
    about = {"areas": areas, "told_at": results.told_at, "verdict": verdict(areas)}
    folder.mkdir(parents=True, exist_ok=True)
    index = environment.get_template("index.html.j2").render(requirements=by_requirement(areas), **about)
    (folder / "index.html").write_text(index)
    for area in areas:
        (folder / area.page).write_text(environment.get_template("area.html.j2").render(area=area, **about))
    return areas


def spoken(text: str) -> Markup:
    """A step with its names, sums and placeholders set apart."""
    text, parts, last = text.replace("'", APOSTROPHE), [], 0
    for found in _SPOKEN.finditer(text):
        parts += [
            escape(text[last : found.start()]),
            Markup('<b class="{}">{}</b>').format(found.lastgroup, _set(found.group())),
        ]
        last = found.end()
    return Markup("").join([*parts, escape(text[last:])])


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_typeset,
    )
    environment.filters["spoken"] = spoken
    environment.filters["when"] = lambda at: f"{at:%d %B %Y, %H:%M} UTC"
    style = Markup((TEMPLATES / "style.css").read_text())  # noqa: S704 - our own file
    environment.globals.update(world_names=WORLD_NAMES, state_words=STATE_WORDS, style=style)
    return environment


def _typeset(value: object) -> object:
    """As a printer would, wherever words are shown."""
    return value.replace("'", APOSTROPHE) if type(value) is str else value


def _set(words: str) -> str:
    """Typeset: “Emma” instead of a keyboard's quotes, a placeholder without its brackets."""
    return f"“{words[1:-1]}”" if words.startswith('"') else words.strip("<>")
