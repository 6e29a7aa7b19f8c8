"""Dates told relatively: counted from publication, or from a date of the text."""

from __future__ import annotations

from datetime import date, timedelta

from transforms.timex import periods
from transforms.timex.context import (
    NO_EARLIER_DATE,
    NO_PUBLICATION,
    NO_WEEK,
    TOO_COARSE,
    Context,
    Place,
    Placed,
    Unplaced,
)
from transforms.timex.forms import (
    Coming,
    Day,
    Month,
    NamedShift,
    Offset,
    OfYear,
    Season,
    Shift,
    SomeWeekday,
    Weekday,
    WeekdayOfWeek,
    Weekend,
)
from transforms.timex.periods import Period
from transforms.timex.placing.dispatch import day_of, on_publication, place, years_around
from transforms.timex.values import UNKNOWN
from transforms.timex.words import Unit

_SATURDAY = 6
_SIZES = ("day", "week", "month", "quarter", "half", "year", "decade", "century")


@place.register
def _place_weekday(form: Weekday, context: Context) -> Place:
    published = context.published
    if form.origin == "text":
        return _weekday_from_text(form, context)
    if published is None:
        return Unplaced(f"XXXX-WXX-{form.weekday}", "day", NO_PUBLICATION)
    back = (published.isoweekday() - form.weekday) % 7
    latest = published - timedelta(days=back)
    if form.step is None:
        is_ahead = context.direction == "future" and back > 0
        return on_publication(periods.day(latest + timedelta(days=7 if is_ahead else 0)), 0.8 if is_ahead else 0.9)
    return on_publication(periods.day(_stepped_weekday(form.step, published, latest)), 0.8)


def _stepped_weekday(step: int, published: date, latest: date) -> date:
    """Last: strictly before; this: in the same ISO week; next: in the ISO week after."""
    if step < 0:
        return latest if latest < published else latest - timedelta(days=7)
    monday = published - timedelta(days=published.weekday())
    return monday + timedelta(days=latest.weekday() + 7 * step)


def _weekday_from_text(form: Weekday, context: Context) -> Place:
    """Place "the following Monday", "the previous Monday" and "that Monday" by the date before it."""
    near = context.near
    if near is None or near.granularity not in {"day", "week"}:
        return Unplaced(f"XXXX-WXX-{form.weekday}", "day", TOO_COARSE if near else NO_EARLIER_DATE)
    back = (near.start.isoweekday() - form.weekday) % 7
    if (form.step or 0) < 0:
        return Placed(periods.day(near.start - timedelta(days=back or 7)), "text", 0.7)
    ahead = (7 - back) % 7 or (7 if form.step else 0)
    return Placed(periods.day(near.start + timedelta(days=ahead)), "text", 0.7)


@place.register
def _place_some_weekday(form: SomeWeekday, _context: Context) -> Place:
    return Unplaced(f"XXXX-WXX-{form.weekday}", "day", NO_WEEK)


@place.register
def _place_weekday_of_week(form: WeekdayOfWeek, context: Context) -> Place:
    if context.published is None:
        return Unplaced(f"XXXX-WXX-{form.weekday}", "day", NO_PUBLICATION)
    monday = context.published - timedelta(days=context.published.weekday())
    return on_publication(periods.day(monday + timedelta(days=form.weekday - 1 + 7 * form.step)), 0.9)


@place.register
def _place_weekend(_form: Weekend, context: Context) -> Place:
    """Place "the weekend": the one just begun or over, unless the clause looks ahead from a working day."""
    return place(Shift("weekend", 0 if context.direction == "future" else -1), context)


@place.register
def _place_coming(form: Coming, context: Context) -> Place:
    published = context.published
    if published is None:
        return place(Shift("weekend", 1) if form.weekday is None else Weekday(form.weekday), context)
    ahead = ((form.weekday or _SATURDAY) - published.isoweekday()) % 7 or 7
    day = published + timedelta(days=ahead)
    return on_publication(periods.day(day) if form.weekday else periods.weekend(day), 0.8)


@place.register
def _place_named_shift(form: NamedShift, context: Context) -> Place:
    if isinstance(form.form, Day):
        return _latest(form.form, context)
    if context.published is None:
        return place(form.form, context._replace(anchor=None))
    this = _occurrence(form.form, context.published.year)
    if form.step == 0:
        return on_publication(this, 0.85)
    years = (context.published.year + shift for shift in ((0, -1, -2) if form.step < 0 else (0, 1)))
    occurrences = [_occurrence(form.form, year) for year in years]
    published = context.published
    return on_publication(
        next(p for p in occurrences if (p.end < published if form.step < 0 else p.start > published)), 0.85
    )


def _latest(form: Day, context: Context) -> Place:
    """Place a day without year that is over: the one meant in a past clause, else the last before publication."""
    placed, published = place(form, context._replace(direction="past")), context.published
    if not isinstance(placed, Placed) or published is None or placed.period.start <= published:
        return placed
    days = (day for year in years_around(published) if (day := day_of(year, form)) and day < published)
    return on_publication(periods.day(max(days)), placed.confidence)


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
    if form.unit == "quarter" and form.origin == "text":
        return _quarter_at_hand(form, context)
    if form.origin == "text" or (form.origin == "either" and _is_fine(form.unit, context.near)):
        return _counted_from_text(form.unit, form.step, context)
    if context.published is None:
        return Unplaced(UNKNOWN[form.unit], _granularity(form.unit), NO_PUBLICATION)
    steps = form.step
    if form.unit == "weekend" and steps < 0 and context.published.isoweekday() >= 6:
        steps += 1
    confidence = 0.97 if form.unit == "day" else 0.8
    return on_publication(periods.holding(form.unit, periods.moved(context.published, form.unit, steps)), confidence)


def _quarter_at_hand(form: Shift, context: Context) -> Place:
    """Place "the quarter": the one reported on; in a report that names none it is the one just ended."""
    if context.reported:
        period = periods.holding("quarter", periods.moved(context.reported.start, "quarter", form.step))
        return Placed(period, "text", 0.8)
    return place(Shift("quarter", form.step - 1), context)


@place.register
def _place_offset(form: Offset, context: Context) -> Place:
    if form.amount is None:
        value = "PAST_REF" if form.direction == "past" else "FUTURE_REF"
        return Unplaced(value, "vague", "a vague count")
    unit, count = _whole(form.unit, form.amount)
    if unit in {"second", "minute", "hour"}:
        return Unplaced(None, "time", "counts from an instant that is not known")
    steps = -count if form.direction == "past" else count
    compared = _year_before_figures(context) if (unit, steps) == ("year", -1) else None
    if compared:
        return Placed(compared, "text", 0.8)
    near = context.near
    if form.origin == "text" and (unit != "year" or steps > 0 or (near and _is_behind(near, context))):
        return _counted_from_text(unit, steps, context)
    if context.published is None:
        return Unplaced(UNKNOWN[unit], _granularity(unit), NO_PUBLICATION)
    return on_publication(periods.holding(unit, periods.moved(context.published, unit, steps)), 0.7)


def _year_before_figures(context: Context) -> Period | None:
    """Return the quarter, or the month, a year before that for which figures are given."""
    near = context.near
    if context.reported:
        return periods.holding("quarter", periods.moved(context.reported.start, "year", -1))
    if near and near.granularity == "month" and _is_behind(near, context) and not _is_behind(near, context, years=1):
        return periods.holding("month", periods.moved(near.start, "year", -1))
    return None


def _is_behind(near: Period, context: Context, years: int = 0) -> bool:
    """Whether a date lies before publication, or some years before; a plan lies ahead of it."""
    return context.published is None or near.start <= periods.moved(context.published, "year", -years)


def _whole(unit: Unit, count: float) -> tuple[Unit, int]:
    """Tell decades and centuries in years, and a broken count in a smaller unit: two and a half years are 30 months."""
    if unit in {"decade", "century"}:
        return "year", round((10 if unit == "decade" else 100) * count)
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
    if not _is_fine(unit, near):
        return Unplaced(UNKNOWN[unit], _granularity(unit), TOO_COARSE)
    return Placed(periods.holding(unit, periods.moved(near.start, unit, steps)), "text", 0.7)


def _is_fine(unit: Unit, near: Period | None) -> bool:
    """Whether there is a date precise enough to count such units from."""
    if near is None:
        return False
    return near.granularity not in _SIZES or _SIZES.index(near.granularity) <= _SIZES.index(_granularity(unit))
