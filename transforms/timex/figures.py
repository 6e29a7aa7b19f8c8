"""Days in figures: whether day or month comes first, by the other dates of the text."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.timex.forms import NumericDay
from transforms.timex.found import Found

_MONTHS = 12
_DAY_FIRST = frozenset({"day_month_year", "day_month", "days_month", "days_month_year"})
_MONTH_FIRST = frozenset({"month_day_year", "month_day", "month_days", "month_days_year"})


def ordered(founds: list[Found]) -> list[Found]:
    """Return `founds` with the order of days in figures told where the text tells it, else left open."""
    if not any(isinstance(found.form, NumericDay) and found.form.day_first is None for found in founds):
        return founds
    day_first = _order(founds)
    return [_told(found, day_first=day_first) for found in founds]


def _told(found: Found, *, day_first: bool | None) -> Found:
    form = found.form
    if not isinstance(form, NumericDay) or form.day_first is not None:
        return found
    return found._replace(form=form._replace(day_first=day_first))


def _order(founds: Sequence[Found]) -> bool | None:
    """Return whether the day comes first: by another day in figures, else by days in words; None when they differ."""
    for signs in (_signs_in_figures(founds), _signs_in_words(founds)):
        if len(signs) == 1:
            return signs.pop()
        if signs:
            return None
    return None


def _signs_in_figures(founds: Sequence[Found]) -> set[bool]:
    days = [found.form for found in founds if isinstance(found.form, NumericDay)]
    return {day.first > _MONTHS for day in days if (day.first > _MONTHS) != (day.second > _MONTHS)}


def _signs_in_words(founds: Sequence[Found]) -> set[bool]:
    rules = {found.rule for found in founds}
    return {order for order, names in ((True, _DAY_FIRST), (False, _MONTH_FIRST)) if rules & names}
