"""Which words of a page stand in an extract of it: both are laid side by side in order, as a patience diff does."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SIZES = (6, 3, 1)
"""Words of the n-grams that tie the two together, tried in this order."""
_LONE_WORDS_REACH = 4
"""Single words tie only what is this many times longer on the page than in the extract, at most."""
_MOST_COPIES = 16
_MOST_CHOICES = 64
"""Places and repetitions looked at where the page says the same again and again."""

Words = Sequence[str]


class _Stretch(NamedTuple):
    """Words `start` to `end` of the extract that are to be found among words `page_start` to `page_end`."""

    start: int
    end: int
    page_start: int
    page_end: int


class _Run(NamedTuple):
    """Words the extract and the page have in common."""

    start: int
    page_start: int
    length: int


def matched(extract: Words, page: Words) -> bytearray:
    """Return for each word of `page` whether `extract` holds it (1 or 0), each of its words used once, in order.

    >>> list(matched("rain fell on Tuesday".split(), "on air rain fell on Tuesday".split()))
    [0, 0, 1, 1, 1, 1]
    """
    found = bytearray(len(page))
    choices = _MOST_CHOICES
    todo = [(_Stretch(0, len(extract), 0, len(page)), 0)]
    while todo:
        stretch, level = todo.pop()
        runs = _unique_runs(extract, page, stretch, _SIZES[level])
        if not runs and level == 0 and choices:
            runs = _longest_run(extract, page, stretch)
            choices -= 1
        for run in runs:
            found[run.page_start : run.page_start + run.length] = b"\1" * run.length
        level += not runs
        if level < len(_SIZES):
            todo += [(rest, level) for rest in _between(stretch, runs)]
    return found


def _between(stretch: _Stretch, runs: list[_Run]) -> Iterator[_Stretch]:
    """Yield what is left of a stretch before, between and after its runs."""
    at, page_at = stretch.start, stretch.page_start
    for run in (*runs, _Run(stretch.end, stretch.page_end, 0)):
        if run.start > at and run.page_start > page_at:
            yield _Stretch(at, run.start, page_at, run.page_start)
        at, page_at = run.start + run.length, run.page_start + run.length


def _unique_runs(extract: Words, page: Words, stretch: _Stretch, size: int) -> list[_Run]:
    """Return the runs around n-grams that stand once in either, as many as keep their order."""
    start, end, page_start, page_end = stretch
    if size == 1 and page_end - page_start > _LONE_WORDS_REACH * (end - start + 5):
        return []
    places, page_places = _places(extract, start, end, size), _places(page, page_start, page_end, size)
    pairs = [(at, page_places.get(gram, -1)) for gram, at in places.items() if at >= 0]
    runs: list[_Run] = []
    for at, page_at in _rising([pair for pair in pairs if pair[1] >= 0]):
        if at >= start and page_at >= page_start:
            run = _extended(extract, page, _Stretch(start, end, page_start, page_end), at, page_at)
            runs.append(run)
            start, page_start = run.start + run.length, run.page_start + run.length
    return runs


def _longest_run(extract: Words, page: Words, stretch: _Stretch) -> list[_Run]:
    """Return, where all stands several times on the page, the copy that agrees with the extract longest."""
    size = _SIZES[0]
    copies = defaultdict(list)
    for at, gram in enumerate(_grams(page, stretch.page_start, stretch.page_end, size), stretch.page_start):
        copies[gram].append(at)
    grams = enumerate(_grams(extract, stretch.start, stretch.end, size), stretch.start)
    shared = [(len(copies[gram]), at, gram) for at, gram in grams if gram in copies]
    if not shared:
        return []
    _, at, gram = min(shared)
    runs = [_extended(extract, page, stretch, at, place) for place in copies[gram][:_MOST_COPIES]]
    return [max(runs, key=lambda run: run.length)]


def _extended(extract: Words, page: Words, stretch: _Stretch, at: int, page_at: int) -> _Run:
    """Return the run of equal words around a pair of equal ones."""
    before = 0
    room = min(at - stretch.start, page_at - stretch.page_start)
    while before < room and extract[at - before - 1] == page[page_at - before - 1]:
        before += 1
    after = 1
    room = min(stretch.end - at, stretch.page_end - page_at)
    while after < room and extract[at + after] == page[page_at + after]:
        after += 1
    return _Run(at - before, page_at - before, before + after)


def _places(words: Words, start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Return where each n-gram stands, -1 when it does more than once."""
    places: dict[tuple[str, ...], int] = {}
    for at, gram in enumerate(_grams(words, start, end, size), start):
        if places.setdefault(gram, at) != at:
            places[gram] = -1
    return places


def _grams(words: Words, start: int, end: int, size: int) -> Iterator[tuple[str, ...]]:
    last = max(start, end - size + 1)
    return zip(*(words[start + skip : last + skip] for skip in range(size)), strict=True)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of pairs, given by rising first member, whose second member rises too."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, page_at) in enumerate(pairs):
        length = bisect_left(lasts, page_at)
        before.append(ends[length - 1] if length else -1)
        lasts[length : length + 1] = [page_at]
        ends[length : length + 1] = [number]
    chosen = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]
