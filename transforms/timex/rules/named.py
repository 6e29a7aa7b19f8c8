"""Rules for days with a name, their anniversaries, and days in figures alone."""

from __future__ import annotations

import re

from transforms.timex import guards
from transforms.timex.forms import Anniversary, Day, NamedDay, NumericDay, UnitEnd
from transforms.timex.named_days import ONCE, REMEMBERED, YEARLY
from transforms.timex.rule import (
    DAY,
    JOINT,
    MONTH,
    NUMBER,
    SPACE,
    YEAR,
    Match,
    either,
    number_of,
    rule,
)
from transforms.timex.words import MONTH_NUMBERS, STEPS


def _key(name: str) -> str:
    return " ".join(name.lower().replace("\u2019", "'").replace("-", " ").split())


_NAMES = {_key(name): name for name in (*YEARLY, *REMEMBERED)}


def _pattern(names: tuple[str, ...]) -> str:
    """Return a pattern for names as they are capitalised; gaps may be hyphens, apostrophes may be curled."""
    spelled = (name.replace(".", r"\.?").replace("'", "['\u2019]").replace("-", " ") for name in names)
    return f"(?-i:{either(spelled).replace(' ', JOINT)})"


_YEARLY = rf"(?P<name>{_pattern(YEARLY)})"
HOLIDAY = re.compile(rf"(?a:{_YEARLY})(?!\w)")
_ONCE = rf"(?P<name>{_pattern(ONCE)})"
_REMEMBERED = rf"(?P<name>{_pattern((*REMEMBERED, *YEARLY))})"
_ANNIVERSARY = rf"(?:{NUMBER}{JOINT}(?:anniversary|birthday)|(?P<round>centenary))"
_ANNIVERSARY_OF = rf"(?:the{SPACE})?{_ANNIVERSARY}{SPACE}of{SPACE}(?:the{SPACE})?"
_STEP = r"(?P<step>last|this|next|this past|this coming)"
_MARK = r"(?P<mark>[/.-])"
_TWO_DIGITS = r"[0-3]?[0-9]"


def _heads(names: tuple[str, ...]) -> str:
    return " ".join({name.lower().replace("-", " ").split()[0].rstrip(".").split("'")[0] for name in names})


def _named(match: Match) -> NamedDay:
    groups = match.groupdict()
    name = _NAMES[_key(match["name"])]
    if groups.get("year"):
        return NamedDay(name, int(match["year"]))
    return NamedDay(name, None, STEPS[groups["step"].lower()] if groups.get("step") else None)


def _remembered(match: Match) -> Anniversary:
    return Anniversary(NamedDay(_NAMES[_key(match["name"])]), _years(match))


def _dated(match: Match) -> Anniversary:
    return Anniversary(Day(int(match["year"]), MONTH_NUMBERS[match["month"].lower()], int(match["day"])), _years(match))


def _years(match: Match) -> int:
    return 100 if match.groupdict().get("round") else number_of(match)


def _numeric(match: Match) -> NumericDay:
    year = int(match["year"])
    first, second = int(match["first_part"]), int(match["second_part"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    return NumericDay(year, first, second, True if match["mark"] == "." else None)


def _year_end(match: Match) -> UnitEnd:
    groups = match.groupdict()
    if groups.get("year"):
        return UnitEnd(0, int(match["year"]))
    return UnitEnd(STEPS[groups["step"].lower()] if groups.get("step") else 0)


RULES = (
    rule("holiday", _heads(YEARLY), rf"{_YEARLY}(?:,?{SPACE}(?:of{SPACE})?{YEAR})?", _named, guards.day_meant),
    rule("holiday", "the", rf"the{SPACE}(?P<name>(?-i:Fourth of July))", _named, guards.no_festivity),
    rule("step_holiday", "last this next", rf"{_STEP}{SPACE}{_YEARLY}", _named),
    rule("named_day", _heads(ONCE), _ONCE, _named),
    rule("nine_eleven", "9", r"9/11", lambda _: Day(2001, 9, 11)),
    rule("nine_eleven", "9", rf"9-11(?={SPACE}(?:attack|terror|victim|commission|hijack|memorial))",
         lambda _: Day(2001, 9, 11)),
    rule("anniversary", "number centenary the", rf"{_ANNIVERSARY_OF}{_REMEMBERED}", _remembered),
    rule("anniversary", "number centenary the",
         rf"{_ANNIVERSARY_OF}{MONTH}{SPACE}{DAY},(?:{SPACE})?{YEAR}", _dated),
    rule("anniversary", f"{_heads(REMEMBERED)} 9",
         rf"{_REMEMBERED}(?:['\u2019]s)?{SPACE}{_ANNIVERSARY}", _remembered),
    rule("numeric_day", "9", rf"(?P<first_part>{_TWO_DIGITS}){_MARK}(?P<second_part>{_TWO_DIGITS})(?P=mark)"
         r"(?P<year>(?:19|20)[0-9]{2})", _numeric, guards.no_version),
    rule("numeric_day", "9", rf"(?P<first_part>{_TWO_DIGITS})(?P<mark>/)(?P<second_part>{_TWO_DIGITS})/"
         r"(?P<year>[0-9]{2})", _numeric, guards.day_in_figures_said),
    rule("year_end", "year", rf"year(?:-|{SPACE})end(?:{SPACE}(?:of{SPACE})?{YEAR})?", _year_end, guards.end_meant),
    rule("year_end", "the", rf"the{SPACE}year(?:-|{SPACE})end", _year_end, guards.end_meant),
    rule("year_end", "year", rf"year['\u2019]s{SPACE}end", _year_end),
    rule("year_end", "end", rf"end-{YEAR}", _year_end),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
