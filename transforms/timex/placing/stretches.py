"""Stretches of the calendar that are named: months, quarters, halves, seasons, years, decades, centuries, weeks."""

from __future__ import annotations

from datetime import date, timedelta

from transforms.timex import periods
from transforms.timex.context import NO_PUBLICATION, Context, Place, Placed, Unplaced
from transforms.timex.forms import (
    Century,
    Decade,
    FiscalYear,
    Half,
    IsoWeek,
    Month,
    PartOfMonth,
    Quarter,
    Season,
    UnitEnd,
    WeekOf,
    Year,
)
from transforms.timex.named_days import nth_weekday
from transforms.timex.periods import Period
from transforms.timex.placing.dispatch import months_ahead, nearest, on_publication, place, years_around


@place.register
def _place_month(form: Month, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.month(form.year, form.month), "explicit", 0.99)
    if context.anchor and context.anchor.year and context.published is None:
        return Placed(periods.month(context.anchor.year, form.month), "text", 0.8)
    if context.published is None:
        return Unplaced(f"XXXX-{form.month:02}", "month", NO_PUBLICATION)
    ahead = (form.month - context.published.month) % 12
    steps = ahead if ahead <= months_ahead(context.direction) else ahead - 12
    return on_publication(periods.holding("month", periods.moved(context.published, "month", steps)), 0.9)


@place.register
def _place_quarter(form: Quarter, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.quarter(form.year, form.quarter), "explicit", 0.95)
    if context.published is None:
        return Unplaced(f"XXXX-Q{form.quarter}", "quarter", NO_PUBLICATION)
    this = periods.quarter(context.published.year, form.quarter)
    return on_publication(_begun(this, periods.quarter(this.start.year - 1, form.quarter), context), 0.9)


@place.register
def _place_half(form: Half, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.half(form.year, form.half), "explicit", 0.95)
    if context.published is None:
        return Unplaced(f"XXXX-H{form.half}", "half", NO_PUBLICATION)
    this = periods.half(context.published.year, form.half)
    return on_publication(_begun(this, periods.half(this.start.year - 1, form.half), context), 0.85)


def _begun(this: Period, before: Period, context: Context) -> Period:
    """Return the latest of both to have begun, unless the clause looks ahead."""
    is_ahead = context.published is not None and this.start > context.published
    return before if is_ahead and context.direction != "future" else this


@place.register
def _place_season(form: Season, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.season(form.year, form.season), "explicit", 0.7)
    if context.published is None:
        return Unplaced(f"XXXX-{form.season}", "season", NO_PUBLICATION)
    seasons = {(season := periods.season(year, form.season)).start: season for year in years_around(context.published)}
    return on_publication(seasons[nearest(list(seasons), context.published, context.direction)], 0.6)


@place.register
def _place_year(form: Year, _context: Context) -> Place:
    return Placed(periods.year(form.year), "explicit", 0.95)


@place.register
def _place_decade(form: Decade, _context: Context) -> Place:
    return Placed(periods.decade(form.year), "explicit", 0.95)


@place.register
def _place_century(form: Century, _context: Context) -> Place:
    return Placed(periods.century(form.number), "explicit", 0.9)


@place.register
def _place_iso_week(form: IsoWeek, _context: Context) -> Place:
    monday = date.fromisocalendar(form.year, form.week, form.weekday or 1)
    return Placed(periods.day(monday) if form.weekday else periods.week(monday), "explicit", 0.99)


@place.register
def _place_fiscal_year(form: FiscalYear, _context: Context) -> Place:
    year = f"FY{form.year:04}" if form.year else "FYXXXX"
    quarter = f"-Q{form.quarter}" if form.quarter else ""
    return Unplaced(year + quarter, "quarter" if form.quarter else "year", "a fiscal year begins when its owner says")


@place.register
def _place_unit_end(form: UnitEnd, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.day(date(form.year, 12, 31)), "explicit", 0.9)
    if context.published is None:
        return Unplaced("XXXX-12-31", "day", NO_PUBLICATION)
    return on_publication(periods.day(date(context.published.year + form.step, 12, 31)), 0.8)


@place.register
def _place_week_of(form: WeekOf, context: Context) -> Place:
    day = place(form.day, context)
    return day._replace(period=periods.week(day.period.start)) if isinstance(day, Placed) else day


@place.register
def _place_part_of_month(form: PartOfMonth, context: Context) -> Place:
    month = place(form.month, context)
    if not isinstance(month, Placed):
        return month
    start, end = month.period.start, month.period.end
    if form.weekday:
        return month._replace(period=periods.day(nth_weekday(start.year, start.month, form.weekday, form.number)))
    first = end - timedelta(days=6) if form.number < 0 else start + timedelta(days=7 * (form.number - 1))
    last = min(first + timedelta(days=6), end)
    return month._replace(period=Period(first, last, "week", month.period.value), confidence=0.7)
