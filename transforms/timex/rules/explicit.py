"""Rules for dates of the calendar: days, months, quarters, seasons, years, decades."""

from __future__ import annotations

from transforms.timex import guards
from transforms.timex.forms import (
    Day,
    Decade,
    FiscalYear,
    Form,
    IsoWeek,
    Month,
    Quarter,
    Season,
    Year,
)
from transforms.timex.rule import (
    DAY,
    JOINT,
    LAST_MONTH,
    MONTH,
    MONTH_NAME,
    SPACE,
    YEAR,
    Match,
    either,
    rule,
)
from transforms.timex.words import CARDINALS, MONTH_NUMBERS, ORDINALS, SEASONS, TENS

_COMMA = rf"(?:,(?:{SPACE})?|{SPACE}(?:of{SPACE})?)"
_ORDINAL = rf"(?P<ordinal>{either(ORDINALS)})"
_BARE_YEAR = r"(?P<year>19[0-9]{2}|20[0-4][0-9])"
_THE = rf"(?:the{SPACE})?"
_LONGEST_RANGE = 31


def _year(match: Match) -> int | None:
    groups = match.groupdict()
    return int(groups["year"]) if groups.get("year") else None


def _month(match: Match) -> Month:
    return Month(_year(match), MONTH_NUMBERS[match["month"].lower()])


def _day(match: Match) -> Day | None:
    day = int(match["day"])
    return Day(_year(match), _month(match).month, day) if 1 <= day <= _LONGEST_RANGE else None


def _numeric_day(match: Match) -> Day:
    return Day(int(match["year"]), int(match["month_number"]), int(match["day"]))


def _quarter(match: Match) -> Form:
    groups = match.groupdict()
    number = ORDINALS[match["ordinal"].lower()] if groups.get("ordinal") else int(match["quarter"])
    return FiscalYear(_year(match), number) if groups.get("fiscal") else Quarter(_year(match), number)


def _season(match: Match) -> Season:
    return Season(_year(match), SEASONS[match["season"].lower()])


def _fiscal_year(match: Match) -> FiscalYear:
    year = int(match["year"])
    return FiscalYear(year if year > 99 else 2000 + year)


def _decade(match: Match) -> Decade:
    digits = match["decade"]
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
    rule("day_month", "9", rf"{DAY}{SPACE}(?:of{SPACE})?{LAST_MONTH}", _day),
    rule("nine_eleven", "9", r"9/11", lambda _: Day(2001, 9, 11)),
    rule("month_year", "month", rf"{MONTH}{_COMMA}{YEAR}", _month),
    rule("month", "month", MONTH_NAME, _month, guards.lone_month),
    rule("quarter_code", "q1 q2 q3 q4", rf"Q(?P<quarter>[1-4])(?:{SPACE}(?:of{SPACE})?{YEAR})?", _quarter),
    rule("quarter_code", "9", rf"{YEAR}[- ]Q(?P<quarter>[1-4])", _quarter),
    rule("quarter_of_year", "the first second third fourth 1st 2nd 3rd 4th 9",
         rf"{_THE}(?P<fiscal>fiscal{JOINT})?{_ORDINAL}{JOINT}quarter(?:{SPACE}(?:of{SPACE})?{YEAR})?", _quarter),
    rule("year_quarter", "the fiscal 9",
         rf"{_THE}(?:{YEAR}{SPACE})?(?P<fiscal>fiscal{JOINT})?{_ORDINAL}{JOINT}quarter", _quarter),
    rule("season_of_year", "the spring summer autumn fall winter",
         rf"{_THE}(?P<season>{either(SEASONS)}){SPACE}(?:of{SPACE})?{YEAR}", _season),
    rule("season", "the", rf"the{SPACE}(?P<season>spring|summer|autumn|winter)", _season, guards.after_preposition),
    rule("iso_week", "9", rf"{YEAR}-W(?P<week>[0-9]{{2}})(?:-(?P<weekday_number>[1-7]))?", _iso_week),
    rule("week_of_year", "week", rf"week{SPACE}(?P<week>[0-9]{{1,2}}){SPACE}of{SPACE}{YEAR}", _iso_week),
    rule("fiscal_year", "fiscal", rf"fiscal{SPACE}(?:year{SPACE})?(?P<year>(?:19|20)[0-9]{{2}})", _fiscal_year),
    rule("fiscal_year", "fy2019 fy", rf"FY(?:{SPACE})?(?P<year>(?:20)?[0-9]{{2}})", _fiscal_year),
    rule("decade", "the 9", rf"{_THE}(?P<decade>1[0-9]{{2}}0|20[0-4]0)['\u2019]?s", _decade),
    rule("decade", "the", r"the[ \u00a0]['\u2019](?P<decade>[2-9]0)['\u2019]?s", _decade),
    rule("year", "9", _BARE_YEAR, lambda match: Year(int(match["year"])), guards.lone_year),
    rule("old_year", "9", r"(?P<year>1[0-8][0-9]{2})", lambda match: Year(int(match["year"])),
         lambda text, start, end: guards.after_preposition(text, start, end) and guards.lone_year(text, start, end)),
    rule("spelled_year", "nineteen",
         rf"nineteen{JOINT}(?P<tens>{either(TENS)})(?:{JOINT}(?P<ones>{either(CARDINALS)}))?",
         _spelled_year),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
