"""Evidence from two expressions together: "next month" beside a named event, "two years ago" beside its date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

from transforms.dating.anchors import AnchorMention, anchor_mentions
from transforms.dating.clause import clause
from transforms.dating.clue import Clue
from transforms.dating.days import Dated
from transforms.dating.expression import Expression
from transforms.dating.seasons import season
from transforms.timex.forms import Day, Offset, Shift, Weekday

_BESIDE = 45
"""Most characters between "two years ago" and the date it repeats."""
_MONTH_DAYS = 30.44
_ROUNDED_MONTHS = 3
"""How far a count of years and a half may be rounded; a count of whole years by half a year."""
_WEEK = 8
_LEAP_YEAR = 2000
_ORDINAL = r"(?P<count>\d{1,3})(?:st|nd|rd|th)"
_ANNIVERSARY = re.compile(rf"(?i)\b{_ORDINAL}[- ]anniversary\b")
_CONTENT = re.compile(r"\b[a-z]{6,20}\b")
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
    yield from _last_week(expressions, found)
    mentions = anchor_mentions(text)
    if mentions:
        yield from _dated_anchors(text, expressions, mentions)
        yield from _anniversaries(text, mentions)


def _weekdays_of_days(expressions: Iterable[Expression]) -> Iterator[Clue]:
    for expression in expressions:
        form = expression.form
        if isinstance(form, Day) and form.weekday and form.year is None:
            month_day = f"{form.month:02}-{form.day:02}"
            yield Clue(
                "weekday_of_day",
                expression.start,
                expression.end,
                weekday=form.weekday,
                season=(month_day, month_day),
            )


def _years_since(text: str, expressions: Iterable[Expression], found: Sequence[Dated]) -> Iterator[Clue]:
    for expression in expressions:
        form = expression.form
        if not isinstance(form, Offset) or form.origin != "publication" or form.direction != "past":
            continue
        months = _months(form)
        if not months:
            continue
        for one in found:
            if one.tense != "future" and _tells_of_the_same(text, expression, one.expression):
                yield _counted(expression, one, *months)


def _months(form: Offset) -> tuple[float, float] | None:
    """Return how many months an offset counts and by how many it may be rounded; None for short or vague ones."""
    if form.amount is None or form.unit not in {"year", "month"}:
        return None
    months = form.amount * (12 if form.unit == "year" else 1)
    if not 2 <= months <= 1200:
        return None
    is_exact = form.unit == "month" or form.amount % 1
    return months, (_ROUNDED_MONTHS if is_exact else max(6, months / 10))


def _tells_of_the_same(text: str, one: Expression, other: Expression) -> bool:
    first, second = sorted((one, other), key=lambda expression: expression.start)
    between = text[first.end : second.start]
    if len(between) <= _BESIDE and re.fullmatch(r"[\s,(]{0,3}(?:in|on|since|from|back)?(?: in)?[\s(]{0,2}", between):
        return True
    return bool(_head_words(text, one, back=True) & _head_words(text, other, back=False))


def _head_words(text: str, expression: Expression, *, back: bool) -> set[str]:
    """Return the content words right before "two years ago", or right after a date that stands before a noun."""
    part = (
        text[max(0, expression.start - 40) : expression.start] if back else text[expression.end : expression.end + 24]
    )
    if not back and not re.match(r"\s[a-z]", part):
        return set()
    words = _CONTENT.findall(part)
    near = words[-2:] if back else words[:1]
    return {word for word in near if word not in _VAGUE}


def _counted(expression: Expression, one: Dated, months: float, rounded: float) -> Clue:
    earliest = _moved(one.period.start, months - rounded)
    latest = _moved(one.period.end, months + rounded)
    return Clue("years_since", expression.start, expression.end, earliest=earliest, latest=latest)


def _moved(day: date, months: float) -> date:
    days = timedelta(days=round(months * _MONTH_DAYS))
    return day + min(days, date(MAXYEAR, 12, 31) - day)


def _last_week(expressions: Iterable[Expression], found: Iterable[Dated]) -> Iterator[Clue]:
    """Take the week after the last but one week with a past day, where the last such day lies in it."""
    days = sorted({one.period.start for one in found if one.period.granularity == "day" and one.tense != "future"})
    if not days or days[-1].year == MAXYEAR:
        return
    monday = days[-1] - timedelta(days=days[-1].weekday())
    if not any(monday - timedelta(days=7) <= day < monday for day in days):
        return
    for expression in expressions:
        form = expression.form
        if isinstance(form, Shift) and form == Shift("week", -1):
            sunday = monday + timedelta(days=6)
            yield Clue("last_week", expression.start, expression.end, earliest=monday, latest=sunday)


def _dated_anchors(text: str, expressions: Sequence[Expression], mentions: Iterable[AnchorMention]) -> Iterator[Clue]:
    for mention in mentions:
        around = clause(text, mention.start, mention.end)
        start, end = mention.start - len(around.before), mention.end + len(around.after)
        beside = [one for one in expressions if start <= one.start and one.end <= end]
        stretch = next(filter(None, (_stretch(text, one, mention) for one in beside)), None)
        if stretch:
            yield Clue("dated_anchor", mention.start, mention.end, season=stretch)


def _stretch(text: str, one: Expression, mention: AnchorMention) -> tuple[str, str] | None:
    """Return the time of year of publication when the anchor lies as far from it as `one` says."""
    first, last = (date.fromisoformat(f"{_LEAP_YEAR}-{day}") for day in mention.anchor.season)
    if last < first:
        last = last.replace(year=_LEAP_YEAR + 1)
    form = one.form
    if isinstance(form, Shift) and form.unit == "month" and abs(form.step) <= 1:
        return _month_of(text, one, form.step, (first, last))
    is_week = isinstance(form, Shift) and form.unit in {"day", "week", "weekend"} and abs(form.step) <= 1
    if is_week or (isinstance(form, Weekday) and one.direction in {"past", "future"}):
        weeks = 2 if isinstance(form, Shift) and form.unit == "week" and form.step else 1
        return season(first - timedelta(days=_WEEK * weeks), last + timedelta(days=_WEEK * weeks))
    return None


def _month_of(text: str, one: Expression, step: int, span: tuple[date, date]) -> tuple[str, str]:
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


def _anniversaries(text: str, mentions: Iterable[AnchorMention]) -> Iterator[Clue]:
    for mention in mentions:
        since = mention.anchor.since
        around = clause(text, mention.start, mention.end)
        start = mention.start - len(around.before)
        found = _ANNIVERSARY.search(text, start, mention.end + len(around.after)) if since else None
        if since and found and since.year + int(found["count"]) < MAXYEAR:
            day = since.replace(year=since.year + int(found["count"]))
            yield Clue(
                "anniversary",
                found.start(),
                found.end(),
                earliest=day - timedelta(days=300),
                latest=day + timedelta(days=200),
            )
