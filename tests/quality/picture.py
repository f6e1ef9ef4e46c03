"""Lines over two axes, each even or logarithmic: a picture without any library."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from tests.benchmarks.report.curve import COLOURS

WIDTH, HEIGHT = 680, 340
LEFT, TOP, BOTTOM, RIGHT = 64, 28, 48, 190
_INK: Final = "#808080"

Line = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axis:
    """What it measures, and where it has ticks: the first and the last are its ends."""

    name: str
    ticks: Sequence[float]
    logarithmic: bool = False
    unit: str = ""

    def part(self, value: float) -> float:
        """How far along it lies, from 0 to 1."""
        scale: Callable[[float], float] = math.log if self.logarithmic else float
        first, last = scale(self.ticks[0]), scale(self.ticks[-1])
        return min(max((scale(value) - first) / (last - first), 0.0), 1.0)


def drawn(lines: Mapping[str, Line], across: Axis, up: Axis) -> str:
    """SVG: the lines by name, with a dot at each value."""
    parts = [_grid(across, up)]
    for place, (name, line) in enumerate(lines.items()):
        colour, y = COLOURS[place % len(COLOURS)], TOP + 20 * place
        points = [(_x(across, x), _y(up, value)) for x, value in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>\n')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>\n' for x, y in points]
        parts.append(f'<rect x="{WIDTH - RIGHT + 16}" y="{y}" width="12" height="12" fill="{colour}"/>\n')
        parts.append(_words(name, WIDTH - RIGHT + 34, y + 11, "start"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        f' font-size="12">\n{"".join(parts)}</svg>\n'
    )


def _grid(across: Axis, up: Axis) -> str:
    parts = []
    for tick in up.ticks:
        y = _y(up, tick)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{_INK}"'
            f' stroke-opacity="0.3"/>\n{_words(f"{tick:g}{up.unit}", LEFT - 8, y + 4, "end")}'
        )
    under = HEIGHT - BOTTOM + 18
    parts += [_words(f"{tick:g}{across.unit}", _x(across, tick), under, "middle") for tick in across.ticks]
    middle = (LEFT + WIDTH - RIGHT) / 2
    return "".join(
        [*parts, _words(across.name, middle, HEIGHT - 10, "middle"), _words(up.name, 8, 16, "start")]
    )


def _words(words: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>\n'


def _x(across: Axis, value: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * across.part(value)


def _y(up: Axis, value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * up.part(value)
