"""Dates that state their year, or carry it on: what has happened bounds the day of publication below, plans above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from transforms.dating.clause import clause, is_to_come, tense
from transforms.dating.clue import Clue
from transforms.dating.expression import Expression
from transforms.timex.forms import Day, Month, Quarter, Year

_STATING = (Day, Month, Quarter, Year)
_YEARS = range(1000, 2200)
_MOST = 200
"""Dates read of one passage."""
_KEPT = 3
"""Clues of what is to come that are kept, those that bound the most."""
_CARRIED_DAYS = 60
"""How long after the last past day with a year a day without one may lie to share it."""


class Period(NamedTuple):
    """A stretch of the calendar, both ends inclusive, and its granularity."""

    start: date
    end: date
    granularity: str


def period(form: object) -> Period | None:
    """Return the days of a day, month, quarter or year that states its year; None for all else and impossible days.

    >>> period(Quarter(2023, 4))
    Period(start=datetime.date(2023, 10, 1), end=datetime.date(2023, 12, 31), granularity='quarter')
    """
    year = form.year if isinstance(form, _STATING) else None
    if year is None or year not in _YEARS:
        return None
    if isinstance(form, Day):
        return _day(year, form)
    if isinstance(form, Month):
        return _months(year, form.month, 1, "month")
    if isinstance(form, Quarter):
        return _months(year, 3 * form.quarter - 2, 3, "quarter")
    return _months(year, 1, 12, "year")


def _day(year: int, form: Day) -> Period | None:
    try:
        day = date(year, form.month, form.day)
    except ValueError:
        return None
    return Period(day, day, "day")


def _months(year: int, month: int, count: int, granularity: str) -> Period:
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1), granularity)


class Dated(NamedTuple):
    """An expression with its days."""

    expression: Expression
    period: Period


def dated(text: str, expressions: Sequence[Expression]) -> list[Dated]:
    """Return the expressions that have a year of their own or share that of a past day before them, in order."""
    found: list[Dated] = []
    last: date | None = None
    for expression in expressions:
        days = period(expression.form) or _carried(expression, last)
        if days and len(found) < _MOST:
            one = Dated(expression, days)
            found.append(one)
            last = days.start if days.granularity == "day" and tense_of(text, one) == "past" else last
    return found


def tense_of(text: str, one: Dated) -> Literal["past", "future"] | None:
    """Whether the text tells of the days as past, as to come, or (None) neither for sure."""
    return tense(clause(text, one.expression.start, one.expression.end))


def _carried(expression: Expression, last: date | None) -> Period | None:
    form = expression.form
    if last is None or not isinstance(form, Day) or form.year is not None:
        return None
    days = _day(last.year, form)
    return days if days and timedelta() <= days.start - last <= timedelta(_CARRIED_DAYS) else None


def bound_clues(text: str, found: Sequence[Dated]) -> Iterator[Clue]:
    """Yield past_* with `earliest` for the latest past date and future_* with `latest`, offsets in the text.

    A plan dated before what has happened is kept too: they contradict each other, which is for the inference to see.
    """
    future: list[Dated] = []
    is_bounded = False
    for one in sorted(found, key=lambda one: one.period.start, reverse=True):
        around = clause(text, one.expression.start, one.expression.end)
        if not is_bounded and tense(around) == "past":
            yield _clue(one, Clue(f"past_{one.period.granularity}", earliest=one.period.start))
            is_bounded = True
        elif is_to_come(around):
            future.append(one)
    for one in sorted(future, key=lambda one: one.period.end)[:_KEPT]:
        yield _clue(one, Clue(f"future_{one.period.granularity}", latest=one.period.end))


def _clue(one: Dated, clue: Clue) -> Clue:
    return clue._replace(raw_start=one.expression.start, raw_end=one.expression.end)
