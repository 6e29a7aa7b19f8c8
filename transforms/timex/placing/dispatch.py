"""The one generic function that each form has its own version of, and what those versions share."""

from __future__ import annotations

from datetime import date, timedelta
from functools import singledispatch

from transforms.timex.context import Context, Place, Placed
from transforms.timex.forms import Day, Form
from transforms.timex.periods import Period
from transforms.timex.words import Direction

_MONTHS_AHEAD: dict[Direction | None, int] = {"past": 3, "present": 5, "future": 11, None: 5}
"""How many months ahead of publication a month without year may lie, by what the clause says."""


@singledispatch
def place(form: Form, context: Context) -> Place:
    """Return the period that `form` means in `context`; ValueError when the calendar has no such day."""
    raise TypeError(f"no placing for {type(form).__name__} in {context}")


def on_publication(period: Period, confidence: float) -> Placed:
    """Return a period counted from publication."""
    return Placed(period, "publication", confidence)


def months_ahead(direction: Direction | None) -> int:
    """Return how many months ahead a month without year may lie in such a clause."""
    return _MONTHS_AHEAD[direction]


def nearest(days: list[date], published: date, direction: Direction | None) -> date:
    """Return the day of `days` nearest to publication, unless it lies farther ahead than the clause allows.

    A clause that looks ahead means the next of them. ValueError when there is none.
    """
    farthest = published + timedelta(days=31 * _MONTHS_AHEAD[direction])
    if direction == "future":
        return min(days, key=lambda day: (not published <= day <= farthest, abs((day - published).days)))
    return min(days, key=lambda day: (day > farthest, abs((day - published).days)))


def years_around(published: date) -> range:
    """Return the years a date without year may be of; leap days need eight on either side over 1900 or 2100."""
    return range(max(1, published.year - 8), min(9999, published.year + 8) + 1)


def day_of(year: int, form: Day) -> date | None:
    """Return a day of a month in `year`; None where the calendar has no such day."""
    try:
        return date(year, form.month, form.day)
    except ValueError:
        return None
