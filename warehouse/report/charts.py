"""Charts as inline SVG: pure functions from numbers and labels to safe mark-up.

Colours come from the page's style sheet by class, so one chart serves light, dark and paper.
The drawings stretch to the width they are given; words stand beside them as HTML, which does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from warehouse.report.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 100
STEP = 10
BAR = 7.6
"""Of each STEP of width, what a column fills."""

LEVELS = 4

TICKS = 5


def columns(labels: Sequence[str], outer: Sequence[int], inner: Sequence[int], title: str) -> Markup:
    """Draw a column for each label: `outer` pale, and `inner`, which is part of it, dark inside."""
    top = max([*outer, 1])
    marks = Markup().join(
        _column(index, whole, top, "pale", f"{label}: {whole:,}, {part:,}")
        + _column(index, part, top, "strong", f"{label}: {whole:,}, {part:,}")
        for index, (label, whole, part) in enumerate(zip(labels, outer, inner, strict=True))
    )
    return _drawing("columns", STEP * max(len(labels), 1), HEIGHT, marks, title)


def spark(counts: Sequence[int], title: str) -> Markup:
    """Draw small columns, scaled to their own maximum, which the title should state."""
    top = max([*counts, 1])
    heights = (round(HEIGHT * count / top, 1) for count in counts)
    boxes = [(index * STEP + 1, HEIGHT - height, height) for index, height in enumerate(heights) if height]
    return _drawing("spark", STEP * max(len(counts), 1), HEIGHT, _path(boxes, "strong"), title)


def bar(value: float, most: float, title: str) -> Markup:
    """Draw a horizontal bar of `value` where `most` fills the width."""
    width = 100 * value / most if most else 0
    return _drawing("bar", 100, 10, _box(0, 0, width, 10, "strong"), title)


def split(parts: Sequence[tuple[str, int]], title: str) -> Markup:
    """Draw one bar divided among `parts`: a class of the style sheet and a count each."""
    total = sum(count for _, count in parts) or 1
    marks, left = Markup(), 0.0
    for name, count in parts:
        width = 1000 * count / total
        marks += _box(left, 0, width, 20, name)
        left += width
    return _drawing("split", 1000, 20, marks, title)


def strip(counts: Sequence[int], most: int, title: str) -> Markup:
    """Draw one row of a timeline grid: a cell a period, the darker the nearer its count is to `most`."""
    levels = [_level(count, most) for count in counts]
    marks = Markup().join(
        _path([(index * STEP + 1, 0, 20) for index, found in enumerate(levels) if found == level], f"level{level}")
        for level in sorted(set(levels) - {0})
    )
    return _drawing("strip", STEP * max(len(counts), 1), 20, marks, title)


def timeline(labels: Sequence[str], most: str, drawing: Markup, legend: Markup) -> Markup:
    """Set a drawing over its time axis: the maximum above, up to TICKS labels below, the legend over it."""
    step = (len(labels) - 1) / (TICKS - 1)
    picked = [labels[round(index * step)] for index in range(TICKS)] if len(labels) > TICKS else labels
    ticks = Markup().join(Markup("<span>{}</span>").format(label) for label in picked)
    return Markup(
        '<figure><figcaption>{}</figcaption><div class="plot"><span class="top">{}</span>{}</div>'
        '<div class="axis" aria-hidden="true">{}</div></figure>',
    ).format(legend, most, drawing, ticks)


def plain_figure(drawing: Markup, legend: Markup) -> Markup:
    """Set a drawing without axes under its legend."""
    return Markup("<figure><figcaption>{}</figcaption>{}</figure>").format(legend, drawing)


def key(*entries: tuple[str, str]) -> Markup:
    """Explain classes of the style sheet: a swatch and a word or two each."""
    return Markup(" ").join(
        Markup(
            '<span class="key"><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">'
            '<rect class="{}" width="10" height="10"/></svg>{}</span>'
        ).format(name, words)
        for name, words in entries
    )


def _level(count: int, most: int) -> int:
    """Give a count its shade: the square root, so that small counts stay visible beside large ones.

    >>> [_level(count, 100) for count in (0, 1, 10, 50, 100)]
    [0, 1, 2, 3, 4]
    """
    return 0 if count <= 0 else min(LEVELS, 1 + int((LEVELS - 0.01) * (count / max(most, 1)) ** 0.5))


def _column(index: int, count: int, top: int, name: str, title: str = "") -> Markup:
    height = HEIGHT * count / top
    return _box(index * STEP + (STEP - BAR) / 2, HEIGHT - height, BAR, height, name, title=title) if count else Markup()


def _path(boxes: Sequence[tuple[float, float, float]], name: str) -> Markup:
    """Draw boxes given by left, top and height as one path: many marks, few bytes."""
    drawn = "".join(f"M{x:g} {y:g}h{BAR + 1:g}v{height:g}h-{BAR + 1:g}z" for x, y, height in boxes)
    return Markup('<path class="{}" d="{}"/>').format(name, drawn)


def _box(x: float, y: float, width: float, height: float, name: str, *, title: str = "") -> Markup:  # noqa: PLR0913
    tip = Markup("<title>{}</title>").format(title) if title else Markup()
    return Markup('<rect class="{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}">{}</rect>').format(
        name,
        round(x, 2),
        round(y, 2),
        round(width, 2),
        round(height, 2),
        tip,
    )


def _drawing(name: str, width: float, height: float, marks: Markup, title: str) -> Markup:
    return Markup(
        '<svg class="{}" viewBox="0 0 {:g} {:g}" preserveAspectRatio="none" role="img"><title>{}</title>{}</svg>',
    ).format(name, width, height, visible(title), marks)
