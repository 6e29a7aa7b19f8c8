"""Rules for times counted from the day of publication or from a date of the text."""

from __future__ import annotations

from typing import Literal

from transforms.timex import guards
from transforms.timex.counts import count_of
from transforms.timex.forms import (
    Coming,
    Day,
    Month,
    NamedShift,
    Offset,
    OfYear,
    Reference,
    Season,
    Shift,
    SomeWeekday,
    Time,
    Weekday,
    WeekdayOfWeek,
    Weekend,
)
from transforms.timex.rule import (
    DAY,
    JOINT,
    MONTH,
    MONTH_NAME,
    QUANTITY_OR_ARTICLE,
    SPACE,
    WEEKDAY,
    YEAR_STEP,
    Match,
    either,
    rule,
)
from transforms.timex.words import (
    MONTH_NUMBERS,
    MONTHS,
    MULTIPLES,
    NEARBY_DAYS,
    PARTS_OF_DAY,
    SEASONS,
    STEPS,
    UNITS,
    WEEKDAYS,
)

_CALENDAR_UNIT = r"(?P<unit>day|weekend|week|month|quarter|year|decade|century)"
_ANY_UNIT = rf"(?P<unit>{either(UNITS)})"
_STEP = rf"(?P<step>{either(STEPS)})".replace(" ", SPACE)
_NAMED_STEP = rf"(?P<step>last|this{SPACE}past|this{SPACE}coming|this|next)"
_STEP_HEADS = "last this next previous prior past current coming the"
_KINDS_OF_DAYS = (
    "bright", "busy", "chilly", "cold", "dark", "dreary", "foggy", "given", "gray", "grey", "hot", "normal", "ordinary",
    "quiet", "rainy", "recent", "single", "snowy", "sunny", "typical", "warm", "wet", "windy",
)  # fmt: skip
_BEFORE_OR_AFTER = frozenset({"following", "previous", "preceding", "prior"})


def _weekday(match: Match) -> Weekday:
    step = match.groupdict().get("step")
    return Weekday(WEEKDAYS[match["weekday"].lower()], STEPS[_joined(step)] if step else None)


def _coming(match: Match) -> Coming:
    return Coming(WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None)


def _joined(words: str) -> str:
    return " ".join(words.lower().split())


def _weekday_of_text(match: Match) -> Weekday:
    return Weekday(WEEKDAYS[match["weekday"].lower()], STEPS[match["step"].lower()], "text")


def _weekday_of_week(match: Match) -> WeekdayOfWeek:
    return WeekdayOfWeek(WEEKDAYS[match["weekday"].lower()], STEPS[match["step"].lower()])


def _part_of_text(match: Match) -> Time:
    step = STEPS[match["step"].lower()] if match["step"] else 0
    return Time(PARTS_OF_DAY[match["part"].lower()], Shift("day", step, "text"))


def _shift(match: Match) -> Shift | None:
    word, unit = _joined(match["step"]), UNITS[match["unit"].lower()]
    if unit == "day" or word in {"past", "same", "that"}:
        return None
    return Shift(unit, STEPS[word], "text" if word in _BEFORE_OR_AFTER else "publication")


def _shift_from_text(match: Match) -> Shift:
    return Shift(UNITS[match["unit"].lower()], STEPS[match["step"].lower().split()[-1]], "text")


def _named_shift(match: Match) -> NamedShift:
    groups, step = match.groupdict(), STEPS[_joined(match["step"])]
    if groups.get("month"):
        return NamedShift(Month(None, MONTHS[match["month"].lower()]), step)
    return NamedShift(Season(None, SEASONS[match["season"].lower()]), step)


def _of_year(match: Match) -> OfYear:
    groups, step = match.groupdict(), STEPS[_joined(match["step"])]
    if groups.get("day"):
        return OfYear(Day(None, MONTH_NUMBERS[match["month"].lower()], int(match["day"])), step)
    if groups.get("month"):
        return OfYear(Month(None, MONTHS[match["month"].lower()]), step)
    return OfYear(Season(None, SEASONS[match["season"].lower()]), step)


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
    count = count_of(match["count"]) if groups.get("count") else None
    if count is None:
        return None
    return (count + (0.5 if groups.get("half") else 0)) * MULTIPLES.get(match["unit"].lower(), 1)


_UNITS_HEADS = " ".join(f"{unit}s" for unit in UNITS)
_COUNTED_UNIT = rf"{QUANTITY_OR_ARTICLE}\]?{JOINT}{_ANY_UNIT}s?(?P<half>{SPACE}and{SPACE}a{SPACE}half)?"

RULES = (
    rule("weekday", "weekday", WEEKDAY, _weekday, guards.weekday_meant),
    rule("some_weekday", "a an another any one some",
         rf"(?:an?|another|any|one|some){SPACE}(?:(?:{either(_KINDS_OF_DAYS)}){SPACE})?{WEEKDAY}",
         lambda match: SomeWeekday(WEEKDAYS[match["weekday"].lower()]), guards.day_itself),
    rule("coming_day", "the this coming upcoming",
         rf"(?:(?:the|this){SPACE})?(?:up)?coming{SPACE}(?:{WEEKDAY}|weekend)", _coming),
    rule("step_weekday", "last this next", rf"{_NAMED_STEP}{SPACE}{WEEKDAY}", _weekday),
    rule("weekday_of_text", "the that", rf"the{SPACE}(?P<step>following|previous|preceding|prior|next){SPACE}{WEEKDAY}",
         _weekday_of_text, guards.weekday_meant),
    rule("weekday_of_text", "that", rf"(?P<step>that){SPACE}{WEEKDAY}", _weekday_of_text, guards.that_day_meant),
    rule("weekday_of_week", "weekday",
         rf"{WEEKDAY}{SPACE}(?:of{SPACE})?(?P<step>last|this|next){SPACE}week", _weekday_of_week),
    rule("week_ago_weekday", "a one", rf"(?:a|one){SPACE}week{SPACE}ago{SPACE}(?:on{SPACE})?{WEEKDAY}",
         lambda match: WeekdayOfWeek(WEEKDAYS[match["weekday"].lower()], -1)),
    rule("part_of_text", "the that", rf"(?:the{SPACE}(?P<step>next|following|previous)|that(?:{SPACE}same)?)"
         rf"{SPACE}(?P<part>morning|afternoon|evening|night)", _part_of_text),
    rule("nearby_day", "today yesterday tomorrow", rf"(?P<day>{either(NEARBY_DAYS)})",
         lambda match: Shift("day", NEARBY_DAYS[match["day"].lower()]), guards.unjoined),
    rule("nearby_day", "the", rf"the{SPACE}other{SPACE}day", lambda _: Reference("past")),
    rule("day_before_yesterday", "the", rf"the{SPACE}day{SPACE}before{SPACE}yesterday", lambda _: Shift("day", -2)),
    rule("day_after_tomorrow", "the", rf"the{SPACE}day{SPACE}after{SPACE}tomorrow", lambda _: Shift("day", 2)),
    rule("step_unit", _STEP_HEADS,
         rf"(?:the{SPACE})?{_STEP}{SPACE}(?:fiscal{SPACE})?{_CALENDAR_UNIT}", _shift, guards.no_title),
    rule("step_unit_of_text", "the that",
         rf"(?P<step>that{SPACE}same|the{SPACE}same|that|the{SPACE}(?:following|previous|preceding|prior|next))"
         rf"{SPACE}{_CALENDAR_UNIT}", _shift_from_text),
    rule("end_of_unit", "the", rf"the{SPACE}(?:end|beginning|start|middle|rest){SPACE}of{SPACE}the{SPACE}"
         r"(?P<unit>week|month|quarter|year|decade)", lambda match: Shift(UNITS[match["unit"].lower()], 0)),
    rule("later_in_unit", "earlier later", rf"(?:earlier|later){SPACE}in{SPACE}the{SPACE}"
         r"(?P<unit>day|week|month|quarter|year|decade)", lambda match: Shift(UNITS[match["unit"].lower()], 0)),
    rule("the_weekend", "the", rf"the{SPACE}weekend", lambda _: Weekend(), guards.no_other_weekend),
    rule("step_month", "last this next", rf"{_NAMED_STEP}{SPACE}{MONTH_NAME}", _named_shift),
    rule("step_season", "last this next", rf"{_NAMED_STEP}{SPACE}(?:past{SPACE})?(?P<season>{either(SEASONS)})",
         _named_shift),
    rule("month_of_step_year", "month", rf"{MONTH_NAME}{SPACE}(?:of{SPACE})?{YEAR_STEP}", _of_year),
    rule("day_of_step_year", "month",
         rf"{MONTH}{SPACE}{DAY}{SPACE}(?:of{SPACE})?(?P<step>last|next){SPACE}year", _of_year),
    rule("season_of_step_year", "the spring summer autumn fall winter",
         rf"(?:the{SPACE})?(?P<season>{either(SEASONS)}){SPACE}(?:of{SPACE})?{YEAR_STEP}", _of_year),
    rule("ago", "count", rf"{_COUNTED_UNIT}{SPACE}ago", _ago),
    rule("units_ago", _UNITS_HEADS, rf"{_ANY_UNIT}s{SPACE}ago", _ago, guards.uncounted),
    rule("earlier_later", "count", rf"{_COUNTED_UNIT}{SPACE}(?P<word>earlier|later|before|after|afterwards)",
         _from_text, guards.nothing_compared),
    rule("earlier_later", "the", rf"(?P<count>the){SPACE}{_ANY_UNIT}{SPACE}(?P<word>before|after)", _from_text,
         guards.nothing_compared),
    rule("from_now", "count", rf"{_COUNTED_UNIT}{SPACE}from{SPACE}(?:now|today)", _from_now),
    rule("from_now", "count", rf"{_COUNTED_UNIT}['\u2019]{SPACE}time", _from_now),
    rule("from_now", "a one", rf"(?P<count>an?|one){SPACE}{_ANY_UNIT}['\u2019]s{SPACE}time", _from_now),
    rule("or_so_ago", "count", rf"{_COUNTED_UNIT}{SPACE}or{SPACE}(?:so|more){SPACE}ago", _ago),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
