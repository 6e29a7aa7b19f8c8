"""What a rule is, and the pieces its patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from transforms.timex.counts import COUNT, COUNT_OR_ARTICLE, JOINT, SPACE
from transforms.timex.forms import Form
from transforms.timex.words import (
    CARDINALS,
    MONTH_ABBREVIATIONS,
    MONTH_NUMBERS,
    MONTHS,
    NUMBERED,
    TENS,
    VAGUE_COUNTS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAY_NUMBERS,
    WEEKDAYS,
)

Match = re.Match[str]


class Range(NamedTuple):
    """Two forms, for the groups `first` and `second` of a pattern; a stretch holds all that lies between."""

    first: Form
    second: Form
    is_stretch: bool = True


Interpretation = Form | Range | None


class Rule(NamedTuple):
    """A pattern, what a match says, and whether the words around it allow it.

    `heads` are the first words of its matches, in lower case ("9" stands for any
    word that starts with a digit). `interpret` returns a form, or a range of
    two, or None to refuse. `guard` is asked
    with the text and the span; it answers whether the context fits.
    """

    name: str
    heads: frozenset[str]
    pattern: re.Pattern[str]
    interpret: Callable[[Match], Interpretation]
    guard: Callable[[str, int, int], bool] | None = None


# A number must not go on: 3-2, 4.5, 12,000, 15%. A word must not go on either, nor be part of an address.
_END = r"(?!\w)(?!(?<=\d)(?:[.,:/\u2013-]?\d|%|-[A-Za-z]))(?!\.[a-z])"
_HEAD_PIECES = {
    "month": frozenset(MONTH_NUMBERS),
    "weekday": frozenset(WEEKDAY_NUMBERS),
    "number": frozenset({"9", *NUMBERED, *(word.partition("-")[0] for word in NUMBERED)}),
    "count": frozenset({"9", *CARDINALS, *TENS, *VAGUE_COUNTS, "couple", "half", "a", "an", "the"}),
}


def rule(
    name: str,
    heads: str,
    pattern: str,
    interpret: Callable[[Match], Interpretation],
    guard: Callable[[str, int, int], bool] | None = None,
) -> Rule:
    """Make a rule; `heads` are words or the classes month, weekday, count; letters match in either case."""
    words = frozenset[str]().union(*(_HEAD_PIECES.get(head, {head}) for head in heads.split()))
    # ASCII inside, so that no exotic letter matches "s" or "k" and then misses in a table of words.
    return Rule(name, words, re.compile(rf"(?ai:{pattern}){_END}"), interpret, guard)


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def _capitalised(words: Iterable[str]) -> str:
    """Only Title or UPPER case, for in lower case may, march and sun are other words."""
    return f"(?-i:{either(form for word in words for form in (word.title(), word.upper()))})"


MONTH_NAME = rf"(?P<month>{_capitalised(MONTHS)})"
MONTH = rf"(?:(?P<month>{_capitalised(MONTHS)}|{_capitalised(MONTH_ABBREVIATIONS)})\.?)"
LAST_MONTH = rf"(?P<month>{_capitalised(MONTHS)}|{_capitalised(MONTH_ABBREVIATIONS)})"
"""A month at the end of an expression, where a full stop belongs to the sentence."""
WEEKDAY = rf"(?P<weekday>{_capitalised(WEEKDAYS)})"
ANY_WEEKDAY = rf"(?:(?P<weekday>{_capitalised(WEEKDAYS)}|{_capitalised(WEEKDAY_ABBREVIATIONS)})\.?)"
DAY = r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?)"
OTHER_DAY = r"(?:(?P<other_day>[0-9]{1,2})(?:st|nd|rd|th)?)"
YEAR = r"(?P<year>(?:1[0-9]|20)[0-9]{2})"
DASH = rf"(?:{SPACE})?[-\u2010-\u2014](?:{SPACE})?"
YEAR_STEP = rf"(?P<step>last|this|next){SPACE}year"
NUMBER = rf"(?P<number>[0-9]{{1,3}}(?:st|nd|rd|th)|{either(NUMBERED)})"
"""An ordinal, in figures or words."""
QUANTITY = rf"(?P<count>{COUNT})"
QUANTITY_OR_ARTICLE = rf"(?P<count>{COUNT_OR_ARTICLE})"


def number_of(match: Match) -> int:
    """Return what the group `number` of a pattern with `NUMBER` says."""
    word = match["number"].lower()
    return NUMBERED[word] if word in NUMBERED else int(word[:-2])


__all__ = [
    "ANY_WEEKDAY", "DASH", "DAY", "JOINT", "LAST_MONTH", "MONTH", "MONTH_NAME", "NUMBER", "OTHER_DAY", "QUANTITY",
    "QUANTITY_OR_ARTICLE", "SPACE", "WEEKDAY", "YEAR", "YEAR_STEP", "Interpretation", "Match", "Range", "Rule",
    "either", "number_of", "rule",
]  # fmt: skip
