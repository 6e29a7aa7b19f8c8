"""Clean text and the way back: which raw characters each clean character came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transforms.characters import EDITS, Edit, is_plain


class Segment(NamedTuple):
    """A run of clean text and its raw characters, both half-open.

    `edit` is None where the characters are copied: they correspond one to one. Else it says what was done (a kind of
    `transforms.characters.Edit`) and the run maps as a whole. What was taken out has no segment.
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int
    edit: str | None = None


class Cleaned(NamedTuple):
    """A clean text and its segments, in order."""

    text: str
    segments: list[Segment]


def clean_line(raw_text: str, raw_start: int = 0, raw_end: int | None = None) -> Cleaned:
    r"""Clean one line of raw text by the rules of `transforms.characters`; the spaces at its ends go.

    Segments point into `raw_text`, which is not changed. Cleaning the result once more changes nothing, but for an
    entity written twice (`&amp;amp;`) and what was read wrongly over and over.

    >>> clean_line("Lisbon\xa0 was\u200b calm &amp; dry ").text
    'Lisbon was calm & dry'
    """
    raw_end = len(raw_text) if raw_end is None else raw_end
    line = raw_text[raw_start:raw_end]
    bare = line.strip(" ")
    if not bare:
        return Cleaned("", [])
    start = raw_start + line.index(bare)
    cleaned = Cleaned(bare, [Segment(0, len(bare), start, start + len(bare))])
    return cleaned if is_plain(bare) else _edited(cleaned)


def clean_text(line: str) -> str:
    """Return the text of a line cleaned, without the way back."""
    bare = line.strip(" ")
    if is_plain(bare):
        return bare
    for edits in EDITS:
        bare = _replaced(bare, edits(bare))
    return bare.strip(" ")


def _replaced(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += text[done : edit.start], edit.new
        done = edit.end
    return "".join([*parts, text[done:]])


def _edited(cleaned: Cleaned) -> Cleaned:
    for edits in EDITS:
        cleaned = _apply(cleaned, list(edits(cleaned.text)))
    text, segments = _stripped(cleaned)
    return Cleaned(text, _merged(text, segments))


def _merged(text: str, segments: Iterable[Segment]) -> list[Segment]:
    """Join the repaired letters of a word, which most often are many, to one segment."""
    merged: list[Segment] = []
    for segment in segments:
        last = merged[-1] if merged else segment
        is_next = last.edit == segment.edit == "mojibake" and last.raw_end == segment.raw_start
        if is_next and text[last.text_end - 1 : segment.text_end].isalnum():
            merged[-1] = last._replace(text_end=segment.text_end, raw_end=segment.raw_end)
        else:
            merged.append(segment)
    return merged


def _apply(cleaned: Cleaned, edits: Sequence[Edit]) -> Cleaned:
    """Replace what `edits` (in order, apart) say; an edit of edited characters leads to the raw ones of all."""
    if not edits:
        return cleaned
    raw_map = RawMap(cleaned.segments)
    parts: list[str] = []
    segments: list[Segment] = []
    done = at = 0
    for edit in (*edits, Edit(len(cleaned.text), len(cleaned.text), "", "")):
        segments += raw_map.cut(done, edit.start, at - done)
        at += edit.start - done
        if edit.new:
            segments.append(Segment(at, at + len(edit.new), *raw_map.raw_span(edit.start, edit.end), edit.kind))
        parts += cleaned.text[done : edit.start], edit.new
        at += len(edit.new)
        done = edit.end
    return Cleaned("".join(parts), segments)


def _stripped(cleaned: Cleaned) -> Cleaned:
    bare = cleaned.text.strip(" ")
    if bare == cleaned.text:
        return cleaned
    start = len(cleaned.text) - len(cleaned.text.lstrip(" "))
    return Cleaned(bare, list(RawMap(cleaned.segments).cut(start, start + len(bare), -start)))


def join_lines(lines: Sequence[Cleaned], joint: str = "\n\n") -> Cleaned:
    """Join cleaned lines; the joint itself has no raw characters."""
    segments: list[Segment] = []
    at = 0
    for line in lines:
        segments.extend(_shifted(line.segments, at))
        at += len(line.text) + len(joint)
    return Cleaned(joint.join(line.text for line in lines), segments)


def _shifted(segments: Iterable[Segment], by: int) -> Iterator[Segment]:
    for start, end, raw_start, raw_end, edit in segments:
        yield Segment(start + by, end + by, raw_start, raw_end, edit)


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

    def cut(self, start: int, end: int, shift: int) -> Iterator[Segment]:
        """Yield the segments of the clean span `[start, end)`, their text offsets moved by `shift`."""
        for number in range(max(bisect_right(self._starts, start) - 1, 0), len(self._segments)):
            segment = self._segments[number]
            if segment.text_start >= end:
                return
            left, right = max(segment.text_start, start), min(segment.text_end, end)
            if left < right and segment.edit is None:
                by = segment.raw_start - segment.text_start
                yield Segment(left + shift, right + shift, left + by, right + by)
            elif left < right:
                yield segment._replace(text_start=left + shift, text_end=right + shift)

    def _raw_start(self, start: int) -> int:
        number = bisect_right(self._starts, start) - 1
        if number < 0 or start >= self._segments[number].text_end:
            return self._segments[number + 1].raw_start
        segment = self._segments[number]
        return segment.raw_start + (start - segment.text_start if segment.edit is None else 0)

    def _raw_end(self, end: int) -> int:
        segment = self._segments[bisect_right(self._starts, end - 1) - 1]
        if segment.edit is None and end <= segment.text_end:
            return segment.raw_start + end - segment.text_start
        return segment.raw_end
