"""Bare weekdays: in news "said on Friday" most often names the day of publication itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.dating.clause import last_word
from transforms.dating.clue import Clue
from transforms.dating.expression import Expression
from transforms.timex.forms import Time, Weekday

_REACH = 60
_MOST = 40
"""Weekdays read of one passage, so that hostile text makes no endless list."""
_SAID = re.compile(
    r"(?i)\b(?:said|says|told|announced|reported|according to|statement|interview|tweeted|wrote|spokes\w{3,6})\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s")
_WORD = re.compile(r"[\w'\u2019]+")
_STEPS = {-1: "weekday_last", 1: "weekday_next"}
_LATE_MARKS = frozenset({"TEV", "TNI", "T24", "T18", "T19", "T20", "T21", "T22", "T23"})
_SPAN = frozenset({
    "from", "since", "of", "after", "between", "until", "through", "before", "till", "by", "to", "and", "or",
})  # fmt: skip
_ARTICLE = frozenset({
    "for", "a", "the", "s", "as", "its", "his", "her", "their", "this", "black", "good", "cyber", "super",
})  # fmt: skip


def weekday_clues(text: str, expressions: Sequence[Expression]) -> Iterator[Clue]:
    """Yield a clue for each bare weekday of `text`, with offsets in it.

    The rule tells how the weekday is named, which decides how the day of publication lies to it: weekday_said (with a
    verb of speech), weekday_past, weekday_late ("late on", an evening), weekday_earlier ("earlier on"), weekday_future,
    weekday_open (neither), weekday_span and weekday_limit (an end of a stretch, past or not), weekday_adjective
    ("a Friday meeting"), weekday_last, weekday_next.
    """
    named = [(expression, expression.form) for expression in expressions if isinstance(expression.form, Weekday)]
    for expression, form in named[:_MOST]:
        rule = "weekday_" + _manner(text, expression) if form.step is None else _STEPS.get(form.step, "weekday_open")
        yield Clue(rule, expression.start, expression.end, weekday=form.weekday)


def _manner(text: str, expression: Expression) -> str:
    before = text[max(0, expression.start - _REACH) : expression.start]
    last = last_word(before)
    adverb = _adverb(text, expression, before, last)
    if adverb == "earlier" or (adverb == "late" and expression.direction != "future"):
        return adverb
    if last in _SPAN:
        return "span" if expression.direction == "past" else "limit"
    if last in _ARTICLE:
        return "adjective"
    if expression.direction == "past":
        return "said" if _SAID.search(_SENTENCE_END.split(before)[-1]) else "past"
    return "future" if expression.direction == "future" else "open"


def _adverb(text: str, expression: Expression, before: str, last: str) -> str:
    """Return late or earlier where they stand before or in the expression, or its time of day is late."""
    if isinstance(expression.whole, Time) and expression.whole.mark[:3] in _LATE_MARKS:
        return "late"
    inside = text[expression.start : expression.end].split(maxsplit=1)[0].lower()
    if inside in {"late", "earlier"}:
        return inside
    words = _WORD.findall(before[-24:].lower())[-2:]
    return words[0] if last == "on" and len(words) == 2 else last
