"""The price of a book over time, drawn: SVG without a script, a style sheet or anything from elsewhere."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from application.prices.price_history import PriceHistory, SeriesHistory
from domain.prices.chart import ChartPoint
from domain.prices.reductions import REFERENCE, Discount
from domain.shared.money import Money
from entrypoints.http.prices.scales import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scales

PAPER, INK, FAINT, GRID, LINE, GOOD = "#fbf8f2", "#2b2620", "#6d6356", "#e6ddce", "#8c3b2e", "#3f6b4f"
FONTS: Final = "Inter, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif"
_DAY: Final = "%-d %b %Y"


def drawn(history: PriceHistory) -> str:
    """The series that was seen most; where there is none, that is said."""
    found = history.series[0] if history.series else None
    amounts = [point.price.amount for point in found.points if point.price is not None] if found else []
    if found is None or not amounts:
        return _svg("No prices", _said_of(history, None), [_nothing(history)])
    reduced = found.reduction
    if reduced is not None and reduced.reference is not None:
        amounts.append(reduced.reference.amount)
    scales = Scales.fitting(history.since, history.until, amounts)
    parts = [
        _heading(history, found),
        *_grid(scales, found.series.currency),
        *_before_the_cut(scales, found),
        *_steps(scales, found.points),
        *_marks(scales, found),
        _foot(found),
    ]
    return _svg(_name(found), _said_of(history, found), parts)


def _svg(title: str, said: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img"'
        f' aria-labelledby="title said" font-family="{FONTS}" font-size="13">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="said">{escape(said)}</desc>\n'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" rx="14" fill="{PAPER}"/>\n{"".join(parts)}</svg>\n'
    )


def _name(found: SeriesHistory) -> str:
    condition = found.series.condition.value.replace("_", " ")
    return f"{condition.capitalize()} {found.series.format.value}, shipping and tax included"


def _where(found: SeriesHistory) -> str:
    return found.stores[0] if len(found.stores) == 1 else f"the cheapest of {len(found.stores)} stores"


def _said_of(history: PriceHistory, found: SeriesHistory | None) -> str:
    """What the picture shows, for who does not see it."""
    times = f"from {history.since.strftime(_DAY)} to {history.until.strftime(_DAY)}"
    if found is None or found.lowest is None or found.lowest_at is None:
        return f"Nothing is known of the price of {history.question.isbn} {times}."
    now = f"it costs {found.current} now" if found.current else "no price is known now"
    return (
        f"The price of {history.question.isbn} at {_where(found)} {times}: {now}; the lowest was"
        f" {found.lowest} on {found.lowest_at.strftime(_DAY)}. {_verdict(found)}"
    ).rstrip()


def _verdict(found: SeriesHistory) -> str:
    reduced = found.reduction
    if reduced is None or found.discount is Discount.NONE:
        return ""
    cut = f"Cut on {reduced.since.strftime(_DAY)}"
    if reduced.reference is None or found.discount is Discount.UNKNOWN:
        return f"{cut}; too little is known of the 30 days before to call it a reduction."
    if found.discount is Discount.REAL:
        percent = f"{reduced.basis_points / 100:.0f} %"
        return f"{cut}: {percent} below the lowest price of the 30 days before, {reduced.reference}."
    return f"{cut}, but within the 30 days before it was as cheap: {reduced.reference}."


def _heading(history: PriceHistory, found: SeriesHistory) -> str:
    now = str(found.current) if found.current else "no price now"
    return (
        _words(_name(found), LEFT - 54, 34, size=17, weight=600)
        + _words(f"{history.question.isbn} at {_where(found)}", LEFT - 54, 56, fill=FAINT)
        + _words(now, WIDTH - RIGHT, 36, anchor="end", size=22, weight=700, fill=LINE)
        + _words(_seen(found), WIDTH - RIGHT, 56, anchor="end", fill=FAINT)
    )


def _seen(found: SeriesHistory) -> str:
    return f"seen {found.last_seen_at.strftime('%-d %b %Y, %H:%M')} UTC"


def _grid(scales: Scales, currency: str) -> Iterator[str]:
    for amount in scales.amounts():
        y = scales.y(amount)
        yield f'<path d="M{LEFT:g} {y:.1f}H{WIDTH - RIGHT:g}" stroke="{GRID}"/>\n'
        yield _words(str(Money(amount, currency)).split(" ")[0], LEFT - 10, y + 4.5, anchor="end", fill=FAINT)
    moments = scales.dates()
    for place, (at, words) in enumerate(moments):
        anchor = "start" if place == 0 else "end" if place == len(moments) - 1 else "middle"
        yield _words(words, scales.x(at), HEIGHT - BOTTOM + 22, anchor=anchor, fill=FAINT)


def _before_the_cut(scales: Scales, found: SeriesHistory) -> Iterator[str]:
    """The 30 days with which the price is compared, and the lowest in them."""
    reduced = found.reduction
    if reduced is None or reduced.reference is None or reduced.since <= scales.since:
        return
    left, right = scales.x(reduced.since - REFERENCE), scales.x(reduced.since)
    y = scales.y(reduced.reference.amount)
    yield (
        f'<rect x="{left:.1f}" y="{TOP:g}" width="{right - left:.1f}" height="{HEIGHT - BOTTOM - TOP:g}"'
        f' fill="{GOOD}" fill-opacity="0.08"/>\n'
        f'<path d="M{left:.1f} {y:.1f}H{WIDTH - RIGHT:g}" stroke="{GOOD}" stroke-dasharray="4 4"/>\n'
    )
    yield _words("30 days before the cut", left + 6, TOP + 16, fill=GOOD, size=12)


def _steps(scales: Scales, points: Sequence[ChartPoint]) -> Iterator[str]:
    """A line that stays until the next point, and breaks off while no copy is to be bought."""
    ends = [point.at for point in points[1:]] + [scales.until]
    path, drawing = [], False
    for point, end in zip(points, ends, strict=True):
        if point.price is not None:
            y = scales.y(point.price.amount)
            path.append(f"V{y:.1f}" if drawing else f"M{scales.x(point.at):.1f} {y:.1f}")
            path.append(f"H{scales.x(end):.1f}")
        drawing = point.price is not None
    steps = "".join(path)
    yield f'<path d="{steps}" fill="none" stroke="{LINE}" stroke-width="2.5" stroke-linejoin="round"/>\n'


def _marks(scales: Scales, found: SeriesHistory) -> Iterator[str]:
    """The lowest, with its price."""
    if found.lowest is None or found.lowest_at is None:
        return
    x, y = scales.x(found.lowest_at), scales.y(found.lowest.amount)
    yield _dot(x, y, GOOD)
    anchor, beside = ("start", 9.0) if x < WIDTH / 2 else ("end", -9.0)
    yield _words(f"lowest {found.lowest}", x + beside, y + 18, anchor=anchor, size=12, weight=600, fill=GOOD)


def _foot(found: SeriesHistory) -> str:
    fill = GOOD if found.discount is Discount.REAL else FAINT
    return _words(_verdict(found), LEFT - 54, HEIGHT - 16, fill=fill)


def _nothing(history: PriceHistory) -> str:
    return _words("No price has been seen yet.", WIDTH / 2, HEIGHT / 2, anchor="middle", size=17) + _words(
        str(history.question.isbn), WIDTH / 2, HEIGHT / 2 + 24, anchor="middle", fill=FAINT
    )


def _dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{fill}" stroke="{PAPER}" stroke-width="2"/>\n'


def _words(
    words: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: int = 13,
    weight: int = 400,
    fill: str = INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
        f' fill="{fill}">{escape(words)}</text>\n'
    )
