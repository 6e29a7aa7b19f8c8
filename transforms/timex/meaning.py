"""What one form means as of one day of publication, after what the text has said so far."""

from __future__ import annotations

from datetime import date, timedelta

from transforms.timex import periods
from transforms.timex.context import Context, Placed, Unplaced
from transforms.timex.forms import (
    Coming,
    Day,
    Duration,
    Form,
    Month,
    Offset,
    RangeEnd,
    Reference,
    Repeated,
    Shift,
    Time,
    Weekday,
)
from transforms.timex.placing import place
from transforms.timex.readings import Resolved
from transforms.timex.values import duration_value
from transforms.timex.words import Direction
from transforms.timex.zones import with_zone

NO_SUCH_DAY = "the calendar has no such day"
NO_SUCH_TIME = "the day has no such time"
NOT_YET = "the time had not come when the text was published"
NO_DAY = "no day is named for the time"
_REFERENCE_VALUES: dict[Direction, str] = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}
_SUB_DAY = frozenset({"second", "minute", "hour"})


def meaning(form: Form, context: Context) -> Resolved:
    """Return what `form` means in `context`; whatever cannot be placed has a reason, nothing is raised."""
    if isinstance(form, Duration):
        return Resolved("DURATION", duration_value(*form), unresolved_reason="a length of time, not a date")
    if isinstance(form, Repeated):
        return Resolved("SET", form.value, unresolved_reason="a repeated time, not one date")
    if isinstance(form, Reference):
        return _vague(form)
    if isinstance(form, Time):
        return _time(form, context)
    if isinstance(form, RangeEnd):
        return _range_end(form, context)
    return _date(form, context)


def _vague(form: Reference) -> Resolved:
    return Resolved(
        "DATE",
        _REFERENCE_VALUES[form.direction],
        granularity="vague",
        direction=form.direction,
        unresolved_reason="a vague reference",
        confidence=0.7,
    )


def _date(form: Form, context: Context) -> Resolved:
    direction = _direction(form, context.direction)
    kind = "TIME" if isinstance(form, Offset) and form.unit in _SUB_DAY else "DATE"
    try:
        placed = place(form, context)
    except (ValueError, OverflowError):
        return Resolved(kind, None, direction=direction, unresolved_reason=NO_SUCH_DAY)
    if isinstance(placed, Unplaced):
        value, granularity, reason = placed
        return Resolved(kind, value, None, None, granularity, None, direction, reason)
    return _resolved(kind, placed, direction)


def _resolved(kind: str, placed: Placed, direction: Direction | None) -> Resolved:
    start, end, granularity, value = placed.period
    return Resolved(kind, value, start, end, granularity, placed.anchor, direction, None, placed.confidence)


def _direction(form: Form, clause: Direction | None) -> Direction | None:
    """Return what the words themselves state ("ago", "last", "next"), else what the clause does."""
    if isinstance(form, Offset):
        return form.direction
    if isinstance(form, Coming):
        return "future"
    step = getattr(form, "step", None)
    if not step:
        return clause or ("present" if isinstance(form, Shift) else None)
    return "past" if step < 0 else "future"


def _time(form: Time, context: Context) -> Resolved:
    """Place a time of day on the day it names; else on the day the text was just at."""
    if not is_time(form.mark):
        return Resolved("TIME", None, granularity="time", unresolved_reason=NO_SUCH_TIME)
    day = _date(form.day, context) if form.day else _day_at_hand(form, context)
    mark = with_zone(form.mark, form.zone, day.date_start)
    return day._replace(type="TIME", value=f"{day.value}{mark}" if day.value else None, granularity="time")


def is_time(mark: str) -> bool:
    """Whether a mark is a part of the day or a time that the clock has.

    >>> is_time("TMO"), is_time("T24:00"), is_time("T25:61")
    (True, True, False)
    """
    hour, _, minute = mark[1:].partition(":")
    return not hour.isdigit() or mark == "T24:00" or (int(hour) < 24 and int(minute or 0) < 60)


def _day_at_hand(form: Time, context: Context) -> Resolved:
    near = context.near if form.origin == "text" else None
    if near and near.granularity == "day" and near.start == near.end:
        placed = Placed(near, "text", 0.7)
    elif context.published is None:
        return Resolved("TIME", "XXXX-XX-XX", unresolved_reason=NO_DAY)
    else:
        placed = Placed(periods.day(context.published), "publication", 0.5)
    if context.direction == "past" and context.published and _end(placed.period.start, form.mark) > context.published:
        return Resolved("TIME", "XXXX-XX-XX", direction="past", unresolved_reason=NOT_YET)
    return _resolved("TIME", placed, context.direction)


def _end(day: date, mark: str) -> date:
    """Return the day on which a time of day is over."""
    return day + timedelta(days=mark == "T24:00")


def _range_end(form: RangeEnd, context: Context) -> Resolved:
    """Place one end of a range; the last follows the first, which the text was just at."""
    if form.is_last:
        near = context.near
        start = near and near.start
        mine = _following(form.form, start, context)
        return _ranged(mine, start, mine.date_end)
    mine = _date(form.form, context)
    return _ranged(mine, mine.date_start, _following(form.other, mine.date_start, context).date_end)


def _ranged(mine: Resolved, start: date | None, end: date | None) -> Resolved:
    if not mine.date_start or not start or not end or start > end:
        return mine
    return mine._replace(range_earliest=start, range_latest=end)


def _following(form: Form, start: date | None, context: Context) -> Resolved:
    """Place the last of a range: where it has no year or week of its own, as the next after `start`."""
    placed = _date(form, context)
    if start is None or placed.date_start is None or placed.anchor == "explicit":
        return placed
    period = _next(form, start)
    if period is None:
        return placed
    return placed._replace(value=period.value, date_start=period.start, date_end=period.end)


def _next(form: Form, start: date) -> periods.Period | None:
    try:
        if isinstance(form, Weekday):
            return periods.day(start + timedelta(days=(form.weekday - start.isoweekday()) % 7 or 7))
        if isinstance(form, Day):
            day = date(start.year, form.month, form.day)
            return periods.day(day if day >= start else day.replace(year=start.year + 1))
        if isinstance(form, Month):
            return periods.month(start.year + (form.month < start.month), form.month)
    except (ValueError, OverflowError):
        pass
    return None
