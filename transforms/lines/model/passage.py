"""The second look at a line: how sure the first was of it and its neighbours, and where the main passage lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transforms.lines.model.context import shared_words
from transforms.lines.model.layout import Column, Layout
from transforms.lines.model.seen import Subjects

_CENTRE = 400
_LOW = 300
_FAR = 60
_FAR_WORDS = 1500


def second_look(layout: Layout, first: Column, length: Column, sure: NDArray[np.int64], subjects: Subjects) -> Column:
    """Return the rows of `first` with what its verdict adds.

    `length` counts the words of each line, `sure` is the first probability in thousandths.
    """
    start, end = _main_passages(layout, length, sure)
    inside = (layout.at >= start) & (layout.at < end)
    count = np.maximum(layout.total(length), 1)
    columns = [
        sure,
        inside,
        np.clip(layout.at - start, -_FAR, _FAR),
        np.clip(end - 1 - layout.at, -_FAR, _FAR),
        *_words_to(layout, length, start, end),
        *_between(layout, length, sure, start, end),
        shared_words(subjects, inside & (sure > 500))[0],
        *(layout.around(sure * length, reach) / np.maximum(layout.around(length, reach), 1) for reach in (1, 3, 6, 15)),
        *(layout.around(sure, reach) / layout.size_around(reach) for reach in (2, 5, 12)),
        layout.total(length * inside) / count,
        *(layout.shifted(sure, by, -100) for by in (-3, -2, -1, 1, 2, 3)),
    ]
    return np.column_stack([first, *columns]).astype(np.float32)


def _main_passages(layout: Layout, length: Column, sure: NDArray[np.int64]) -> tuple[Column, Column]:
    """Return where the lines lie that together speak most for being body: the maximal sum (Bentley 1984)."""
    gains = np.floor(np.sqrt(length) * (sure - _CENTRE)).astype(np.int64).tolist()
    start = np.zeros(len(gains), np.int64)
    end = np.zeros(len(gains), np.int64)
    first = 0
    while first < len(gains):
        last = int(layout.end[first])
        start[first:last], end[first:last] = _best(gains, first, last)
        first = last
    return start, end


def _best(gains: list[int], first: int, last: int) -> tuple[int, int]:
    best = current = 0
    found = (first, first)
    begin = first
    for at in range(first, last):
        if current <= 0:
            current, begin = 0, at
        current += gains[at]
        if current > best:
            best, found = current, (begin, at + 1)
    return found


def _words_to(layout: Layout, length: Column, start: Column, end: Column) -> list[Column]:
    """Return the words from the passage's first line, and to its last."""
    sums = np.concatenate([[0], np.cumsum(length)])
    return [
        np.clip(sums[layout.at + 1] - sums[start], -_FAR_WORDS, _FAR_WORDS),
        np.clip(sums[end] - sums[layout.at + 1], -_FAR_WORDS, _FAR_WORDS),
    ]


def _between(layout: Layout, length: Column, sure: Column, start: Column, end: Column) -> list[Column]:
    """Return what lies between a line and the passage: words that speak against it, and unlikely lines."""
    found = []
    for values in (np.floor(np.sqrt(length) * (sure - _CENTRE)).astype(np.int64), (sure < _LOW).astype(np.int64)):
        sums = np.concatenate([[0], np.cumsum(values)])
        above = np.where(layout.at < start, sums[start] - sums[layout.at], 0)
        found.append(np.where(layout.at >= end, sums[layout.at + 1] - sums[end], above))
    return found
