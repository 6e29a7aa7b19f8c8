"""What differs between two sequences of words, in time bounded by their length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST_CELLS = 25_000_000
"""Words of one side times words of the other up to which what is common is found exactly."""
_MOST_DEPTH = 8
_FEW_WORDS = 2


class Difference(NamedTuple):
    """A stretch of words and what stands in its place in the other sequence; one of both may be empty."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Common(NamedTuple):
    """Words that both sequences have, in one piece."""

    start: int
    other_start: int
    size: int


def differences(words: Sequence[str], others: Sequence[str]) -> list[Difference]:
    """Return the stretches in which two sequences differ, in order; what lies between them is the same in both.

    As much as can be stays common; but up to two words between longer changes belong to the change around them.

    >>> differences("the ferry left at noon".split(), "the last ferry left early".split())
    [Difference(start=1, end=1, other_start=1, other_end=2), Difference(start=3, end=5, other_start=4, other_end=5)]
    """
    whole = Difference(0, len(words), 0, len(others))
    common = [*_common(words, others, whole, _MOST_DEPTH), _Common(len(words), len(others), 0)]
    gaps = (_trimmed(words, others, gap) for gap in _apart(_without_crumbs(common)))
    return _slid(words, others, gaps)


def _apart(common: Sequence[_Common]) -> Iterator[Difference]:
    """Yield what lies between common pieces."""
    for before, after in pairwise([_Common(0, 0, 0), *common]):
        gap = _gap(before, after)
        if gap.start < gap.end or gap.other_start < gap.other_end:
            yield gap


def _gap(before: _Common, after: _Common) -> Difference:
    return Difference(before.start + before.size, after.start, before.other_start + before.size, after.other_start)


def _without_crumbs(common: Sequence[_Common]) -> list[_Common]:
    """Leave out the few words that two changes, both longer, have between them by chance."""
    kept: list[_Common] = [_Common(0, 0, 0)]
    for piece, after in pairwise(common):
        is_crumb = 0 < piece.size <= _FEW_WORDS and piece.size < min(
            _length(_gap(kept[-1], piece)), _length(_gap(piece, after))
        )
        if not is_crumb:
            kept.append(piece)
    return [*kept, common[-1]]


def _length(gap: Difference) -> int:
    return max(gap.end - gap.start, gap.other_end - gap.other_start)


def _trimmed(words: Sequence[str], others: Sequence[str], gap: Difference) -> Difference:
    """Leave out of a change the words that both of its sides begin or end with."""
    start, end, other_start, other_end = gap
    before = _equal(words, others, gap)
    after = _equal_from_end(words, others, Difference(start + before, end, other_start + before, other_end))
    return Difference(start + before, end - after, other_start + before, other_end - after)


def _slid(words: Sequence[str], others: Sequence[str], gaps: Iterable[Difference]) -> list[Difference]:
    """Move what is only in one sequence to the first place it can have: before `the cat`, `the dog` was put in."""
    found: list[Difference] = []
    for start, end, other_start, other_end in gaps:
        most = start - found[-1].end - 1 if found else start
        by = 0
        if start == end:
            by = _sliding(others, other_start, other_end, most)
        elif other_start == other_end:
            by = _sliding(words, start, end, most)
        found.append(Difference(start - by, end - by, other_start - by, other_end - by))
    return found


def _sliding(words: Sequence[str], start: int, end: int, most: int) -> int:
    by = 0
    while by < most and words[start - by - 1] == words[end - by - 1]:
        by += 1
    return by


def _common(words: Sequence[str], others: Sequence[str], part: Difference, depth: int) -> Iterator[_Common]:
    """Yield what two parts have in common, in order.

    Small parts are compared exactly. Large ones are cut at the words that both have once, and compared piece by piece;
    what has no such words, or is cut so over and over, is different.
    """
    start, end, other_start, other_end = part
    before = _equal(words, others, part)
    yield _Common(start, other_start, before)
    start, other_start = start + before, other_start + before
    after = _equal_from_end(words, others, Difference(start, end, other_start, other_end))
    end, other_end = end - after, other_end - after
    if (end - start) * (other_end - other_start) <= MOST_CELLS:
        yield from _longest(words, others, Difference(start, end, other_start, other_end))
    elif depth:
        anchors = _anchors(words, others, Difference(start, end, other_start, other_end))
        cuts = [_Common(start, other_start, 0), *anchors, _Common(end, other_end, 0)]
        for one, next_one in pairwise(cuts if anchors else ()):
            yield one
            yield from _common(words, others, _gap(one, next_one), depth - 1)
    yield _Common(end, other_end, after)


def _equal(words: Sequence[str], others: Sequence[str], part: Difference) -> int:
    most = min(part.end - part.start, part.other_end - part.other_start)
    size = 0
    while size < most and words[part.start + size] == others[part.other_start + size]:
        size += 1
    return size


def _equal_from_end(words: Sequence[str], others: Sequence[str], part: Difference) -> int:
    most = min(part.end - part.start, part.other_end - part.other_start)
    size = 0
    while size < most and words[part.end - size - 1] == others[part.other_end - size - 1]:
        size += 1
    return size


def _anchors(words: Sequence[str], others: Sequence[str], part: Difference) -> list[_Common]:
    """Return the words that both parts have once, as many as stand in the same order in both (patience)."""
    once, other_once = _once(words, part.start, part.end), _once(others, part.other_start, part.other_end)
    ends: list[int] = []
    piles: list[_Common] = []
    before: dict[_Common, _Common | None] = {}
    for word, place in once.items():
        if word in other_once:
            anchor = _Common(place, other_once[word], 1)
            pile = bisect_left(ends, anchor.other_start)
            before[anchor] = piles[pile - 1] if pile else None
            ends[pile : pile + 1], piles[pile : pile + 1] = [anchor.other_start], [anchor]
    chain: list[_Common] = []
    last = piles[-1] if piles else None
    while last:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(words[start:end])
    return {words[place]: place for place in range(start, end) if counts[words[place]] == 1}


def _longest(words: Sequence[str], others: Sequence[str], part: Difference) -> Iterator[_Common]:
    """Yield the longest common subsequence of two parts, in pieces."""
    start, end, other_start, other_end = part
    if end - start > other_end - other_start:
        turned = _longest(others, words, Difference(other_start, other_end, start, end))
        yield from (_Common(one.other_start, one.start, one.size) for one in turned)
    else:
        yield from _pieces(part, _path(_table(words[start:end], others[other_start:other_end]), end - start))


def _table(words: Sequence[str], others: Sequence[str]) -> list[bytes]:
    """Return for each of `others` a bit for each of `words`: 0 where the word makes what is common longer.

    A row is one integer (Hyyrö 2004, "Bit-parallel LCS-length computation revisited").
    """
    places: dict[str, int] = {}
    for at, word in enumerate(words):
        places[word] = places.get(word, 0) | 1 << at
    every = row = (1 << len(words)) - 1
    size = (len(words) + 7) // 8
    rows = []
    for word in others:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & every
        rows.append(row.to_bytes(size, "little"))
    return rows


def _path(table: Sequence[bytes], width: int) -> list[tuple[int, int]]:
    """Return the pairs of places that the table leads through, from its end."""
    found = []
    at, other = width - 1, len(table) - 1
    while at >= 0 and other >= 0:
        if table[other][at >> 3] >> (at & 7) & 1:
            at -= 1
        elif other and not table[other - 1][at >> 3] >> (at & 7) & 1:
            other -= 1
        else:
            found.append((at, other))
            at, other = at - 1, other - 1
    return found


def _pieces(part: Difference, pairs: Sequence[tuple[int, int]]) -> Iterator[_Common]:
    size = 0
    for number in range(len(pairs) - 1, -1, -1):
        at, other = pairs[number]
        size += 1
        if not number or pairs[number - 1] != (at + 1, other + 1):
            yield _Common(part.start + at - size + 1, part.other_start + other - size + 1, size)
            size = 0
