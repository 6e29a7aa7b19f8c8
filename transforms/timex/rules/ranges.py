"""Rules for ranges: both ends are expressions of their own, and know of each other."""

from __future__ import annotations

import re

from transforms.timex import guards
from transforms.timex.forms import Day, Month, Weekday, Year
from transforms.timex.rule import (
    DASH,
    DAY,
    LAST_MONTH,
    MONTH,
    OTHER_DAY,
    SPACE,
    WEEKDAY,
    YEAR,
    Match,
    Range,
    rule,
)
from transforms.timex.words import MONTH_NUMBERS, WEEKDAYS

_COMMA = rf"(?:,(?:{SPACE})?|{SPACE}(?:of{SPACE})?)"
_TO = rf"(?:{DASH}|{SPACE}(?:to|through|thru|until|till){SPACE})"
_LISTED = rf"(?:{DASH}|,?{SPACE}(?P<joint>to|and|through|thru|until|till|or){SPACE})"
_OTHER_MONTH = rf"(?P<other_month>{LAST_MONTH.removeprefix('(?P<month>').removesuffix(')')})\.?"
_OTHER_YEAR = rf"(?:{_COMMA}(?P<other_year>(?:19|20)[0-9]{{2}}))"
_OTHER_WEEKDAY = rf"(?P<other_weekday>{WEEKDAY.removeprefix('(?P<weekday>').removesuffix(')')})"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_LONGEST = 31
_BETWEEN = re.compile(r"(?i:\bbetween[ \u00a0]{1,3}(?:the[ \u00a0])?)$")
_FROM = re.compile(r"(?i:\b(?:from|between)[ \u00a0]{1,3})$")


def _is_stretch(match: Match) -> bool:
    """Whether all between is meant: "5 to 7", "between 5 and 7", but not "5 and 7"."""
    joint = (match.groupdict().get("joint") or "to").lower()
    if joint == "or":
        return False
    return joint != "and" or bool(_BETWEEN.search(match.string, max(0, match.start() - 20), match.start()))


def _days(match: Match) -> Range | None:
    """Read a range within one month; its year is that of both ends."""
    groups = match.groupdict()
    year, month = groups.get("year"), MONTH_NUMBERS[match["month"].lower()]
    first, second = int(match["day"]), int(match["other_day"])
    if not 1 <= first < second <= _LONGEST:
        return None
    number = int(year) if year else None
    return Range(Day(number, month, first), Day(number, month, second), _is_stretch(match))


def _days_of_months(match: Match) -> Range | None:
    first, second = MONTH_NUMBERS[match["month"].lower()], MONTH_NUMBERS[match["other_month"].lower()]
    day, other_day = int(match["day"]), int(match["other_day"])
    if not (1 <= day <= _LONGEST and 1 <= other_day <= _LONGEST):
        return None
    year, other_year = _years_of(match, turns=(second, other_day) < (first, day))
    return Range(Day(year, first, day), Day(other_year, second, other_day), _is_stretch(match))


def _years_of(match: Match, *, turns: bool) -> tuple[int | None, int | None]:
    """Return the years of both ends, of which mostly one is told; a range may turn the year."""
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    other = int(groups["other_year"]) if groups.get("other_year") else None
    if year is None and other is not None:
        year = other - turns
    if other is None and year is not None:
        other = year + turns
    return year, other


def _months(match: Match) -> Range | None:
    if not _is_stretch(match):
        return None
    first, second = MONTH_NUMBERS[match["month"].lower()], MONTH_NUMBERS[match["other_month"].lower()]
    year, other_year = _years_of(match, turns=second < first)
    return Range(Month(year, first), Month(other_year, second))


def _weekdays(match: Match) -> Range:
    return Range(Weekday(WEEKDAYS[match["weekday"].lower()]), Weekday(WEEKDAYS[match["other_weekday"].lower()]))


def _years(match: Match) -> Range | None:
    first, second = int(match["first"]), int(match["second"])
    if match.groupdict().get("word") and not _FROM.search(match.string, max(0, match.start() - 20), match.start()):
        return None
    return Range(Year(first), Year(second)) if first < second else None


def _short_years(match: Match) -> Range | None:
    """Read "2014-16"; what could be a month ("2010-12") is none, unless it is the very next year."""
    first = int(match["first"])
    second = first - first % 100 + int(match["second"])
    if second % 100 == 0:
        second += 100
    is_next = second == first + 1
    return Range(Year(first), Year(second)) if first < second and (is_next or second % 100 > 12) else None


_FIRST_DAY = rf"(?P<first>{MONTH}{SPACE}{DAY}(?:{_COMMA}{YEAR})?)"
_FIRST_DAY_AHEAD = rf"(?P<first>{DAY}{SPACE}(?:of{SPACE})?{MONTH}(?:{_COMMA}{YEAR})?)"

RULES = (
    rule("month_days_year", "month",
         rf"(?P<first>{MONTH}{SPACE}{DAY}){_LISTED}(?P<second>{OTHER_DAY}{_COMMA}{YEAR})", _days),
    rule("month_days", "month", rf"(?P<first>{MONTH}{SPACE}{DAY}){_LISTED}(?P<second>{OTHER_DAY})", _days),
    rule("days_month_year", "9",
         rf"(?P<first>{DAY}){_LISTED}(?P<second>{OTHER_DAY}{SPACE}{MONTH}{_COMMA}{YEAR})", _days),
    rule("days_month", "9", rf"(?P<first>{DAY}){_LISTED}(?P<second>{OTHER_DAY}{SPACE}{LAST_MONTH})", _days,
         guards.no_address),
    rule("days_of_months", "month",
         rf"{_FIRST_DAY},?{_LISTED}(?P<second>{_OTHER_MONTH}{SPACE}{OTHER_DAY}{_OTHER_YEAR}?)", _days_of_months),
    rule("days_of_months", "9",
         rf"{_FIRST_DAY_AHEAD}{_LISTED}(?P<second>{OTHER_DAY}{SPACE}{_OTHER_MONTH}{_OTHER_YEAR}?)", _days_of_months),
    rule("months_range", "month",
         rf"(?P<first>{MONTH}(?:{_COMMA}{YEAR})?){_LISTED}(?P<second>{_OTHER_MONTH}{_OTHER_YEAR}?)", _months),
    rule("weekdays_range", "weekday", rf"(?P<first>{WEEKDAY}){_TO}(?P<second>{_OTHER_WEEKDAY})", _weekdays),
    rule("years_range", "9",
         rf"(?P<first>{_YEAR})(?:{DASH}|{SPACE}(?P<word>to|and|until|through){SPACE})(?P<second>{_YEAR})", _years),
    rule("short_years_range", "9", r"(?P<first>(?:19|20)[0-9]{2})[-\u2013](?P<second>[0-9]{2})", _short_years),
    rule("season_years", "9", r"(?P<first>(?:19|20)[0-9]{2})/(?P<second>[0-9]{2})"
         rf"(?={SPACE}(?:season|campaign|school|academic|financial|fiscal|tax|winter|budget))", _short_years),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
