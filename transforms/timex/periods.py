"""Stretches of the calendar: first and last day, granularity and TIMEX3 value."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from transforms.timex.words import Unit

_MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Period(NamedTuple):
    """Whole days from `start` to `end`, both inclusive."""

    start: date
    end: date
    granularity: str
    value: str


def day(at: date) -> Period:
    """Return the one day `at`."""
    return Period(at, at, "day", at.isoformat())


def week(at: date) -> Period:
    """Return the ISO week, Monday to Sunday, that holds `at`.

    >>> week(date(2024, 12, 31)).value
    '2025-W01'
    """
    start = at - timedelta(days=at.weekday())
    year, number, _ = at.isocalendar()
    return Period(start, start + timedelta(days=6), "week", f"{year:04}-W{number:02}")


def weekend(at: date) -> Period:
    """Return Saturday and Sunday of the ISO week that holds `at`."""
    whole = week(at)
    return Period(whole.end - timedelta(days=1), whole.end, "day", f"{whole.value}-WE")


def month(year_number: int, number: int) -> Period:
    """Return a month of a year."""
    last = monthrange(year_number, number)[1]
    value = f"{year_number:04}-{number:02}"
    return Period(date(year_number, number, 1), date(year_number, number, last), "month", value)


def quarter(year_number: int, number: int) -> Period:
    """Return a calendar quarter, 1 to 4."""
    first, last = month(year_number, 3 * number - 2), month(year_number, 3 * number)
    return Period(first.start, last.end, "quarter", f"{year_number:04}-Q{number}")


def half(year_number: int, number: int) -> Period:
    """Return half a calendar year, 1 or 2."""
    first, last = month(year_number, 6 * number - 5), month(year_number, 6 * number)
    return Period(first.start, last.end, "half", f"{year_number:04}-H{number}")


def season(year_number: int, letters: str) -> Period:
    """Return a season of the northern half in whole months; a winter bears the year of its December."""
    first = month(year_number, _SEASON_MONTHS[letters]).start
    return Period(first, moved(first, "month", 3) - timedelta(days=1), "season", f"{year_number:04}-{letters}")


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04}")


def decade(number: int) -> Period:
    """Return the ten years that hold the year `number`.

    >>> decade(1994).value
    '199'
    """
    first = number - number % 10
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first:04}"[:3])


def century(number: int) -> Period:
    """Return the hundred years whose TIMEX3 value is one less than the number: the 20th century from 1900 on.

    >>> century(20)[0], century(20).value
    (datetime.date(1900, 1, 1), '19')
    """
    first = max(1, 100 * number - 100)
    return Period(date(first, 1, 1), date(100 * number - 1, 12, 31), "century", f"{number - 1:02}")


def _century_of(year_number: int) -> Period:
    return century(year_number // 100 + 1)


def holding(unit: Unit, at: date) -> Period:
    """Return the day, weekend, week, month, quarter, year or decade that holds `at`."""
    if unit in {"month", "quarter"}:
        return month(at.year, at.month) if unit == "month" else quarter(at.year, (at.month + 2) // 3)
    if unit in {"year", "decade", "century"}:
        return {"year": year, "decade": decade}.get(unit, _century_of)(at.year)
    return {"weekend": weekend, "week": week}.get(unit, day)(at)


def moved(at: date, unit: Unit, count: int) -> date:
    """Return the day `count` units after `at`, at most the last day of its month.

    >>> moved(date(2024, 3, 31), "month", -1)
    datetime.date(2024, 2, 29)
    """
    if unit in _MONTHS_IN:
        months = _MONTHS_IN[unit] * count + at.year * 12 + at.month - 1
        year_number, month_number = months // 12, months % 12 + 1
        first = date(year_number, month_number, 1)
        return first.replace(day=min(at.day, monthrange(year_number, month_number)[1]))
    return at + timedelta(days=count * (7 if unit in {"week", "weekend"} else 1))


def smallest_holding(start: date, end: date) -> str | None:
    """Return the value of the least unit of the calendar that holds both days; None where only decades do."""
    units: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")
    return next((period.value for unit in units if (period := holding(unit, start)).end >= end), None)
