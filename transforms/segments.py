"""Clean text and the way back: which raw characters each clean character came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_ODD_SPACES = r"\t\n\v\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = r"\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff"
# a lone plain space is no edit: most of a text is left in long pieces
_EDIT = re.compile(rf"(?:[{_ODD_SPACES}{_INVISIBLE}]| (?=[ {_ODD_SPACES}{_INVISIBLE}]))[ {_ODD_SPACES}{_INVISIBLE}]*")
_HAS_SPACE = re.compile(rf"[ {_ODD_SPACES}]")


class Segment(NamedTuple):
    """A run of clean text and its raw characters, both half-open.

    Where both lengths agree, characters correspond one to one; else the run maps as a whole.
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int

    @property
    def is_even(self) -> bool:
        """Whether characters correspond one to one."""
        return self.text_end - self.text_start == self.raw_end - self.raw_start


class Cleaned(NamedTuple):
    """A clean text and its segments, in order."""

    text: str
    segments: list[Segment]


def clean_line(raw_text: str, raw_start: int = 0, raw_end: int | None = None) -> Cleaned:
    r"""Clean one line of raw text: spaces of any kind become one plain space, invisible characters go.

    Quotes, dashes and letters keep their form. Segments point into `raw_text`.

    >>> clean_line("Lisbon\xa0 was\u200b calm ").text
    'Lisbon was calm'
    """
    raw_end = len(raw_text) if raw_end is None else raw_end
    parts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for text, start, end in _pieces(raw_text, raw_start, raw_end):
        parts.append(text)
        segments.append(Segment(at, at + len(text), start, end))
        at += len(text)
    return _stripped(Cleaned("".join(parts), _merged(segments)))


def _pieces(raw_text: str, raw_start: int, raw_end: int) -> Iterator[tuple[str, int, int]]:
    at = raw_start
    for edit in _EDIT.finditer(raw_text, raw_start, raw_end):
        if edit.start() > at:
            yield raw_text[at : edit.start()], at, edit.start()
        if _HAS_SPACE.search(edit.group()):
            yield " ", edit.start(), edit.end()
        at = edit.end()
    if at < raw_end:
        yield raw_text[at:raw_end], at, raw_end


def _merged(segments: list[Segment]) -> list[Segment]:
    """Join neighbouring one-to-one segments."""
    merged: list[Segment] = []
    for segment in segments:
        last = merged[-1] if merged else None
        if last and last.is_even and segment.is_even and last.raw_end == segment.raw_start:
            merged[-1] = Segment(last.text_start, segment.text_end, last.raw_start, segment.raw_end)
        else:
            merged.append(segment)
    return merged


def _stripped(cleaned: Cleaned) -> Cleaned:
    """Cut the space at both ends (at most one each, since runs are already one)."""
    text = cleaned.text
    start = 1 if text.startswith(" ") else 0
    end = len(text) - 1 if text.endswith(" ") and len(text) > start else len(text)
    return Cleaned(text[start:end], list(_cut(cleaned.segments, start, end)))


def _cut(segments: Iterable[Segment], start: int, end: int) -> Iterator[Segment]:
    for segment in segments:
        left, right = max(segment.text_start, start), min(segment.text_end, end)
        if left >= right:
            continue
        if segment.is_even:
            raw_start = segment.raw_start + left - segment.text_start
            yield Segment(left - start, right - start, raw_start, raw_start + right - left)
        else:
            yield Segment(left - start, right - start, segment.raw_start, segment.raw_end)


def join_lines(lines: Sequence[Cleaned], joint: str = "\n\n") -> Cleaned:
    """Join cleaned lines; the joint itself has no raw characters."""
    segments: list[Segment] = []
    at = 0
    for line in lines:
        segments.extend(Segment(s.text_start + at, s.text_end + at, s.raw_start, s.raw_end) for s in line.segments)
        at += len(line.text) + len(joint)
    return Cleaned(joint.join(line.text for line in lines), segments)


class RawMap:
    """Raw offsets for spans of a clean text."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._starts = [segment.text_start for segment in segments]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of the non-empty clean span `[start, end)`.

        A character without raw characters (a joint) takes its neighbour inside the span.
        """
        return self._raw_start(start), self._raw_end(end)

    def _raw_start(self, start: int) -> int:
        number = bisect_right(self._starts, start) - 1
        if number < 0 or start >= self._segments[number].text_end:
            return self._segments[number + 1].raw_start
        segment = self._segments[number]
        return segment.raw_start + (start - segment.text_start if segment.is_even else 0)

    def _raw_end(self, end: int) -> int:
        segment = self._segments[bisect_right(self._starts, end - 1) - 1]
        if segment.is_even and end <= segment.text_end:
            return segment.raw_start + end - segment.text_start
        return segment.raw_end
