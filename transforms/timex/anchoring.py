"""What a text has said so far that later expressions count from."""

from __future__ import annotations

from transforms.timex.context import Anchor
from transforms.timex.forms import (
    Day,
    Duration,
    FiscalYear,
    Form,
    IsoWeek,
    Month,
    Offset,
    OfYear,
    Quarter,
    RangeEnd,
    Shift,
)
from transforms.timex.found import Found
from transforms.timex.periods import Period
from transforms.timex.readings import Resolved


def next_anchor(found: Found, resolved: Resolved, anchor: Anchor | None) -> Anchor | None:
    """Return the anchor for the expressions after `found`: itself, if it was placed, else the one so far."""
    form = found.form.form if isinstance(found.form, RangeEnd) else found.form
    if _is_long_report(form) and anchor:
        anchor = anchor._replace(quarter=None)
    period = _period(resolved)
    if period is None or (isinstance(form, Offset) and form.direction == "past"):
        # A time looked back to is an aside: the next "a year earlier" counts from the same date.
        return anchor
    said = resolved.anchor == "explicit" and isinstance(form, Day | Month | IsoWeek)
    year = period.start.year if said else anchor and anchor.year
    quarter = period if _is_quarter(form) else anchor and anchor.quarter
    return Anchor(period, found.end, year, quarter)


def _period(resolved: Resolved) -> Period | None:
    if resolved.date_start is None or resolved.date_end is None or resolved.granularity is None:
        return None
    granularity, value = resolved.granularity, resolved.value or ""
    if granularity == "time":
        granularity, value = "day", resolved.date_start.isoformat()
    return Period(resolved.date_start, resolved.date_end, granularity, value)


def _is_quarter(form: Form) -> bool:
    if isinstance(form, OfYear):
        return isinstance(form.form, Quarter)
    return isinstance(form, Quarter) or (isinstance(form, Shift) and form.unit == "quarter")


def _is_long_report(form: Form) -> bool:
    """Whether figures are now given for more than a quarter: "in the nine months", "fiscal 2024", "for the year"."""
    if isinstance(form, Duration):
        return form.unit == "month" or (form.unit == "year" and form.amount == 1)
    return isinstance(form, FiscalYear) or (isinstance(form, Shift) and form == Shift("year", 0, "either"))
