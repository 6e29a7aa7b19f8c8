"""What a temporal expression says before it is placed on the calendar.

A form holds only what the words say. Placing it needs a publication date or an
earlier date of the text, and is the work of `resolver`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from transforms.timex.words import Direction, Unit

Origin = Literal["publication", "text"]
"""What a relative form counts from: the publication day, or the last date named in the text."""


class Day(NamedTuple):
    """A day of a month: March 5, 2026; without year: March 5."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None


class Month(NamedTuple):
    """A month: March 2026; without year: March."""

    year: int | None
    month: int


class Quarter(NamedTuple):
    """A quarter: Q3 2024; without year: the third quarter."""

    year: int | None
    quarter: int


class Season(NamedTuple):
    """A season by its TIMEX3 letters: the summer of 2019; without year: the summer."""

    year: int | None
    season: str


class Year(NamedTuple):
    """A calendar year: 2019."""

    year: int


class Decade(NamedTuple):
    """A decade by its first year: the 1990s."""

    year: int


class IsoWeek(NamedTuple):
    """A week of ISO 8601, or a day of it: 2026-W10, 2026-W10-2."""

    year: int
    week: int
    weekday: int | None = None


class FiscalYear(NamedTuple):
    """A business year, whose bounds depend on whose it is: fiscal 2024; a quarter of it."""

    year: int | None
    quarter: int | None = None


class Weekday(NamedTuple):
    """A day of the week, Monday = 1: Tuesday (step None); last, this, next Tuesday (step -1, 0, 1)."""

    weekday: int
    step: int | None = None


class NamedShift(NamedTuple):
    """A month or season some occurrences away: last September, next summer."""

    form: Month | Season
    step: int


class OfYear(NamedTuple):
    """A month or quarter of a year told relatively: June last year."""

    form: Month | Quarter
    step: int


class Shift(NamedTuple):
    """A whole unit some steps away: this week (0), last month (-1), tomorrow (1 day)."""

    unit: Unit
    step: int
    origin: Origin = "publication"


class Offset(NamedTuple):
    """A count of units before or after: two weeks ago, a year earlier; amount None is vague."""

    unit: Unit
    amount: float | None
    direction: Literal["past", "future"]
    origin: Origin = "publication"


class Duration(NamedTuple):
    """A length of time: three days; amount None is vague."""

    unit: Unit
    amount: float | None


class Repeated(NamedTuple):
    """A set of times by its TIMEX3 value: every Monday."""

    value: str


class Reference(NamedTuple):
    """A vague reference: recently, now, soon."""

    direction: Direction


class Time(NamedTuple):
    """A time of day by its TIMEX3 letters or clock, on a day where one is said: Tuesday evening, 9 a.m."""

    mark: str
    day: Day | Weekday | Shift | None = None


Form = (
    Day | Month | Quarter | Season | Year | Decade | IsoWeek | FiscalYear | Weekday | NamedShift | OfYear | Shift
    | Offset | Duration | Repeated | Reference | Time
)  # fmt: skip
