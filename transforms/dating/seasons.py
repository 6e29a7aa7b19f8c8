"""Stretches of any year: "MM-DD" to "MM-DD", both inclusive, over the turn of the year where the first is later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Season = tuple[str, str]

_LEAP_YEAR = 2000
_YEAR_DAYS = 366
_FARTHEST = 8 * 366
"""Days within which any day of a year comes again, February 29 among them."""


def season(start: date, end: date) -> Season:
    """Return the stretch of the year from one day to another less than a year later.

    >>> season(date(2025, 12, 20), date(2026, 1, 5))
    ('12-20', '01-05')
    """
    return f"{start:%m-%d}", f"{end:%m-%d}"


def within(day: date, stretch: Season) -> bool:
    """Whether a day lies in a stretch of its year.

    >>> within(date(2026, 1, 2), ("12-20", "01-05"))
    True
    """
    start, end = stretch
    at = f"{day:%m-%d}"
    return start <= at <= end if start <= end else at >= start or at <= end


def is_possible(stretches: Iterable[Season]) -> bool:
    """Whether some day of the year lies in all stretches."""
    listed = list(stretches)
    days = (date(_LEAP_YEAR, 1, 1) + timedelta(days=count) for count in range(_YEAR_DAYS))
    return not listed or any(all(within(day, stretch) for stretch in listed) for day in days)


def first_within(day: date, stretches: Iterable[Season], step: int = 1) -> date | None:
    """Return the first day from `day` on, forwards (step 1) or backwards (-1), that lies in all stretches.

    >>> first_within(date(2022, 2, 1), [("09-01", "09-30")])
    datetime.date(2022, 9, 1)
    """
    listed = list(stretches)
    for count in range(_FARTHEST):
        try:
            candidate = day + timedelta(days=step * count)
        except OverflowError:
            return None
        if all(within(candidate, stretch) for stretch in listed):
            return candidate
    return None


def nearest(day: date, month_day: str) -> date | None:
    """Return the occurrence of "MM-DD" nearest to `day`, the earlier of two as near; None where there is none near."""
    occurrences = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            occurrences.append(date.fromisoformat(f"{year:04}-{month_day}"))
        except ValueError:
            continue
    return min(occurrences, key=lambda other: abs(other - day), default=None)
