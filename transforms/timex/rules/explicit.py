"""Rules for dates of the calendar: days, months, quarters, seasons, years, decades."""

from __future__ import annotations

from transforms.timex import guards
from transforms.timex.forms import (
    Century,
    Day,
    Decade,
    IsoWeek,
    Month,
    NamedShift,
    PartOfMonth,
    Season,
    WeekOf,
    Year,
)
from transforms.timex.rule import (
    DAY,
    JOINT,
    LAST_MONTH,
    MONTH,
    MONTH_NAME,
    NUMBER,
    SPACE,
    WEEKDAY,
    YEAR,
    Match,
    either,
    number_of,
    rule,
)
from transforms.timex.words import CARDINALS, DECADES, MONTH_NUMBERS, SEASONS, TENS, WEEKDAYS

_COMMA = rf"(?:,(?:{SPACE})?|{SPACE}(?:of{SPACE})?)"
_BARE_YEAR = r"(?P<year>19[0-9]{2}|20[0-9]{2})"
_THE = rf"(?:the{SPACE})?"
_LONGEST_MONTH = 31
_WEEK_OF = rf"{_THE}week{SPACE}(?:of|beginning|ending|starting){SPACE}"
_WEEKS_OF_MONTH = 5
_LAST_CENTURY = 40
_MONTH_AND_DAY = rf"(?:{MONTH}{SPACE}{DAY}(?:{_COMMA}{YEAR})?)"
_DAY_AND_MONTH = rf"(?:{DAY}{SPACE}{LAST_MONTH}(?:{_COMMA}{YEAR})?)"


def _year(match: Match) -> int | None:
    groups = match.groupdict()
    return int(groups["year"]) if groups.get("year") else None


def _month(match: Match) -> Month:
    return Month(_year(match), MONTH_NUMBERS[match["month"].lower()])


def _day(match: Match) -> Day | None:
    day = int(match["day"])
    return Day(_year(match), _month(match).month, day) if 1 <= day <= _LONGEST_MONTH else None


def _numeric_day(match: Match) -> Day:
    return Day(int(match["year"]), int(match["month_number"]), int(match["day"]))


def _season(match: Match) -> Season:
    return Season(_year(match), SEASONS[match["season"].lower()])


def _century(match: Match) -> Century | None:
    number = number_of(match)
    return Century(number) if 1 <= number <= _LAST_CENTURY else None


def _the_year(match: Match) -> Year:
    return Year(2000 if match["year"][0] in "tT" else int(match["year"]))


def _week(match: Match) -> WeekOf | None:
    day = _day(match)
    return WeekOf(day) if day else None


def _part_of_month(match: Match) -> PartOfMonth | None:
    number = number_of(match)
    weekday = WEEKDAYS[match["weekday"].lower()] if match.groupdict().get("weekday") else None
    return PartOfMonth(_month(match), number, weekday) if number <= _WEEKS_OF_MONTH else None


def _decade(match: Match) -> Decade:
    digits = match["decade"].lower()
    if digits in DECADES:
        return Decade(1900 + DECADES[digits])
    return Decade(int(digits) if len(digits) > 2 else 1900 + int(digits))


def _spelled_year(match: Match) -> Year | None:
    ones = CARDINALS[match["ones"].lower()] if match["ones"] else 0
    return Year(1900 + TENS[match["tens"].lower()] + ones) if ones < 10 else None


def _iso_week(match: Match) -> IsoWeek:
    weekday = match.groupdict().get("weekday_number")
    return IsoWeek(int(match["year"]), int(match["week"]), int(weekday) if weekday else None)


RULES = (
    rule("month_day_year", "month", rf"{MONTH}{SPACE}{DAY}{_COMMA}{YEAR}", _day),
    rule("day_month_year", "9", rf"{DAY}{SPACE}(?:of{SPACE})?{MONTH}{_COMMA}{YEAR}", _day),
    rule("iso_day", "9", rf"{YEAR}-(?P<month_number>[0-9]{{2}})-(?P<day>[0-9]{{2}})", _numeric_day),
    rule("month_day", "month", rf"{MONTH}{SPACE}{DAY}", _day),
    rule("day_month", "9", rf"{DAY}{SPACE}(?:of{SPACE})?{LAST_MONTH}", _day, guards.no_address),
    rule("month_year", "month", rf"{MONTH}{_COMMA}{YEAR}", _month),
    rule("month_since", "month", rf"(?:(?<=since )|(?<=since early )|(?<=since late )|(?<=since mid-)){MONTH_NAME}",
         lambda match: NamedShift(_month(match), -1)),
    rule("month", "month", MONTH_NAME, _month, guards.lone_month),
    rule("season_of_year", "the spring summer autumn fall winter",
         rf"{_THE}(?P<season>{either(SEASONS)}){SPACE}(?:of{SPACE})?{YEAR}", _season),
    rule("season", "the", rf"the{SPACE}(?P<season>spring|summer|autumn|fall|winter)", _season, guards.season_meant),
    rule("season", "spring summer autumn fall winter", rf"(?P<season>{either(SEASONS)})", _season, guards.season_said),
    rule("iso_week", "9", rf"{YEAR}-W(?P<week>[0-9]{{2}})(?:-(?P<weekday_number>[1-7]))?", _iso_week),
    rule("week_of_year", "week", rf"week{SPACE}(?P<week>[0-9]{{1,2}}){SPACE}of{SPACE}{YEAR}", _iso_week),
    rule("decade", "the 9", rf"{_THE}(?P<decade>1[0-9]{{2}}0|20[0-9]0)['\u2019]?s", _decade),
    rule("decade", "the", rf"the{SPACE}(?P<decade>{either(DECADES)})", _decade, guards.not_age),
    rule("century", "the number", rf"{_THE}{NUMBER}{JOINT}century", _century),
    rule("the_year", "the", rf"the{SPACE}year{SPACE}(?P<year>[0-9]{{1,6}}|two{JOINT}thousand)", _the_year),
    rule("odd_year", "month",
         rf"{MONTH}{SPACE}{DAY},{SPACE}(?P<year>0[0-9]{{3}}|[0-9]{{5,6}})", _day, guards.nothing_counted),
    rule("odd_year", "9", rf"{DAY}{SPACE}{MONTH}{SPACE}(?P<year>0[0-9]{{3}}|[0-9]{{5,6}})", _day,
         guards.nothing_counted),
    rule("odd_year", "9",
         r"(?P<year>0[0-9]{3}|[0-9]{5,6})-(?P<month_number>[0-9]{2})-(?P<day>[0-9]{2})", _numeric_day),
    rule("week_of_day", "the week", rf"{_WEEK_OF}{_MONTH_AND_DAY}", _week),
    rule("week_of_day", "the week", rf"{_WEEK_OF}{_DAY_AND_MONTH}", _week),
    rule("week_of_month", "the number",
         rf"{_THE}{NUMBER}{SPACE}week{SPACE}(?:of|in){SPACE}{LAST_MONTH}(?:{_COMMA}{YEAR})?", _part_of_month),
    rule("weekday_of_month", "the number",
         rf"{_THE}{NUMBER}{SPACE}{WEEKDAY}{SPACE}(?:of|in){SPACE}{LAST_MONTH}(?:{_COMMA}{YEAR})?", _part_of_month),
    rule("decade", "the", r"the[ \u00a0]['\u2019](?P<decade>[2-9]0)['\u2019]?s", _decade),
    rule("year", "9", _BARE_YEAR, lambda match: Year(int(match["year"])), guards.lone_year),
    rule("old_year", "9", r"(?P<year>1[0-8][0-9]{2})", lambda match: Year(int(match["year"])),
         lambda text, start, end: guards.after_preposition(text, start, end) and guards.lone_year(text, start, end)),
    rule("spelled_year", "nineteen",
         rf"nineteen{JOINT}(?P<tens>{either(TENS)})(?:{JOINT}(?P<ones>{either(CARDINALS)}))?",
         _spelled_year),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
