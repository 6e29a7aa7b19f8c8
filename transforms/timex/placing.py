"""From what a form says to a period of the calendar: one small function a form.

Confidences are rounded shares of right values on annotated newswire, or guesses where it has too few.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import singledispatch

from transforms.timex import periods
from transforms.timex.context import (
    NO_EARLIER_DATE,
    NO_PUBLICATION,
    REACH,
    TOO_COARSE,
    Context,
    Place,
    Placed,
    Unplaced,
)
from transforms.timex.forms import (
    Day,
    Decade,
    FiscalYear,
    Form,
    IsoWeek,
    Month,
    NamedShift,
    Offset,
    OfYear,
    Quarter,
    Season,
    Shift,
    Weekday,
    Year,
)
from transforms.timex.periods import Period
from transforms.timex.values import UNKNOWN
from transforms.timex.words import Direction, Unit

_FARTHEST_AHEAD: dict[Direction | None, int] = {"past": 3, "present": 5, "future": 8, None: 5}
"""How many months ahead of publication a month without year may lie, by what the clause says."""
_SIZES = ("day", "week", "month", "quarter", "year", "decade")


@singledispatch
def place(form: Form, context: Context) -> Place:
    """Return the period that `form` means in `context`; ValueError when the calendar has no such day."""
    raise TypeError(f"no placing for {type(form).__name__} in {context}")


@place.register
def _place_day(form: Day, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.day(date(form.year, form.month, form.day)), "explicit", 0.99)
    # 2000 was a leap year: a day that it lacks no year has.
    in_leap_year = date(2000, form.month, form.day)
    if context.anchor and context.anchor.year and _carries(context):
        return Placed(periods.day(in_leap_year.replace(year=context.anchor.year)), "text", 0.9)
    if context.published is None:
        return Unplaced(f"XXXX-{form.month:02}-{form.day:02}", "day", NO_PUBLICATION)
    return _on(periods.day(_nearest_day(form, context.published, context.direction)), 0.9)


def _carries(context: Context) -> bool:
    """Whether the year stated last holds on: always when nothing else can tell, else only right after a dated day."""
    near = context.near
    if context.published is None or near is None or context.anchor is None:
        return context.published is None
    is_dated_day = near.granularity == "day" and near.start.year == context.anchor.year
    return is_dated_day and context.at - context.anchor.end <= REACH // 2


def _nearest_day(form: Day, published: date, direction: Direction | None) -> date:
    """Return the nearest such day, unless it lies farther ahead than the clause allows."""
    years = range(max(1, published.year - 4), min(9999, published.year + 4) + 1)
    days = [day for year in years if (day := _day_of(year, form))]
    farthest = published + timedelta(days=31 * _FARTHEST_AHEAD[direction])
    return min(days, key=lambda day: (day > farthest, abs((day - published).days)))


def _day_of(year: int, form: Day) -> date | None:
    try:
        return date(year, form.month, form.day)
    except ValueError:
        return None


@place.register
def _place_month(form: Month, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.month(form.year, form.month), "explicit", 0.99)
    if context.anchor and context.anchor.year and context.published is None:
        return Placed(periods.month(context.anchor.year, form.month), "text", 0.8)
    if context.published is None:
        return Unplaced(f"XXXX-{form.month:02}", "month", NO_PUBLICATION)
    ahead = (form.month - context.published.month) % 12
    farthest_ahead = _FARTHEST_AHEAD[context.direction]
    steps = ahead if ahead <= farthest_ahead else ahead - 12
    return _on(periods.holding("month", periods.moved(context.published, "month", steps)), 0.9)


def _on(period: Period, confidence: float) -> Placed:
    return Placed(period, "publication", confidence)


@place.register
def _place_quarter(form: Quarter, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.quarter(form.year, form.quarter), "explicit", 0.95)
    if context.published is None:
        return Unplaced(f"XXXX-Q{form.quarter}", "quarter", NO_PUBLICATION)
    latest = periods.quarter(context.published.year, form.quarter)
    is_ahead = latest.start > context.published
    return _on(periods.quarter(context.published.year - 1, form.quarter) if is_ahead else latest, 0.9)


@place.register
def _place_season(form: Season, context: Context) -> Place:
    if form.year is not None:
        return Placed(periods.season(form.year, form.season), "explicit", 0.7)
    if context.published is None:
        return Unplaced(f"XXXX-{form.season}", "season", NO_PUBLICATION)
    return _on(periods.season(context.published.year, form.season), 0.6)


@place.register
def _place_year(form: Year, _context: Context) -> Place:
    return Placed(periods.year(form.year), "explicit", 0.95)


@place.register
def _place_decade(form: Decade, _context: Context) -> Place:
    return Placed(periods.decade(form.year), "explicit", 0.95)


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
def _place_weekday(form: Weekday, context: Context) -> Place:
    published = context.published
    if published is None:
        return Unplaced(f"XXXX-WXX-{form.weekday}", "day", NO_PUBLICATION)
    back = (published.isoweekday() - form.weekday) % 7
    latest = published - timedelta(days=back)
    if form.step is None:
        is_ahead = context.direction == "future" and back > 0
        return _on(periods.day(latest + timedelta(days=7 if is_ahead else 0)), 0.8 if is_ahead else 0.9)
    return _on(periods.day(_stepped_weekday(form.step, published, latest)), 0.8)


def _stepped_weekday(step: int, published: date, latest: date) -> date:
    """Last: strictly before; this: in the same ISO week; next: in the ISO week after."""
    if step < 0:
        return latest if latest < published else latest - timedelta(days=7)
    monday = published - timedelta(days=published.weekday())
    return monday + timedelta(days=latest.weekday() + 7 * step)


@place.register
def _place_named_shift(form: NamedShift, context: Context) -> Place:
    if context.published is None:
        return place(form.form, context._replace(anchor=None))
    this = _occurrence(form.form, context.published.year)
    if form.step == 0:
        return _on(this, 0.85)
    years = (context.published.year + shift for shift in ((0, -1, -2) if form.step < 0 else (0, 1)))
    occurrences = [_occurrence(form.form, year) for year in years]
    published = context.published
    return _on(next(p for p in occurrences if (p.end < published if form.step < 0 else p.start > published)), 0.85)


def _occurrence(form: Month | Season, year: int) -> Period:
    return periods.month(year, form.month) if isinstance(form, Month) else periods.season(year, form.season)


@place.register
def _place_of_year(form: OfYear, context: Context) -> Place:
    if context.published is None:
        return place(form.form, context._replace(anchor=None))
    placed = place(form.form._replace(year=context.published.year + form.step), context)
    return placed._replace(anchor="publication", confidence=0.9) if isinstance(placed, Placed) else placed


@place.register
def _place_shift(form: Shift, context: Context) -> Place:
    if form.unit == "quarter" and form.origin == "text" and context.near is None:
        # In a report on business "the quarter" is the one just ended.
        form = Shift("quarter", form.step - 1)
    if form.origin == "text":
        return _counted_from_text(form.unit, form.step, context)
    if context.published is None:
        return Unplaced(UNKNOWN[form.unit], _granularity(form.unit), NO_PUBLICATION)
    steps = form.step
    if form.unit == "weekend" and steps < 0 and context.published.isoweekday() >= 6:
        steps += 1
    confidence = 0.97 if form.unit == "day" else 0.8
    return _on(periods.holding(form.unit, periods.moved(context.published, form.unit, steps)), confidence)


@place.register
def _place_offset(form: Offset, context: Context) -> Place:
    if form.amount is None:
        value = "PAST_REF" if form.direction == "past" else "FUTURE_REF"
        return Unplaced(value, "vague", "a vague count")
    unit, count = _whole(form.unit, form.amount)
    if unit in {"second", "minute", "hour"}:
        return Unplaced(None, "time", "counts from an instant that is not known")
    steps = -count if form.direction == "past" else count
    near = context.near
    if near and near.granularity == "quarter" and (unit, steps) == ("year", -1):
        return Placed(periods.holding("quarter", periods.moved(near.start, "year", -1)), "text", 0.8)
    if form.origin == "text" and (near or unit != "year" or form.direction == "future"):
        return _counted_from_text(unit, steps, context)
    if context.published is None:
        return Unplaced(UNKNOWN[unit], _granularity(unit), NO_PUBLICATION)
    return _on(periods.holding(unit, periods.moved(context.published, unit, steps)), 0.7)


def _whole(unit: Unit, count: float) -> tuple[Unit, int]:
    """Tell decades in years, and a broken count in the next smaller unit: two and a half years are thirty months."""
    if unit == "decade":
        return "year", round(10 * count)
    if count % 1 == 0:
        return unit, int(count)
    smaller: dict[Unit, tuple[Unit, int]] = {"year": ("month", 12), "week": ("day", 7)}
    other, factor = smaller.get(unit, (unit, 1))
    return other, round(count * factor)


def _granularity(unit: Unit) -> str:
    return "day" if unit == "weekend" else unit


def _counted_from_text(unit: Unit, steps: int, context: Context) -> Place:
    near = context.near
    if near is None:
        return Unplaced(UNKNOWN[unit], _granularity(unit), NO_EARLIER_DATE)
    if near.granularity in _SIZES and _SIZES.index(near.granularity) > _SIZES.index(_granularity(unit)):
        return Unplaced(UNKNOWN[unit], _granularity(unit), TOO_COARSE)
    return Placed(periods.holding(unit, periods.moved(near.start, unit, steps)), "text", 0.7)
