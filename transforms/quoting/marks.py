"""Single quotation marks of a text: what each may do, told by its form and its neighbours."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.quoting.words import ELISIONS

_MARK = re.compile(r"``|''|[\"“”„‟«»＂'‘’‚‹›]")
_WORD = re.compile(r"[^\W_]{1,12}")
_LEFT = frozenset("([{—–-―/\"“”„‘'«")
_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟"), "curly"),
    **dict.fromkeys(("«", "»"), "angle"),
    **dict.fromkeys(('"', "＂"), "straight"),
    **dict.fromkeys(("``", "''"), "typewriter"),
}
_OPENING_FORMS = frozenset(("“", "„", "‟", "«", "``"))
_CLOSING_FORMS = frozenset(("”", "»", "''"))
SINGLE = "single"


class Mark(NamedTuple):
    """One mark (code points, half-open): its form, its family, whether it may open or close."""

    start: int
    end: int
    form: str
    family: str
    opens: bool
    closes: bool
    follows_digit: bool


class _Shape(NamedTuple):
    """What the neighbours of a mark make of it."""

    opens: bool
    closes: bool
    has_left: bool


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Return the marks of the paragraph `text[start:end]` that may open or close a quotation.

    >>> [(mark.form, mark.opens, mark.closes) for mark in find_marks("“Don’t,” he said", 0, 16)]
    [('“', True, False), ('”', False, True)]
    """
    marks = [_mark(text, found.start(), found.end(), start, end) for found in _MARK.finditer(text, start, end)]
    return [mark for mark in marks if mark.opens or mark.closes]


def _mark(text: str, at: int, until: int, start: int, end: int) -> Mark:
    form = text[at:until]
    before = text[at - 1] if at > start else " "
    after = text[until] if until < end else " "
    shape = _shape(before, after)
    family = _FAMILY.get(form, SINGLE)
    opens, closes = _single(text, form, until, shape) if family == SINGLE else _double(form, shape)
    return Mark(at, until, form, family, opens, closes, before.isdigit())


def _shape(before: str, after: str) -> _Shape:
    has_left = before.isspace() or before in _LEFT
    return _Shape(
        opens=has_left and not after.isspace() and (after.isalnum() or after not in ".,;:?!)"),
        closes=not has_left and not after.isalnum(),
        has_left=has_left,
    )


def _double(form: str, shape: _Shape) -> tuple[bool, bool]:
    """Whether a double mark may open and may close; both where only what came before can tell."""
    if form in _OPENING_FORMS:
        return form == "„" or not shape.closes, shape.closes or form == "«"
    if form in _CLOSING_FORMS:
        return shape.has_left, True
    return shape.opens or not shape.closes, shape.closes or not shape.opens


def _single(text: str, form: str, until: int, shape: _Shape) -> tuple[bool, bool]:
    """Whether a single mark may open and may close; an apostrophe inside or before a word does neither."""
    opens = form in "'‘‚‹" and shape.opens and not _is_elision(text, until)
    return opens, form in "'’›" and shape.closes


def _is_elision(text: str, at: int) -> bool:
    word = _WORD.match(text, at)
    return bool(word) and (word.group().lower() in ELISIONS or word.group()[0].isdigit())  # type: ignore[union-attr]
