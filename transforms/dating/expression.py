"""Found expressions as the rules of dating read them: the calendar part bare of times of day and of ranges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from transforms.timex import Found
from transforms.timex.forms import Form, RangeEnd, Time
from transforms.timex.words import Direction


class Expression(NamedTuple):
    """An expression: span (code points, half-open), calendar form, the form as found, and the clause's direction."""

    start: int
    end: int
    form: Form
    whole: Form
    direction: Direction | None


def expressions(founds: Iterable[Found]) -> list[Expression]:
    """Return the expressions that name a point or stretch of the calendar, in order.

    >>> from transforms.timex import find_dates
    >>> [expression.form for expression in expressions(find_dates("It rained on Tuesday evening."))]
    [Weekday(weekday=2, step=None, origin='publication')]
    """
    bare = ((found, _bare(found.form)) for found in founds)
    return [Expression(found.start, found.end, form, found.form, found.direction) for found, form in bare if form]


def _bare(form: Form) -> Form | None:
    if isinstance(form, Time):
        return form.day
    return form.form if isinstance(form, RangeEnd) else form
