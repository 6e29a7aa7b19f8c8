"""Rules for times counted from the day of publication or from a date of the text."""

from __future__ import annotations

from typing import Literal

from transforms.timex import guards
from transforms.timex.counts import count_of
from transforms.timex.forms import (
    Month,
    NamedShift,
    Offset,
    OfYear,
    Quarter,
    Season,
    Shift,
    Weekday,
)
from transforms.timex.rule import (
    JOINT,
    MONTH_NAME,
    QUANTITY_OR_ARTICLE,
    SPACE,
    WEEKDAY,
    Match,
    either,
    rule,
)
from transforms.timex.words import (
    MONTHS,
    NEARBY_DAYS,
    ORDINALS,
    SEASONS,
    STEPS,
    UNITS,
    WEEKDAYS,
)

_CALENDAR_UNIT = r"(?P<unit>day|weekend|week|month|quarter|year|decade)"
_ANY_UNIT = rf"(?P<unit>{either(UNITS)})"
_STEP = rf"(?P<step>{either(STEPS)})"
_NAMED_STEP = r"(?P<step>last|this|next)"
_YEAR_STEP = rf"(?P<step>last|this|next){SPACE}year"
_STEP_HEADS = "last this next previous past current coming the"


def _weekday(match: Match) -> Weekday:
    step = match.groupdict().get("step")
    return Weekday(WEEKDAYS[match["weekday"].lower()], STEPS[step.lower()] if step else None)


def _shift(match: Match) -> Shift | None:
    word, unit = match["step"].lower(), UNITS[match["unit"].lower()]
    if unit == "day" or word in {"past", "same", "that"}:
        return None
    return Shift(unit, STEPS[word], "text" if word in {"following", "previous", "preceding"} else "publication")


def _shift_from_text(match: Match) -> Shift:
    return Shift(UNITS[match["unit"].lower()], STEPS[match["step"].lower().split()[-1]], "text")


def _named_shift(match: Match) -> NamedShift:
    groups, step = match.groupdict(), STEPS[match["step"].lower()]
    if groups.get("month"):
        return NamedShift(Month(None, MONTHS[match["month"].lower()]), step)
    return NamedShift(Season(None, SEASONS[match["season"].lower()]), step)


def _of_year(match: Match) -> OfYear:
    groups, step = match.groupdict(), STEPS[match["step"].lower()]
    if groups.get("month"):
        return OfYear(Month(None, MONTHS[match["month"].lower()]), step)
    return OfYear(Quarter(None, ORDINALS[match["ordinal"].lower()]), step)


def _ago(match: Match) -> Offset:
    return Offset(UNITS[match["unit"].lower()], _count(match), "past")


def _from_text(match: Match) -> Offset:
    direction: Literal["past", "future"] = "past" if match["word"].lower() in {"earlier", "before"} else "future"
    return Offset(UNITS[match["unit"].lower()], _count(match), direction, "text")


def _from_now(match: Match) -> Offset:
    return Offset(UNITS[match["unit"].lower()], _count(match), "future")


def _count(match: Match) -> float | None:
    """Return the count of units; "months ago" without one is vague, "a year and a half" adds a half."""
    groups = match.groupdict()
    if not groups.get("count"):
        return None
    count = count_of(match["count"])
    return count + 0.5 if count is not None and groups.get("half") else count


_COUNTED_UNIT = rf"{QUANTITY_OR_ARTICLE}{JOINT}{_ANY_UNIT}s?(?P<half>{SPACE}and{SPACE}a{SPACE}half)?"

RULES = (
    rule("weekday", "weekday", WEEKDAY, _weekday, guards.no_newspaper),
    rule("step_weekday", "last this next", rf"{_NAMED_STEP}{SPACE}{WEEKDAY}", _weekday),
    rule("nearby_day", "today yesterday tomorrow", rf"(?P<day>{either(NEARBY_DAYS)})",
         lambda match: Shift("day", NEARBY_DAYS[match["day"].lower()]), guards.unjoined),
    rule("day_before_yesterday", "the", rf"the{SPACE}day{SPACE}before{SPACE}yesterday", lambda _: Shift("day", -2)),
    rule("day_after_tomorrow", "the", rf"the{SPACE}day{SPACE}after{SPACE}tomorrow", lambda _: Shift("day", 2)),
    rule("step_unit", _STEP_HEADS,
         rf"(?:the{SPACE})?{_STEP}{SPACE}(?:fiscal{SPACE})?{_CALENDAR_UNIT}", _shift),
    rule("step_unit_of_text", "the that",
         rf"(?P<step>that{SPACE}same|the{SPACE}same|that|the{SPACE}(?:following|previous|preceding|next))"
         rf"{SPACE}{_CALENDAR_UNIT}", _shift_from_text),
    rule("end_of_unit", "the", rf"the{SPACE}(?:end|beginning|start|middle|rest){SPACE}of{SPACE}the{SPACE}"
         r"(?P<unit>week|month|quarter|year|decade)", lambda match: Shift(UNITS[match["unit"].lower()], 0)),
    rule("later_in_unit", "earlier later", rf"(?:earlier|later){SPACE}in{SPACE}the{SPACE}"
         r"(?P<unit>day|week|month|quarter|year|decade)", lambda match: Shift(UNITS[match["unit"].lower()], 0)),
    rule("the_weekend", "the", rf"the{SPACE}weekend", lambda _: Shift("weekend", -1)),
    rule("step_month", "last this next", rf"{_NAMED_STEP}{SPACE}{MONTH_NAME}", _named_shift),
    rule("step_season", "last this next", rf"{_NAMED_STEP}{SPACE}(?:past{SPACE})?(?P<season>{either(SEASONS)})",
         _named_shift),
    rule("month_of_step_year", "month", rf"{MONTH_NAME}{SPACE}(?:of{SPACE})?{_YEAR_STEP}", _of_year),
    rule("ago", "count", rf"{_COUNTED_UNIT}{SPACE}ago", _ago),
    rule("units_ago", " ".join(f"{unit}s" for unit in UNITS), rf"{_ANY_UNIT}s{SPACE}ago", _ago, guards.uncounted),
    rule("earlier_later", "count", rf"{_COUNTED_UNIT}{SPACE}(?P<word>earlier|later|before|after|afterwards)",
         _from_text, guards.nothing_compared),
    rule("earlier_later", "the", rf"(?P<count>the){SPACE}{_ANY_UNIT}{SPACE}(?P<word>before|after)", _from_text,
         guards.nothing_compared),
    rule("from_now", "count", rf"{_COUNTED_UNIT}{SPACE}from{SPACE}now", _from_now),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
