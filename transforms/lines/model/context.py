"""What stands around a line: where it is in its document, its neighbours, and the words it shares with the story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transforms.lines.model.layout import Column, Layout
from transforms.lines.model.seen import Seen, Subjects
from transforms.lines.model.shape import SHAPE

_WORDS, _CLOSED = SHAPE.index("words"), SHAPE.index("closed")
_NEAR = ("words", "closed", "function_share", "title_share")
_FAR = 50
_PARAGRAPH_WORDS, _SENTENCE_WORDS = 20, 9
_OFTEN = 8


CODES = {
    "furniture": 1,
    "caption": 2,
    "separator": 3,
    "byline": 4,
    "contributor": 5,
    "source_credit": 6,
    "copyright": 7,
    "date_line": 8,
    "related": 9,
    "comments": 10,
    "share": 11,
    "subscribe": 12,
}
"""A number for each role a pattern may give, or for the rule where that says more; 0 is no pattern."""
_TURNS = (CODES["copyright"], CODES["related"], CODES["comments"], CODES["share"], CODES["subscribe"])
"""What often stands where an article ends."""


def code(role: str, rule: str) -> int:
    """Return the number of a pattern's verdict.

    >>> code("furniture", "related")
    9
    """
    return CODES.get(rule) or CODES[role]


def context(seen: Seen, scores: Column) -> Column:
    """Return the context of each line, one row a line.

    `scores` are those of the lines' words (hundredths of a logit).
    """
    layout, shapes, lines = seen.layout, seen.shapes, seen.lines
    length = shapes[:, _WORDS].astype(np.int64)
    paragraph = (length >= _PARAGRAPH_WORDS) | ((length >= _SENTENCE_WORDS) & (shapes[:, _CLOSED] > 0))
    columns = [
        *_place(layout, length),
        *_paragraphs(layout, length, paragraph),
        *_windows(layout, length, scores),
        *shared_words(seen.subjects, paragraph),
        *_repeats(layout, lines),
        *_named(layout, seen.codes),
        scores,
    ]
    for by in (-3, -2, -1, 1, 2, 3):
        columns.append(layout.shifted(scores, by, 0))
        names = _NEAR if abs(by) < 3 else _NEAR[:1]
        columns += [layout.shifted(shapes[:, SHAPE.index(name)], by) for name in names]
    return np.column_stack([shapes, *columns]).astype(np.float32)


def _place(layout: Layout, length: Column) -> list[Column]:
    size = layout.end - layout.first
    words = layout.total(length)
    return [
        layout.position / size,
        np.minimum(layout.position, 60),
        np.minimum(layout.end - 1 - layout.at, 60),
        layout.above(length) / np.maximum(words, 1),
        np.minimum(size, 300),
        words,
    ]


def _paragraphs(layout: Layout, length: Column, paragraph: Column) -> list[Column]:
    inside = length * paragraph
    before, total = layout.above(inside), layout.total(inside)
    after = total - before - inside
    return [
        layout.total(paragraph) / (layout.end - layout.first),
        layout.since(paragraph, _FAR),
        layout.until(paragraph, _FAR),
        before / np.maximum(total, 1),
        np.minimum(before, 2000),
        np.minimum(after, 2000),
        *(layout.around(paragraph, reach) / layout.size_around(reach) for reach in (2, 5, 12)),
    ]


def _windows(layout: Layout, length: Column, scores: Column) -> list[Column]:
    return [
        *(layout.around(length, reach) / layout.size_around(reach) for reach in (2, 5)),
        *(layout.around(scores, reach) / layout.size_around(reach) for reach in (1, 3, 8)),
    ]


def _repeats(layout: Layout, lines: Sequence[str]) -> list[Column]:
    counts: dict[tuple[int, str], int] = {}
    earlier: list[int] = []
    keys = list(zip(layout.document.tolist(), lines, strict=True))
    for key in keys:
        seen = counts.get(key, 0)
        earlier.append(seen)
        counts[key] = seen + 1
    return [np.array(earlier, np.int64), np.array([counts[key] for key in keys], np.int64)]


def _named(layout: Layout, codes: Column) -> list[Column]:
    """What patterns say of a line and its neighbours."""
    flags = [np.isin(codes, _TURNS), codes > 0]
    return [
        codes,
        *(layout.shifted(codes, by) for by in (-2, -1, 1, 2)),
        *(count(flag, _FAR) for flag in flags for count in (layout.since, layout.until)),
        layout.above(flags[0]),
    ]


def shared_words(subjects: Subjects, story: Column) -> list[Column]:
    """Return for each line the share of its longer words in other lines of the story, and their mean frequency there.

    `story` flags the lines that tell it; both are -1 for a line without longer words.
    """
    line, which = subjects
    told = story[line].astype(np.int64)
    others = np.bincount(which, told)[which].astype(np.int64) - told
    size = len(story)
    count = np.bincount(line, minlength=size)
    known = np.bincount(line, others > 0, minlength=size)
    often = np.bincount(line, np.minimum(others, _OFTEN), minlength=size)
    return [np.where(count > 0, found / np.maximum(count, 1), -1) for found in (known, often)]
