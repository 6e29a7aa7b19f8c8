"""Days as people print them: figures, or a month's name in the text's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from babel.core import Locale, UnknownLocaleError

_LETTER = r"[^\W\d_]"
_YEAR = r"(?P<year>(?:1[6-9]|2[01])\d\d)"
_HAS_YEAR = re.compile(_YEAR)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|o)?"
_MONTH = rf"(?P<month>{_LETTER}{{1,2}}{_LETTER}[\w’'́]{{0,12}})"
_OF = r"(?:\.? ?,? ?(?:de |del |of |di |d[’'])?)"
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d./:]){_DAY}{_OF}[ -]?{_MONTH}(?:\.? ?,? ?(?:de |del |of |di )?|[ -]){_YEAR}(?!\d)",
        rf"(?<!\w){_MONTH}\.? ?{_DAY} ?,? ?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}(?:\.,? ?|, ?| ){_MONTH}\.? ?{_DAY}(?!\d)",
    )
)
_FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.])(?P<figure>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?![\d/-]|\.\d)",
        rf"(?<!\d){_YEAR} ?[年년] ?(?P<figure>[01]?\d) ?[月월] ?(?P<day>[0-3]?\d) ?[日일]",
        rf"(?<!\d){_YEAR}\. (?P<figure>[01]?\d)\. (?P<day>[0-3]?\d)(?!\d)",
        rf"(?<![\d/.-])(?P<day>[0-3]?\d)\. ?(?P<figure>[01]?\d)\. ?{_YEAR}(?![\d/-])",
        rf"(?<!\d)(?P<day>[0-3]?\d) (?:tháng|thg) (?P<figure>[01]?\d),? (?:năm )?{_YEAR}(?!\d)",
    )
)
_SLASHED = re.compile(rf"(?<![\d/.-])(?P<first>[0-3]?\d)(?P<mark>[/-])(?P<second>[0-3]?\d)(?P=mark){_YEAR}(?![\d/-])")
_SHORTEST = 3
_MONTH_FIRST = ("US", "PH", "FM", "PW")
"""Territories that write 3 March as 3/3 in the order month, day."""


class PrintedDay(NamedTuple):
    """A day and where in the line it is printed, half-open."""

    day: date
    start: int
    end: int


def printed_days(line: str, language: str | None = None) -> list[PrintedDay]:
    """Return the days a line states in full, in order; days no calendar has are left out.

    `language` is a tag such as "pt-BR": month names of it and of English are read, and its territory says which of
    day and month comes first in 4/3/2026; without one, only such figures are read that allow no doubt.

    >>> printed_days("Publicado em 4 de março de 2026", "pt")
    [PrintedDay(day=datetime.date(2026, 3, 4), start=13, end=31)]
    """
    if not _HAS_YEAR.search(line):
        return []
    found = sorted(_named(line, language) + _in_figures(line) + _slashed(line, language), key=lambda day: day.start)
    return [day for number, day in enumerate(found) if not number or found[number - 1].end <= day.start]


def _named(line: str, language: str | None) -> list[PrintedDay]:
    months = {**month_names("en"), **month_names(_language(language))}
    return [
        made
        for pattern in _NAMED
        for match in pattern.finditer(line)
        if (month := months.get(_folded(match["month"])))
        for made in _made(match, month, int(match["day"]))
    ]


def _in_figures(line: str) -> list[PrintedDay]:
    return [
        made
        for pattern in _FIGURES
        for match in pattern.finditer(line)
        for made in _made(match, int(match["figure"]), int(match["day"]))
    ]


def _slashed(line: str, language: str | None) -> list[PrintedDay]:
    found: list[PrintedDay] = []
    for match in _SLASHED.finditer(line):
        first, second = int(match["first"]), int(match["second"])
        is_month_first = second > 12 or _territory(language) in _MONTH_FIRST
        if first > 12 or second > 12 or first == second or _territory(language):
            found += _made(match, *((first, second) if is_month_first and first <= 12 else (second, first)))
    return found


def _made(match: re.Match[str], month: int, day: int) -> Iterator[PrintedDay]:
    try:
        yield PrintedDay(date(int(match["year"]), month, day), *match.span())
    except ValueError:
        return


@cache
def month_names(language: str) -> dict[str, int]:
    """Return the number of each month by its names and their beginnings, from the Unicode CLDR (package babel)."""
    try:
        contexts = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    forms = [contexts[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    names = {_folded(name): number for form in forms for number, name in form.items() if not name.isdigit()}
    begun: defaultdict[str, set[int]] = defaultdict(set)
    for name, number in names.items():
        for length in range(_SHORTEST, len(name)):
            begun[name[:length]].add(number)
    return {begin: number for begin, (number, *others) in begun.items() if not others} | names


def _folded(name: str) -> str:
    return name.casefold().rstrip(".")


def _language(tag: str | None) -> str:
    return re.split("[-_]", tag or "en", maxsplit=1)[0].lower()


def _territory(tag: str | None) -> str | None:
    found = re.search(r"[-_]([A-Za-z]{2})\b", tag or "")
    return found[1].upper() if found else None
