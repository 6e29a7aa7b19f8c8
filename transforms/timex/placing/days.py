"""Days: with and without year, in figures only, holidays and their anniversaries."""

from __future__ import annotations

from datetime import date

from transforms.timex import named_days, periods
from transforms.timex.context import NO_PUBLICATION, REACH, Context, Place, Placed, Unplaced
from transforms.timex.forms import Anniversary, Day, NamedDay, NumericDay
from transforms.timex.placing.dispatch import day_of, nearest, on_publication, place, years_around

_EITHER_ORDER = 0.5


@place.register
def _place_day(form: Day, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.day(date(form.year, form.month, form.day)), "explicit", 0.99)
    # 2000 was a leap year: a day that it lacks no year has.
    in_leap_year = date(2000, form.month, form.day)
    if context.anchor and context.anchor.year and _carries(context):
        day = in_leap_year.replace(year=context.anchor.year)
        if context.published is None or day <= context.published or context.direction == "future":
            return Placed(periods.day(day), "text", 0.9)
    if context.published is None:
        return Unplaced(f"XXXX-{form.month:02}-{form.day:02}", "day", NO_PUBLICATION)
    return on_publication(periods.day(_nearest_day(form, context)), 0.9)


def _carries(context: Context) -> bool:
    """Whether the year stated last holds on: always when nothing else can tell, else only right after a dated day."""
    near = context.near
    if context.published is None or near is None or context.anchor is None:
        return context.published is None
    is_dated_day = near.granularity == "day" and near.start.year == context.anchor.year
    return is_dated_day and context.at - context.anchor.end <= REACH // 2


def _nearest_day(form: Day, context: Context) -> date:
    if context.published is None:
        raise ValueError("nothing to be near to")
    days = [day for year in years_around(context.published) if (day := day_of(year, form))]
    return nearest(days, context.published, context.direction)


@place.register
def _place_numeric_day(form: NumericDay, _context: Context) -> Place:
    """Place a day in figures; where both orders make a day and nothing tells, both are kept as the ends."""
    by_order = {True: Day(form.year, form.second, form.first), False: Day(form.year, form.first, form.second)}
    readings = {order: day for order, said in by_order.items() if (day := day_of(form.year, said))}
    if form.day_first in readings:
        readings = {form.day_first: readings[form.day_first]}
    days = sorted(set(readings.values()))
    if len(days) == 1:
        return Placed(periods.day(days[0]), "explicit", 0.95)
    first, last = days
    value = periods.smallest_holding(first, last)
    return Placed(periods.Period(first, last, "day", value or f"{form.year:04}"), "explicit", _EITHER_ORDER)


@place.register
def _place_named_day(form: NamedDay, context: Context) -> Place:
    single = named_days.once(form.name)
    if single:
        return Placed(periods.day(single), "explicit", 0.9)
    if form.year is not None:
        return Placed(periods.day(_named(form.name, form.year)), "explicit", 0.95)
    if context.published is None:
        day = named_days.month_and_day(form.name)
        return Unplaced("XXXX-{:02}-{:02}".format(*day) if day else "XXXX-XX-XX", "day", NO_PUBLICATION)
    return on_publication(periods.day(_nearest_named(form, context.published, context)), 0.85)


def _named(name: str, year: int) -> date:
    day = named_days.of_year(name, year)
    if day is None:
        raise ValueError(f"no {name} in {year}")
    return day


def _nearest_named(form: NamedDay, published: date, context: Context) -> date:
    days = [day for year in years_around(published) if (day := named_days.of_year(form.name, year))]
    if not form.step:
        return nearest(days, published, context.direction)
    if form.step < 0:
        return max(day for day in days if day < published)
    return min(day for day in days if day > published)


@place.register
def _place_anniversary(form: Anniversary, context: Context) -> Place:
    base = place(form.of, context)
    if not isinstance(base, Placed) or base.anchor != "explicit":
        return Unplaced(None, "day", "the year of what is remembered is not told")
    return Placed(periods.day(periods.moved(base.period.start, "year", form.years)), "explicit", 0.85)
