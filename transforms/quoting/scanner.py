"""Quotations of a text: pairs the quotation marks, paragraph by paragraph.

A pair of double marks (curly, straight, low-9, guillemets, typewriter pairs) is a
quotation; single marks make one only outside double ones. An odd mark costs its
own quotation and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from transforms.quoting.marks import SINGLE, Mark, find_marks
from transforms.quoting.words import NO_SPEAKERS

_LETTER = re.compile(r"[^\W_]")
_LINE_ENDS = tuple(".!?:…\"”’'»)]_")
_NESTED = 2
_WRAPPED_WIDTH = 40
_QUOTE_STARTS = frozenset("“”\"„«‘'")
_LABEL = re.compile(r"[\"“]([A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3}:[ \u00a0]*)(?=\S)")
"""A name in capitals inside the marks, as transcripts print it."""
_STRONG_ENDS = frozenset(".,?!…")


class Quote(NamedTuple):
    """One quotation with its marks (code points, half-open); `is_continued` from the paragraph before."""

    start: int
    end: int
    is_continued: bool = False


class _Open(NamedTuple):
    """An opening mark not yet closed, and the quotations complete inside it."""

    mark: Mark
    inside: list[Quote]
    is_continued: bool = False


def find_quotes(text: str) -> list[Quote]:
    """Return the outermost quotations of `text`, in order.

    >>> text = 'The 6" pipe "held well," she said.'
    >>> [text[quote.start:quote.end] for quote in find_quotes(text)]
    ['"held well,"']
    """
    found: list[Quote] = []
    pending: _Open | None = None
    end_before = 0
    for start, end in paragraphs(text):
        marks = find_marks(text, start, end)
        is_continued = pending is not None and _continues(pending.mark, marks, start)
        found += _settled(pending, end_before if is_continued else None)
        quotes, pending = _paired(text, marks)
        if is_continued:
            quotes, pending = _marked_continued(quotes, pending, start)
        found += quotes
        end_before = end
    found += _settled(pending, None)
    found = [_without_label(text, quote) for quote in found]
    return [quote for quote in found if _LETTER.search(text, quote.start, quote.end)]


def _without_label(text: str, quote: Quote) -> Quote:
    label = _LABEL.match(text, quote.start, quote.end)
    is_name = label and label.group(1).split(":")[0].lower() not in NO_SPEAKERS
    return quote._replace(start=label.end()) if label and is_name else quote


@lru_cache(maxsize=1)
def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the paragraphs of `text` as spans without the space around them.

    A line break ends a paragraph unless it only wraps a long line.

    >>> text = "One line, wrapped where the page of it ended,\nand on.\nTwo."
    >>> [text[start:end] for start, end in paragraphs(text)]
    ['One line, wrapped where the page of it ended,\nand on.', 'Two.']
    """
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start, end, before, is_short = 0, 0, "", False
    for line in re.finditer(r"[^\n]+", text):
        stripped = line.group().strip()
        if not stripped:
            continue
        line_start = text.index(stripped[0], line.start())
        if end and (is_short or text.count("\n", end, line_start) > 1 or _breaks(before, stripped)):
            yield start, end
            end = 0
        start = start if end else line_start
        end = line_start + len(stripped)
        before, is_short = stripped[-_WRAPPED_WIDTH:], len(stripped) < _WRAPPED_WIDTH
    if end:
        yield start, end


def _breaks(line: str, following: str) -> bool:
    """Whether a line break between the end of a line and the next line is more than a wrap."""
    starts_quote = following[0] in _QUOTE_STARTS and line.rsplit(maxsplit=1)[-1][0].isupper()
    return line.endswith(_LINE_ENDS) or starts_quote


def _continues(opened: Mark, marks: Sequence[Mark], start: int) -> bool:
    """Whether the paragraph at `start` repeats the mark `opened`, which the one before left open."""
    return bool(marks) and marks[0].start == start and marks[0].opens and marks[0].family == opened.family


def _settled(pending: _Open | None, end: int | None) -> list[Quote]:
    """Return what an unclosed mark leaves: a quotation up to `end`, or without an end those inside it."""
    if pending is None:
        return []
    return pending.inside if end is None else [Quote(pending.mark.start, end, pending.is_continued)]


def _marked_continued(
    quotes: list[Quote],
    pending: _Open | None,
    start: int,
) -> tuple[list[Quote], _Open | None]:
    """Mark the quotation at `start`, closed or not, as continued."""
    quotes = [quote._replace(is_continued=quote.start == start) for quote in quotes]
    if pending and pending.mark.start == start:
        pending = pending._replace(is_continued=True)
    return quotes, pending


def _paired(text: str, marks: Sequence[Mark]) -> tuple[list[Quote], _Open | None]:
    """Return the complete quotations of one paragraph and the outermost mark left open."""
    done: list[Quote] = []
    stack: list[_Open] = []
    singles = _singles(text, marks)
    number = 0
    while number < len(marks):
        if marks[number].family != SINGLE:
            _take(stack, done, marks, number)
        elif not stack and number in singles:
            done.append(Quote(marks[number].start, marks[singles[number]].end))
            number = singles[number]
        number += 1
    while len(stack) > 1:
        stack[-2].inside.extend(stack.pop().inside)
    return done, stack[0] if stack else _open_single(marks, singles, done)


def _open_single(marks: Sequence[Mark], singles: dict[int, int], done: Sequence[Quote]) -> _Open | None:
    """Return the single mark that opens the end of a paragraph: the next one goes on if it repeats the mark."""
    for number in range(len(marks) - 1, -1, -1):
        if marks[number].family != SINGLE or (done and marks[number].start < done[-1].end):
            return None
        if marks[number].opens:
            return None if number in singles else _Open(marks[number], [])
    return None


def _take(stack: list[_Open], done: list[Quote], marks: Sequence[Mark], number: int) -> None:
    """Let one double mark close or open a quotation."""
    mark = marks[number]
    depth = _closed_depth(stack, mark, marks[number + 1] if number + 1 < len(marks) else None)
    if depth is not None:
        quote = Quote(stack[depth].mark.start, mark.end)
        del stack[depth:]
        (stack[-1].inside if stack else done).append(quote)
    elif mark.opens:
        _drop_lost(stack, done, marks, number)
        stack.append(_Open(mark, []))


def _closed_depth(stack: Sequence[_Open], mark: Mark, after: Mark | None) -> int | None:
    """Where on the stack the quotation stands that `mark` closes, if it closes one."""
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth].mark
        if opened.family == mark.family:
            closes = mark.closes or (opened.form, mark.form) == ("„", "“")
            return depth if closes and not _is_inch(mark, after) else None
    # A curly mark may be closed by a straight one, but not by the inches of a measure.
    mixed = stack and mark.closes and not mark.opens and not mark.follows_digit and mark.family != "angle"
    return len(stack) - 1 if mixed else None


def _is_inch(mark: Mark, after: Mark | None) -> bool:
    """Whether a straight mark behind a digit is a measure: another one is there to close the quotation."""
    if not mark.follows_digit or mark.family != "straight" or after is None:
        return False
    return after.family == mark.family and after.closes and not after.opens


def _drop_lost(stack: list[_Open], done: list[Quote], marks: Sequence[Mark], number: int) -> None:
    """Give up an open mark of the family of `marks[number]`, unless two closing marks follow: then it nests."""
    mark = marks[number]
    following = marks[number + 1 : number + 1 + _NESTED]
    if [other.family == mark.family and other.closes and not other.opens for other in following] == [True] * _NESTED:
        return
    for depth, opened in enumerate(stack):
        if opened.mark.family == mark.family:
            kept = stack[depth - 1].inside if depth else done
            kept.extend(quote for lost in stack[depth:] for quote in lost.inside)
            del stack[depth:]
            return


def _singles(text: str, marks: Sequence[Mark]) -> dict[int, int]:
    """Pair single marks: numbers of opening marks to those of their closing ones.

    A pair holds an even number of double marks, so that an apostrophe cannot tear a quotation.
    """
    doubles = [0, *accumulate(mark.family != SINGLE for mark in marks)]
    pairs: dict[int, int] = {}
    closers: list[int] = []
    for number, mark in reversed(list(enumerate(marks))):
        if mark.family == SINGLE and mark.opens:
            closer = _best_closer(text, marks, closers) if closers else number
            if closer > number and (doubles[closer] - doubles[number]) % 2 == 0:
                pairs[number] = closer
            closers = []
        elif mark.family == SINGLE:
            closers = [number, *closers[:1]]
    return pairs


def _best_closer(text: str, marks: Sequence[Mark], closers: Sequence[int]) -> int:
    """Return the next closing mark, or the one after where the next looks like a plural's apostrophe."""
    first = marks[closers[0]].start
    is_weak = text[first - 1] in "sS" and text[first + 1 : first + 3].strip()[:1].islower()
    if is_weak and len(closers) > 1 and text[marks[closers[1]].start - 1] in _STRONG_ENDS:
        return closers[1]
    return closers[0]
