"""Days gathered into periods, so that a chart of any stretch of time has few marks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST = 62
"""Periods a chart shows at most: two months of days."""

Day = dt.date


class Scale(NamedTuple):
    """A stretch of time cut into equal periods: their name and the first day of each."""

    unit: str
    starts: list[Day]
    number: Callable[[Day], int]

    @property
    def words(self) -> str:
        """The scale in words, for headings."""
        first, last = (f"{day.day} {day:%b %Y}" for day in (self.starts[0], self.starts[-1]))
        return f"per {self.unit}, {first} to {last}"

    def gathered(self, counts: Iterable[tuple[Day, int]]) -> list[int]:
        """Sum counts of days over the periods."""
        first = self.number(self.starts[0])
        sums = [0] * len(self.starts)
        for day, count in counts:
            sums[self.number(day) - first] += count
        return sums


def _week(day: Day) -> int:
    return (day.toordinal() - 1) // 7


def _week_start(number: int) -> Day:
    return Day.fromordinal(max(number * 7 + 1, 1))


def _month(day: Day) -> int:
    return day.year * 12 + day.month - 1


def _month_start(number: int) -> Day:
    return Day(number // 12, number % 12 + 1, 1)


def _years(width: int) -> tuple[Callable[[Day], int], Callable[[int], Day]]:
    return lambda day: day.year // width, lambda number: Day(max(number * width, 1), 1, 1)


UNITS: Mapping[str, tuple[Callable[[Day], int], Callable[[int], Day]]] = {
    "day": (Day.toordinal, Day.fromordinal),
    "week": (_week, _week_start),
    "month": (_month, _month_start),
    "year": _years(1),
    "decade": _years(10),
    "century": _years(100),
}


def scale(days: Iterable[Day | None], most: int = MOST) -> Scale | None:
    """Cut the time between the first and the last of `days` into the shortest units that give at most `most` periods.

    >>> found = scale([Day(2026, 3, 1), None, Day(2026, 3, 3)])
    >>> found.unit, len(found.starts), found.gathered([(Day(2026, 3, 3), 2)])
    ('day', 3, [0, 0, 2])
    >>> scale([Day(1990, 1, 1), Day(2026, 1, 1)]).unit
    'year'
    """
    known = [day for day in days if day is not None]
    if not known:
        return None
    first, last = min(known), max(known)
    fitting = (unit for unit, (number, _) in UNITS.items() if number(last) - number(first) < most)
    unit = next(fitting, "century")
    number, start = UNITS[unit]
    return Scale(unit, [start(index) for index in range(number(first), number(last) + 1)], number)
