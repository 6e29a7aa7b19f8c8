"""Evidence from two expressions together: "next month" beside a named event, "two years ago" beside its date."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

from transforms.dating.anchors import AnchorMention, anchor_mentions
from transforms.dating.clause import clause
from transforms.dating.clue import Clue
from transforms.dating.days import Dated, tense_of
from transforms.dating.expression import Expression
from transforms.dating.seasons import Season, season
from transforms.timex.forms import Day, Offset, Shift, Weekday

_BESIDE = 45
"""Most characters between "two years ago" and the date it repeats."""
_FEWEST_YEARS, _MOST_YEARS = 1.5, 100
_MONTH_DAYS = 30.44
_ROUNDED_MONTHS = 3
"""How far a count of years and a half may be rounded; a count of whole years by half a year."""
_WEEK = 8
_UNITS = frozenset({"week", "month"})
_MOST = 20
"""Expressions of a kind looked around in one passage."""
_LEAP_YEAR = 2000
_ORDINAL = r"(?P<count>\d{1,3})(?:st|nd|rd|th)"
_ANNIVERSARY = re.compile(rf"(?i)\b{_ORDINAL}[- ]anniversary\b")
_NOUN_BEFORE = re.compile(r"\b(?P<noun>[a-z]{5,20}),?\s$")
_NOUN_AFTER = re.compile(r"\s(?P<noun>[a-z]{5,20})\b")
_VAGUE = frozenset({
    "before", "during", "around", "nearly", "almost", "roughly", "another", "country", "people", "government",
    "president", "percent", "million", "billion", "started", "should", "months", "already", "earlier", "recent",
})  # fmt: skip


def relative_clues(text: str, expressions: Sequence[Expression], found: Sequence[Dated]) -> Iterator[Clue]:
    """Yield the clues that two things together give, with offsets in `text`.

    weekday_of_day: a weekday and a day of a month, true of some years only. years_since: a count of years or months
    back and the date it leads to. last_week: "last week" and days of that week. dated_anchor: an event of the table of
    anchors and how far it lies from now. anniversary: the number of one and the day it is counted from.
    """
    yield from _weekdays_of_days(expressions)
    yield from _years_since(text, expressions, found)
    yield from _last_week(text, expressions, found)
    yield from _dated_anchors(text, expressions)
    yield from _anniversaries(text)


def _weekdays_of_days(expressions: Iterable[Expression]) -> Iterator[Clue]:
    named = ((one, one.form) for one in expressions if isinstance(one.form, Day))
    partial = ((one, form) for one, form in named if form.weekday and form.year is None)
    for one, form in itertools.islice(partial, _MOST):
        month_day = f"{form.month:02}-{form.day:02}"
        yield Clue("weekday_of_day", one.start, one.end, weekday=form.weekday, season=(month_day, month_day))


def _years_since(text: str, expressions: Iterable[Expression], found: Sequence[Dated]) -> Iterator[Clue]:
    counts = ((one, _months(one.form)) for one in expressions if isinstance(one.form, Offset))
    counted = ((one, months) for one, months in counts if months)
    for expression, months in itertools.islice(counted, _MOST):
        for one in found[:_MOST]:
            if _tells_of_the_same(text, expression, one.expression) and tense_of(text, one) != "future":
                yield _counted(expression, one, *months)


def _months(form: Offset) -> tuple[float, float] | None:
    """Return how many months an offset counts and by how many it may be rounded; None but for a count of years.

    "A year ago" is left out: it compares more often than it tells when.
    """
    is_ago = form.unit == "year" and form.origin == "publication" and form.direction == "past"
    if not is_ago or form.amount is None or not _FEWEST_YEARS <= form.amount <= _MOST_YEARS:
        return None
    return 12 * form.amount, (_ROUNDED_MONTHS if form.amount % 1 else max(6, form.amount))


def _tells_of_the_same(text: str, one: Expression, other: Expression) -> bool:
    first, second = sorted((one, other), key=lambda expression: expression.start)
    between = text[first.end : second.start]
    if len(between) <= _BESIDE and re.fullmatch(r"[\s,(]{0,3}(?:in|on)?[\s(]{0,2}", between):
        return True
    return bool(_head_words(text, one, back=True) & _head_words(text, other, back=False))


def _head_words(text: str, expression: Expression, *, back: bool) -> set[str]:
    """Return the noun right before "two years ago", or right after a date that stands before one."""
    if back:
        found = _NOUN_BEFORE.search(text, max(0, expression.start - 24), expression.start)
    else:
        found = _NOUN_AFTER.match(text, expression.end, expression.end + 24)
    return {found["noun"]} - _VAGUE if found else set()


def _counted(expression: Expression, one: Dated, months: float, rounded: float) -> Clue:
    earliest = _moved(one.period.start, months - rounded)
    latest = _moved(one.period.end, months + rounded)
    return Clue("years_since", expression.start, expression.end, earliest=earliest, latest=latest)


def _moved(day: date, months: float) -> date:
    days = timedelta(days=round(months * _MONTH_DAYS))
    return day + min(days, date(MAXYEAR, 12, 31) - day)


def _last_week(text: str, expressions: Sequence[Expression], found: Iterable[Dated]) -> Iterator[Clue]:
    """Take the week of the last past day, where another lies in the week before it: that is "last week".

    Only of texts that name no bare weekday: these tell of the days around publication by their dates.
    """
    if any(isinstance(expression.form, Weekday) for expression in expressions):
        return
    told = (one for one in found if one.period.granularity == "day" and tense_of(text, one) != "future")
    days = sorted({one.period.start for one in told})
    if not days or days[-1].year == MAXYEAR:
        return
    monday = days[-1] - timedelta(days=days[-1].weekday())
    if not any(monday - timedelta(days=7) <= day < monday for day in days):
        return
    for one in expressions:
        if isinstance(one.form, Shift) and one.form == Shift("week", -1):
            yield Clue("last_week", one.start, one.end, earliest=monday, latest=monday + timedelta(days=6))
            return


def _dated_anchors(text: str, expressions: Iterable[Expression]) -> Iterator[Clue]:
    shifts = [one for one in expressions if isinstance(one.form, Shift) and one.form.unit in _UNITS]
    for one in shifts[:_MOST]:
        around = clause(text, one.start, one.end)
        start = one.start - len(around.before)
        for mention in anchor_mentions(text[start : one.end + len(around.after)]):
            stretch = _stretch(text, one, mention)
            if stretch:
                yield Clue("dated_anchor", start + mention.start, start + mention.end, season=stretch)


def _stretch(text: str, one: Expression, mention: AnchorMention) -> Season | None:
    """Return the time of year of publication when the anchor lies as far from it as `one` says."""
    first, last = (date.fromisoformat(f"{_LEAP_YEAR}-{day}") for day in mention.anchor.season)
    if last < first:
        last = last.replace(year=_LEAP_YEAR + 1)
    form = one.form
    if not isinstance(form, Shift) or abs(form.step) > 1:
        return None
    if form.unit == "month":
        return _month_of(text, one, form.step, (first, last))
    around = timedelta(days=_WEEK * (1 + abs(form.step)))
    return season(first - around, last + around)


def _month_of(text: str, one: Expression, step: int, span: tuple[date, date]) -> Season:
    surface = text[one.start : one.end].lower()
    first, last = (_month_start(day, -step) for day in span)
    end = _month_start(last, 1) - timedelta(days=1)
    if step == 0 and "later" in surface:
        end = span[1]
    if step == 0 and "earlier" in surface:
        first = span[0]
    return season(first, end)


def _month_start(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(max(MINYEAR, count // 12), count % 12 + 1, 1)


def _anniversaries(text: str) -> Iterator[Clue]:
    numbered = _ANNIVERSARY.finditer(text) if "nniversary" in text else ()
    for found in itertools.islice(numbered, _MOST):
        around = clause(text, found.start(), found.end())
        for mention in anchor_mentions(around.before + around.after):
            since = mention.anchor.since
            if since and since.year + int(found["count"]) < MAXYEAR:
                day = since.replace(year=since.year + int(found["count"]))
                yield Clue(
                    "anniversary",
                    found.start(),
                    found.end(),
                    earliest=day - timedelta(days=300),
                    latest=day + timedelta(days=200),
                )
