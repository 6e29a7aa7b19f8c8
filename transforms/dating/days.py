"""Dates that state their year, or carry it on: what has happened bounds the day of publication below, plans above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from transforms.dating.clause import clause, tense
from transforms.dating.clue import Clue
from transforms.dating.expression import Expression
from transforms.timex.forms import Day, Month, Quarter, Year

_YEARS = range(1000, 2200)
_MOST = 200
"""Dates read of one passage."""
_KEPT = 3
"""Clues kept of each kind, those that bound the most."""
_CARRIED_DAYS = 200
"""How long after the last day with a year a day without one may lie to share it."""


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
    if not isinstance(form, Day | Month | Quarter | Year) or form.year not in _YEARS:
        return None
    if isinstance(form, Day):
        return _day(form.year or 0, form)
    if isinstance(form, Month):
        return _months(form.year or 0, form.month, 1, "month")
    if isinstance(form, Quarter):
        return _months(form.year or 0, 3 * form.quarter - 2, 3, "quarter")
    return _months(form.year, 1, 12, "year")


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
    """An expression with its days, and whether they are past, future or (None) neither for sure."""

    expression: Expression
    period: Period
    tense: str | None


def dated(text: str, expressions: Sequence[Expression]) -> list[Dated]:
    """Return the expressions that have a year of their own or share that of a day before them, in order."""
    found: list[Dated] = []
    last: date | None = None
    for expression in expressions:
        days = period(expression.form) or _carried(expression, last)
        if days and len(found) < _MOST:
            around = clause(text, expression.start, expression.end)
            found.append(Dated(expression, days, tense(around)))
            last = days.start if days.granularity == "day" else last
    return found


def _carried(expression: Expression, last: date | None) -> Period | None:
    form = expression.form
    if last is None or not isinstance(form, Day) or form.year is not None:
        return None
    days = _day(last.year, form)
    return days if days and timedelta() <= days.start - last <= timedelta(_CARRIED_DAYS) else None


def bound_clues(found: Sequence[Dated]) -> Iterator[Clue]:
    """Yield past_* clues with `earliest` and future_* clues with `latest`, the strongest few, offsets in the text."""
    past = sorted((one for one in found if one.tense == "past"), key=lambda one: one.period.start, reverse=True)
    for expression, days, _ in past[:_KEPT]:
        yield Clue(f"past_{days.granularity}", expression.start, expression.end, earliest=days.start)
    future = sorted((one for one in found if one.tense == "future"), key=lambda one: one.period.end)
    for expression, days, _ in future[:_KEPT]:
        yield Clue(f"future_{days.granularity}", expression.start, expression.end, latest=days.end)
