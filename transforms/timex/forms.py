"""What a temporal expression says before it is placed on the calendar.

A form holds only what the words say. Placing it needs a publication date or an
earlier date of the text, and is the work of `resolver`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from transforms.timex.words import Direction, Unit

Origin = Literal["publication", "text", "either"]
"""What a relative form counts from: publication, the last date named in the text, or the latter if there is one."""


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


class NumericDay(NamedTuple):
    """A day in three figures, whose first two may be day and month or month and day: 3/4/2026."""

    year: int
    first: int
    second: int
    day_first: bool | None = None


class Quarter(NamedTuple):
    """A quarter: Q3 2024; without year: the third quarter."""

    year: int | None
    quarter: int


class Half(NamedTuple):
    """Half a year: the first half of 2026; without year: H1."""

    year: int | None
    half: int


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


class Century(NamedTuple):
    """A century by its number: the 20th century."""

    number: int


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
    origin: Origin = "publication"


class WeekdayOfWeek(NamedTuple):
    """A day of a week told relatively: Tuesday of last week."""

    weekday: int
    step: int


class SomeWeekday(NamedTuple):
    """A day of the week, of which week is not told: a Monday morning, one Tuesday in March, a recent Friday."""

    weekday: int


class Weekend(NamedTuple):
    """The weekend on the side of publication that the clause is about: over the weekend."""


class Coming(NamedTuple):
    """The first weekday, or weekend (None), after publication: this coming Saturday."""

    weekday: int | None


class NamedDay(NamedTuple):
    """A holiday or a day with a name, by its key in the table of named days: Christmas, D-Day; last, next Easter."""

    name: str
    year: int | None = None
    step: int | None = None


class Anniversary(NamedTuple):
    """An anniversary of a day: the 80th anniversary of D-Day."""

    of: NamedDay | Day
    years: int


class WeekOf(NamedTuple):
    """The week that holds a day: the week of March 3."""

    day: Day


class PartOfMonth(NamedTuple):
    """A week or weekday of a month by its number, -1 the last: the first week of May, the last Monday in May."""

    month: Month | Shift
    number: int
    weekday: int | None = None


class UnitEnd(NamedTuple):
    """The last day of a year, some steps away: year-end."""

    step: int = 0
    year: int | None = None


class NamedShift(NamedTuple):
    """A month, season or day some occurrences away: last September, next summer, since June 3."""

    form: Month | Season | Day
    step: int


class OfYear(NamedTuple):
    """A day, month, quarter, half or season of a year told relatively: June last year."""

    form: Day | Month | Quarter | Half | Season
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
    """A time of day by its TIMEX3 letters or clock, its day and time zone where said: Tuesday evening, 9 a.m. EST.

    `origin` is what it is of where no day is said: that of the text's last date, or of publication.
    """

    mark: str
    day: Day | Weekday | SomeWeekday | Coming | NamedShift | Shift | NamedDay | None = None
    zone: str | None = None
    origin: Literal["text", "publication"] = "text"


Bound = Day | Month | Year | Weekday
"""What a range may run between."""


class RangeEnd(NamedTuple):
    """One end of a range, with the other: "May 13" and "17" of "May 13 to 17"."""

    form: Bound
    other: Bound
    is_last: bool


Form = (
    Day | NumericDay | Month | Quarter | Half | Season | Year | Decade | Century | IsoWeek | FiscalYear | Weekday
    | SomeWeekday | WeekdayOfWeek | Weekend | Coming | NamedDay | Anniversary | WeekOf | PartOfMonth | UnitEnd
    | NamedShift | OfYear | Shift | Offset | Duration | Repeated | Reference | Time | RangeEnd
)  # fmt: skip
