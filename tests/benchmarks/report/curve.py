"""A bar for each size, a colour for each part: a picture without any library."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

WIDTH, HEIGHT = 640, 300
LEFT, TOP, BOTTOM, RIGHT = 64, 24, 44, 150
BAR: Final = 0.5  # of the room there is for each
TICKS: Final = 4
# Told apart in grey as well; dark enough on white, light enough on black.
COLOURS: Final = ("#4878a8", "#e0903c", "#6aa66a", "#b06090", "#909090")
_INK: Final = "#808080"


def drawn(costs: Mapping[int, Mapping[str, float]]) -> str:
    """SVG; `costs` are milliseconds by part, for each size."""
    highest = _round_up(max(sum(parts.values()) for parts in costs.values()))
    names = list(dict.fromkeys(name for parts in costs.values() for name in parts))
    drawn_parts = [_axis(highest), _legend(names)]
    room = (WIDTH - LEFT - RIGHT) / len(costs)
    for place, (size, parts) in enumerate(costs.items()):
        left = LEFT + room * (place + (1 - BAR) / 2)
        drawn_parts.append(_bar(left, room * BAR, [parts.get(name, 0.0) for name in names], highest))
        middle, under = left + room * BAR / 2, HEIGHT - BOTTOM + 18
        drawn_parts.append(_words(f"{size:,} books", middle, under, "middle"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        f' font-size="12">\n{"".join(drawn_parts)}</svg>\n'
    )


def _bar(left: float, width: float, parts: Sequence[float], highest: float) -> str:
    pieces, reached = [], 0.0
    for colour, cost in zip(COLOURS, parts, strict=False):
        top, bottom = _y(reached + cost, highest), _y(reached, highest)
        pieces.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{bottom - top:.1f}"'
            f' fill="{colour}"/>\n'
        )
        reached += cost
    pieces.append(_words(f"{reached:.1f} ms", left + width / 2, _y(reached, highest) - 6, "middle"))
    return "".join(pieces)


def _axis(highest: float) -> str:
    lines = []
    for tick in range(TICKS + 1):
        value = highest * tick / TICKS
        y = _y(value, highest)
        lines.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{_INK}"'
            f' stroke-opacity="0.4"/>\n{_words(f"{value:g} ms", LEFT - 8, y + 4, "end")}'
        )
    return "".join(lines)


def _legend(names: Sequence[str]) -> str:
    lines = []
    for place, (name, colour) in enumerate(zip(names, COLOURS, strict=False)):
        x, y = WIDTH - RIGHT + 16, TOP + 20 * place
        lines.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>\n')
        lines.append(_words(name, x + 18, y + 11, "start"))
    return "".join(lines)


def _words(words: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>\n'


def _y(value: float, highest: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest


def _round_up(value: float) -> float:
    """To a number that divides well."""
    scale = 1.0
    while scale * 100 < value:
        scale *= 10
    while scale * 10 > value:
        scale /= 10
    return next(scale * step for step in (10, 20, 40, 50, 80, 100) if scale * step >= value)
