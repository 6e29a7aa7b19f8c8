"""What frames a story: the dateline, a picture's date, a line that is a date, the copyright line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from transforms.dating.clue import Clue
from transforms.dating.days import period
from transforms.dating.expression import Expression
from transforms.gazetteer.cities import cities
from transforms.printed_days import printed_days
from transforms.timex.forms import Day, Weekday

_HEAD = 600
_DATELINE_END = 120
_PLACE = re.compile(r"\s*[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'\u2019/ -]{2,50}(?:,? [A-Z][\w.]{1,20}){0,3},?\s*\(?$")
_AFTER_DATELINE = re.compile(r"\s*[,)]?\s*(?:\([A-Z][\w.& -]{1,30}\)|/[\w ]{2,30}/)?\s*(?:-{1,2}|[\u2013\u2014:])\s")
_AGENCY = re.compile(
    r"\s*(?:[A-Z][\w.'\u2019/, -]{1,60}\s)?\s*\((?:[A-Z][\w.& -]{1,30})\)\s*(?:-{1,2}|[\u2013\u2014_])"
)
_DATELINE_PLACE = re.compile(r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.' -]{2,40}(?![A-Za-z])")
_EASTERN = 60
"""Degrees of longitude from which a day begins four hours or more before it does in Greenwich."""
_ALONE = re.compile(
    r"(?i)[\s,|.():-]*(?:(?:\d{1,2}[:.]\d\d|[ap]\.?m|[a-z]{2,3}t|utc|updated|published|posted)[\s,|.():-]*){0,4}$"
)
_ARCHIVE = re.compile(r"(?i)\b(?:file|archive)s?\b")
_COPYRIGHT = re.compile(
    r"(?i)(?:\u00a9|\(c\)|\bcopyright\b)[^\d\n]{0,40}(?P<years>(?:(?:19|20)\d\d\s?[-\u2013,]?\s?){1,3})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UPDATED = re.compile(r"(?i)\b(?:updated|modified|revised)\b")
_LINE = 300
_SHORT = 160
_LINES = 400


class Line(NamedTuple):
    """A line of the page outside the passages (copyright, byline, furniture ...), as it stands in the raw text."""

    role: str
    raw_text: str
    raw_start: int


def head_clues(text: str, expressions: Sequence[Expression]) -> Iterator[Clue]:
    """Yield what the head of the body says, offsets in it: agency_dateline, eastern_dateline, dateline_day, dated_line.

    agency_dateline names no day: it tells that the words are an agency's, which names days as of publication.
    eastern_dateline neither: where it stands, a day begins hours before it does for readers in the west.
    """
    agency = _AGENCY.match(text, 0, _DATELINE_END + 40)
    if agency:
        yield Clue("agency_dateline", agency.start(), agency.end())
        if _is_eastern(agency.group()):
            yield Clue("eastern_dateline", agency.start(), agency.end())
    for expression in expressions:
        if expression.start > _HEAD:
            return
        form = expression.form
        if isinstance(form, Day) and expression.start < _DATELINE_END and _is_dateline(text, expression):
            yield _dateline(expression, form)
        elif isinstance(form, Day) and form.year and _is_alone(text, expression):
            days = period(form)
            if days:
                yield Clue("dated_line", expression.start, expression.end, days.start, days.start)


def _is_eastern(dateline: str) -> bool:
    place = _DATELINE_PLACE.match(dateline)
    found = cities(place.group().title()) if place else ()
    return bool(found) and found[0].longitude >= _EASTERN


def _is_dateline(text: str, expression: Expression) -> bool:
    line = text.rfind("\n", 0, expression.start) + 1
    before = text[line : expression.start]
    return bool(_PLACE.match(before) and _AFTER_DATELINE.match(text, expression.end, expression.end + 60))


def _dateline(expression: Expression, form: Day) -> Clue:
    """A story is published on the day of its dateline or, in another zone or a morning paper, on the next."""
    days = period(form)
    if days:
        return Clue("dateline_day", expression.start, expression.end, days.start, _after(days.start, 1))
    try:
        day = date(2000, form.month, form.day)
    except ValueError:
        return Clue("dateline_day", expression.start, expression.end)
    stretch = f"{day:%m-%d}", f"{day + timedelta(days=1):%m-%d}"
    return Clue("dateline_day", expression.start, expression.end, season=stretch)


def _after(day: date, days: int) -> date:
    return day + min(timedelta(days=days), date.max - day)


def _is_alone(text: str, expression: Expression) -> bool:
    """Whether the expression is all its line says, but for a clock time or a word that labels it."""
    line = text.rfind("\n", 0, expression.start) + 1
    end = text.find("\n", expression.end)
    rest = text[line : expression.start], text[expression.end : end if end >= 0 else len(text)]
    return all(len(part) < 40 and _ALONE.match(part) for part in rest)


def caption_clues(text: str, expressions: Sequence[Expression]) -> Iterator[Clue]:
    """Yield caption_day for the full dates of a picture that is not from the archive: published then or later."""
    if _ARCHIVE.search(text[:_LINE]):
        return
    for expression in expressions:
        days = period(expression.form) if isinstance(expression.form, Day) else None
        if days:
            yield Clue("caption_day", expression.start, expression.end, earliest=days.start)


def caption_weekday_clues(captioned: Sequence[date], expressions: Iterable[Expression]) -> Iterator[Clue]:
    """Yield caption_weekday where the body tells of a past weekday one to three days after a picture's day.

    Pictures are of the news: a weekday right after theirs is the one of that week, and the story is no older.
    """
    last = max(captioned, default=None)
    if last is None or last > date.max - timedelta(days=3):
        return
    after = {(last + timedelta(days=count)).isoweekday(): last + timedelta(days=count) for count in (1, 2, 3)}
    for expression in expressions:
        form = expression.form
        if isinstance(form, Weekday) and form.step is None and expression.direction == "past" and form.weekday in after:
            yield Clue("caption_weekday", expression.start, expression.end, earliest=after[form.weekday])


def line_clues(lines: Iterable[Line], above: int) -> Iterator[Clue]:
    """Yield what the lines outside the passages say, with raw offsets.

    copyright_year: pages renew that year, but none is copyrighted ahead of its writing. dated_line, updated_line: a
    short line with one day in full, above `above` (the raw offset where the story begins).
    """
    for line in list(lines)[:_LINES]:
        found = _COPYRIGHT.search(line.raw_text, 0, _LINE)
        if found:
            yield _copyright(line, found)
        elif line.raw_start < above and len(line.raw_text) <= _SHORT and _YEAR.search(line.raw_text):
            yield from _dated_line(line)


def _copyright(line: Line, found: re.Match[str]) -> Clue:
    year = max(int(year) for year in _YEAR.findall(found["years"]))
    start = line.raw_start + found.start("years")
    end = start + len(found["years"].rstrip(" -\u2013,"))
    return Clue("copyright_year", start, end, latest=date(year, 12, 31))


def _dated_line(line: Line) -> Iterator[Clue]:
    days = printed_days(line.raw_text, "en")
    if len({printed.day for printed in days}) != 1:
        return
    day, start, end = days[0]
    rule, earliest = ("updated_line", None) if _UPDATED.search(line.raw_text) else ("dated_line", day)
    yield Clue(rule, line.raw_start + start, line.raw_start + end, earliest, day)
