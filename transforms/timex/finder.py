"""Find temporal expressions in a text; nothing here knows when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.timex import cues
from transforms.timex.affixes import (
    DAY_AHEAD,
    PART_OF_DAY,
    PREFIXES,
    TIME_AHEAD,
    Prefix,
)
from transforms.timex.figures import ordered
from transforms.timex.forms import (
    Bound,
    Coming,
    Day,
    Duration,
    Form,
    Half,
    Month,
    NamedDay,
    NamedShift,
    Quarter,
    RangeEnd,
    Reference,
    Repeated,
    Season,
    Shift,
    SomeWeekday,
    Time,
    Weekday,
    Weekend,
)
from transforms.timex.found import Found
from transforms.timex.rule import Match, Range, Rule
from transforms.timex.rules import RULES_BY_HEAD
from transforms.timex.rules.named import HOLIDAY
from transforms.timex.words import PARTS_OF_DAY

_WORD = re.compile(r"[^\W_]+")
_JOINED_BEFORE = frozenset("-\u2010\u2011\u2013\u2014./@#&=+\\")
_JOINED_TO_NUMBER = _JOINED_BEFORE | frozenset("$\u20ac\u00a3\u00a5:,%'\u2019")


def find_dates(text: str) -> list[Found]:
    """Return the temporal expressions of `text`, in order and disjoint.

    >>> [(found.form, found.rule) for found in find_dates("It ended on 5 March 2026.")]
    [(Day(year=2026, month=3, day=5, weekday=None), 'day_month_year')]
    >>> find_dates("The sun may set before they march 12 miles.")
    []
    """
    return ordered(list(_timed(text, _directed(text, _scan(text)))))


def _scan(text: str) -> Iterator[Found]:
    at = 0
    for word in _WORD.finditer(text):
        if word.start() < at or not _starts_afresh(text, word.start()):
            continue
        pieces = _expression(text, word.start())
        yield from pieces
        name = None if pieces or not text[word.start()].isupper() else HOLIDAY.match(text, word.start())
        # what a holiday is called holds no other date: "the Good Friday Agreement"
        at = pieces[-1].end if pieces else name.end() if name else at


def _starts_afresh(text: str, at: int) -> bool:
    """Whether the word at `at` is no piece of a price, a version, a score, an address or a compound."""
    before = text[at - 1 : at]
    return before not in (_JOINED_TO_NUMBER if text[at].isdigit() else _JOINED_BEFORE)


def _expression(text: str, at: int) -> list[Found]:
    """Return the longest expression at `at`, with its prefix and the time of day around it."""
    pieces = _core(text, at)
    for prefix in PREFIXES.get(_head(text, at), ()):
        longer = _prefixed(text, at, prefix)
        if longer and (not pieces or longer[-1].end > pieces[-1].end):
            pieces = longer
    return [*pieces[:-1], _with_time(text, pieces[-1])] if pieces else []


def _prefixed(text: str, at: int, prefix: Prefix) -> list[Found]:
    match = prefix.pattern.match(text, at)
    pieces = _core(text, match.end()) if match else []
    if not match or not pieces or not isinstance(pieces[0].form, prefix.forms):
        return []
    form = prefix.apply(match, pieces[0].form)
    return [pieces[0]._replace(start=at, form=form, direction=prefix.direction), *pieces[1:]]


def _head(text: str, at: int) -> str:
    match = _WORD.match(text, at)
    word = match.group() if match else ""
    return "9" if word[:1].isdigit() else word.lower()


def _core(text: str, at: int) -> list[Found]:
    best: list[Found] = []
    for rule in RULES_BY_HEAD.get(_head(text, at), ()):
        match = rule.pattern.match(text, at)
        if match and (not best or match.end() > best[-1].end):
            best = _interpreted(text, rule, match) or best
    return best


def _interpreted(text: str, rule: Rule, match: Match) -> list[Found]:
    if rule.guard and not rule.guard(text, match.start(), match.end()):
        return []
    said = rule.interpret(match)
    if said is None:
        return []
    if isinstance(said, Range):
        ends = _range_ends(said)
        return [Found(*match.span(name), end, rule.name) for name, end in zip(("first", "second"), ends, strict=True)]
    return [Found(match.start(), match.end(), said, rule.name)]


def _range_ends(said: Range) -> tuple[Form, Form]:
    if said.is_stretch and isinstance(said.first, Bound) and isinstance(said.second, Bound):
        return RangeEnd(said.first, said.second, is_last=False), RangeEnd(said.second, said.first, is_last=True)
    return said.first, said.second


def _with_time(text: str, found: Found) -> Found:
    """Join a day and the time of day beside it: "Tuesday evening", "Tuesday at 9 a.m.", "9 a.m. Tuesday"."""
    if isinstance(found.form, Day | Weekday | SomeWeekday | Coming | Shift):
        return _day_with_time(text, found, found.form)
    if isinstance(found.form, Time) and found.form.day is None:
        return _time_with_day(text, found, found.form)
    return found


def _day_with_time(text: str, found: Found, form: Day | Weekday | SomeWeekday | Coming | Shift) -> Found:
    if isinstance(form, Shift) and form.unit != "day":
        return found
    part = PART_OF_DAY.match(text, found.end)
    if part:
        return found._replace(end=part.end(), form=Time(PARTS_OF_DAY[part["part"].lower()], form))
    ahead = TIME_AHEAD.match(text, found.end)
    times = _core(text, ahead.end()) if ahead else []
    if times and isinstance(times[0].form, Time) and times[0].form.day is None:
        return found._replace(end=times[0].end, form=times[0].form._replace(day=form))
    return found


def _time_with_day(text: str, found: Found, form: Time) -> Found:
    ahead = DAY_AHEAD.match(text, found.end)
    days = _core(text, ahead.end()) if ahead else []
    day = days[0].form if len(days) == 1 else None
    if isinstance(day, Day | Weekday | SomeWeekday | Coming) or (isinstance(day, Shift) and day.unit == "day"):
        return found._replace(end=days[0].end, form=form._replace(day=day))
    return found


def _directed(text: str, founds: Iterator[Found]) -> Iterator[Found]:
    """Add the direction of the clause to forms that could lie on either side of publication."""
    for found in founds:
        if found.direction is not None or not _is_open(found.form):
            yield found
        elif cues.is_since(text, found.start):
            yield found._replace(form=_behind(found.form), direction="past")
        else:
            yield found._replace(direction=cues.direction(text, found.start, found.end))


def _behind(form: Form) -> Form:
    """Return a day of each year as the last of its kind that is over."""
    if isinstance(form, Day):
        return NamedShift(form, -1)
    if isinstance(form, NamedDay):
        return form._replace(step=-1)
    if isinstance(form, Time) and isinstance(form.day, Day):
        return form._replace(day=NamedShift(form.day, -1))
    return form


def _timed(text: str, founds: Iterator[Found]) -> Iterator[Found]:
    """Let times without a day be of the day of publication where the last date before them is an aside."""
    is_aside = False
    for found in founds:
        if isinstance(found.form, Time) and found.form.day is None:
            yield found._replace(form=found.form._replace(origin="publication")) if is_aside else found
            continue
        if not isinstance(found.form, Duration | Repeated | Reference):
            is_aside = cues.is_aside(text, found.start)
        yield found


def _is_open(form: Form | None) -> bool:
    if isinstance(form, Time):
        return form.day is None or _is_open(form.day)
    if isinstance(form, RangeEnd):
        return _is_open(form.form)
    if isinstance(form, Weekday):
        return form.step is None
    if isinstance(form, NamedDay):
        return form.year is None and form.step is None
    if isinstance(form, Weekend):
        return True
    return isinstance(form, Day | Month | Quarter | Half | Season) and form.year is None
