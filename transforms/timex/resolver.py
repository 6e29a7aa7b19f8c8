"""Place a found expression on the calendar, or say why it cannot be placed.

Values follow TIMEX3 (ISO-TimeML). Relative forms are counted from the publication
day or from the last date the text names; without either they stay unresolved.
No clock is read: the same text and publication day give the same result on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from transforms.timex import periods
from transforms.timex.context import Anchor, Context, Placed, Published, Unplaced
from transforms.timex.finder import Found
from transforms.timex.forms import (
    Day,
    Duration,
    Form,
    IsoWeek,
    Month,
    Offset,
    Reference,
    Repeated,
    Shift,
    Time,
)
from transforms.timex.placing import place
from transforms.timex.readings import WIDEST, Resolved, merged
from transforms.timex.values import duration_value
from transforms.timex.words import Direction

NO_SUCH_DAY = "the calendar has no such day"
_REFERENCE_VALUES: dict[Direction, str] = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}
_SUB_DAY = frozenset({"second", "minute", "hour"})


def resolve_all(founds: Iterable[Found], published: Published | None) -> Iterator[tuple[Found, Resolved]]:
    """Yield each found expression of one text, in order, with what it means; dates carry on to later ones.

    Where publication is known as an interval, the text is read once as of either end, and once without a day.
    """
    listed = list(founds)
    readings = [_read(listed, day) for day in _days(published)]
    for found, *resolved in zip(listed, *readings, strict=True):
        yield found, merged(resolved, published)


def _read(founds: Iterable[Found], day: date | None) -> Iterator[Resolved]:
    anchor: Anchor | None = None
    for found in founds:
        resolved = _resolve(found, day, anchor)
        yield resolved
        anchor = next_anchor(found, resolved, anchor)


def resolve(found: Found, published: Published | None, anchor: Anchor | None = None) -> Resolved:
    """Return what `found` means for a text published on `published`, after the date `anchor` in the same text.

    >>> from transforms.timex.finder import find_dates
    >>> (tuesday,) = find_dates("It rained on Tuesday.")
    >>> resolve(tuesday, Published(date(2026, 3, 5), date(2026, 3, 5))).value
    '2026-03-03'
    >>> resolve(tuesday, None)[1:4], resolve(tuesday, None).unresolved_reason
    (('XXXX-WXX-2', None, None), 'no publication date')
    """
    return merged([_resolve(found, day, anchor) for day in _days(published)], published)


def _days(published: Published | None) -> tuple[date | None, ...]:
    """Return the days to read a text as of: the one it was published on, or both ends and none, or none."""
    if published is None or published.latest - published.earliest > WIDEST:
        return (None,)
    if published.earliest == published.latest:
        return (published.earliest,)
    return published.earliest, published.latest, None


def _resolve(found: Found, published: date | None, anchor: Anchor | None) -> Resolved:
    form = found.form
    if isinstance(form, Duration):
        return Resolved("DURATION", duration_value(*form), unresolved_reason="a length of time, not a date")
    if isinstance(form, Repeated):
        return Resolved("SET", form.value, unresolved_reason="a repeated time, not one date")
    if isinstance(form, Reference):
        return _vague(form)
    context = Context(published, anchor, found.direction, found.start)
    if isinstance(form, Time):
        return _time(form, context)
    return _date(form, context)


def next_anchor(found: Found, resolved: Resolved, anchor: Anchor | None) -> Anchor | None:
    """Return the anchor for the expressions after `found`: itself, if it was placed, else the one so far."""
    if resolved.date_start is None or resolved.date_end is None or resolved.granularity is None:
        return anchor
    if isinstance(found.form, Offset) and found.form.direction == "past":
        # A time looked back to is an aside: the next "a year earlier" counts from the same date.
        return anchor
    granularity, value = resolved.granularity, resolved.value or ""
    if granularity == "time":
        granularity, value = "day", resolved.date_start.isoformat()
    period = periods.Period(resolved.date_start, resolved.date_end, granularity, value)
    said = resolved.anchor == "explicit" and isinstance(found.form, Day | Month | IsoWeek)
    return Anchor(period, found.end, resolved.date_start.year if said else anchor and anchor.year)


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
    step = getattr(form, "step", None)
    if not step:
        return clause or ("present" if isinstance(form, Shift) else None)
    return "past" if step < 0 else "future"


def _time(form: Time, context: Context) -> Resolved:
    """Place a time of day on the day it names; else on the day the text was just at."""
    day = _date(form.day, context) if form.day else _day_at_hand(context)
    value = f"{day.value}{form.mark}" if day.value else None
    return day._replace(type="TIME", value=value, granularity="time")


def _day_at_hand(context: Context) -> Resolved:
    near = context.near
    if near and near.granularity == "day":
        return _resolved("TIME", Placed(near, "text", 0.7), None)
    if context.published is None:
        return Resolved("TIME", "XXXX-XX-XX", unresolved_reason="no day is named for the time")
    return _resolved("TIME", Placed(periods.day(context.published), "publication", 0.5), None)
