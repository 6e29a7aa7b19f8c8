"""Rules for lengths of time, repeated times, times of day and vague references."""

from __future__ import annotations

import re

from transforms.timex import guards
from transforms.timex.counts import count_of
from transforms.timex.forms import Duration, Reference, Repeated, Shift, Time
from transforms.timex.rule import JOINT, QUANTITY, SPACE, WEEKDAY, Match, either, rule
from transforms.timex.values import duration_value
from transforms.timex.words import (
    FAR_REFERENCES,
    FREQUENCIES,
    PARTS_OF_DAY,
    REFERENCES,
    UNITS,
    WEEKDAYS,
)

_LENGTH_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)"
_HALF_MORE = rf"(?P<half>{SPACE}and{SPACE}a{SPACE}half)?"
_LEADING = rf"(?:the{SPACE})?(?:(?:first|last|past|next|coming|previous|latest|final){SPACE})?"
_LEADING_HEADS = "the first last past next coming previous latest final count"
_HOURS_OF_HALF_DAY = 12
_QUARTERS_LEAD = ("the ", "first ", "last ", "past ", "next ")
_YEAR_BEFORE_UNIT = re.compile(r"(?:19|20)[0-9]{2}\s")


def _duration(match: Match) -> Duration | None:
    groups = match.groupdict()
    if not _is_length(match[0].lower(), match["unit"].lower()):
        return None
    count = count_of(match["count"]) if groups.get("count") else 1.0
    extra = 0.5 if groups.get("half") else 0.0
    return Duration(UNITS[match["unit"].lower()], None if count is None else count + extra)


def _is_length(words: str, unit: str) -> bool:
    """Whether it is no fraction ("three-quarters") and no year of something ("the 2018 season")."""
    if unit == "quarter":
        return words.endswith("s") and words.startswith(_QUARTERS_LEAD)
    return words.endswith("s") or not _YEAR_BEFORE_UNIT.match(words)


def _every(match: Match) -> Repeated:
    groups = match.groupdict()
    count = 2.0 if (groups.get("other") or "").lower() == "other" else count_of(groups.get("count") or "a")
    return Repeated(duration_value(UNITS[match["unit"].lower()], count))


def _weekdays(match: Match) -> Repeated:
    mark = PARTS_OF_DAY[match["part"].lower()] if match.groupdict().get("part") else ""
    return Repeated(f"XXXX-WXX-{WEEKDAYS[match['weekday'].lower()]}{mark}")


def _clock(match: Match) -> Time | None:
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half_day") or "").lower()[:1]
    if half:
        if not 1 <= hour <= _HOURS_OF_HALF_DAY:
            return None
        hour = hour % _HOURS_OF_HALF_DAY + (_HOURS_OF_HALF_DAY if half == "p" else 0)
    return Time(f"T{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


_ZONE = rf"(?:{SPACE}(?-i:ET|EST|EDT|CT|CST|CDT|MT|MST|MDT|PT|PST|PDT|GMT|UTC|BST|CET|CEST))"
_HOUR = r"(?P<hour>[0-9]{1,2})"
_MINUTE = r"(?P<minute>[0-9]{2})"
_PART = rf"(?P<part>{either(PARTS_OF_DAY)})"

LENGTHS = (
    rule("length", "count", rf"{QUANTITY}{JOINT}(?:more{SPACE})?{_LENGTH_UNIT}s?{_HALF_MORE}", _duration,
         guards.not_age),
    rule("length_from_here", _LEADING_HEADS, rf"{_LEADING}{QUANTITY}{SPACE}{_LENGTH_UNIT}s?", _duration,
         guards.not_age),
    rule("one_length", "a an", rf"an?{SPACE}{_LENGTH_UNIT}", _duration, guards.length_said),
    rule("lengths", "seconds minutes hours days weeks months years decades", rf"{_LENGTH_UNIT}s",
         lambda match: Duration(UNITS[match["unit"].lower()], None), guards.long_time_said),
    rule("one_length", "a an", rf"an?{SPACE}{_LENGTH_UNIT}{SPACE}and{SPACE}a{SPACE}(?P<half>half)", _duration),
    rule("past_unit", "the past", rf"(?:the{SPACE})?past{SPACE}(?P<unit>week|month|quarter|year|decade)", _duration),
)  # fmt: skip
SETS = (
    rule("every_unit", "every each",
         rf"(?:every|each){SPACE}(?P<other>other{SPACE})?(?:{QUANTITY}{SPACE})?(?P<unit>hour|day|week|month|quarter|year)s?",
         _every),
    rule("every_weekday", "every each", rf"(?:every|each){SPACE}{WEEKDAY}(?:{SPACE}{_PART})?", _weekdays),
    rule("every_part", "every each", rf"(?:every|each){SPACE}{_PART}",
         lambda match: Repeated(f"XXXX-XX-XX{PARTS_OF_DAY[match['part'].lower()]}")),
    rule("weekdays", "mondays tuesdays wednesdays thursdays fridays saturdays sundays", rf"{WEEKDAY}s", _weekdays),
    rule("weekday_nights", "weekday", rf"{WEEKDAY}{SPACE}(?P<part>morning|afternoon|evening|night)s", _weekdays),
    rule("frequency", " ".join(FREQUENCIES), rf"(?P<word>{either(FREQUENCIES)})",
         lambda match: Repeated(FREQUENCIES[match["word"].lower()]), guards.lower_case),
)  # fmt: skip
TIMES = (
    rule("clock", "9", rf"{_HOUR}(?:[:.]{_MINUTE})?(?:{SPACE})?(?P<half_day>[ap]\.m\.|[ap]m){_ZONE}?", _clock),
    rule("clock_zone", "9", rf"{_HOUR}:{_MINUTE}{_ZONE}", _clock),
    rule("clock_zone", "9", rf"(?P<hour>[012][0-9])(?P<minute>[0-5][0-9]){SPACE}(?-i:GMT|UTC)", _clock),
    rule("clock_24", "9", rf"{_HOUR}:{_MINUTE}", _clock, guards.after_at),
    rule("noon", "noon midnight midday", r"(?P<part>noon|midnight|midday)",
         lambda match: Time(PARTS_OF_DAY.get(match["part"].lower(), "T12:00"))),
    rule("tonight", "tonight", r"tonight", lambda _: Time("TNI", Shift("day", 0))),
    rule("last_night", "last", rf"last{SPACE}(?P<part>night|evening)",
         lambda match: Time(PARTS_OF_DAY[match["part"].lower()], Shift("day", -1))),
    rule("this_part", "this", rf"this{SPACE}(?P<part>morning|afternoon|evening)",
         lambda match: Time(PARTS_OF_DAY[match["part"].lower()], Shift("day", 0))),
)  # fmt: skip
VAGUE = (
    rule("reference", "now right currently nowadays these at recently lately soon",
         rf"(?P<words>{either(REFERENCES)})".replace(" ", SPACE),
         lambda match: Reference(REFERENCES[" ".join(match["words"].lower().split())]), guards.unjoined),
    rule("far_reference", "the", rf"(?P<words>{either(FAR_REFERENCES)})".replace(" ", SPACE),
         lambda match: Reference(FAR_REFERENCES[" ".join(match["words"].lower().split())]), guards.far_time_said),
    rule("recent_units", "recent", rf"recent{SPACE}(?:days|weeks|months|years|decades)", lambda _: Reference("past")),
    rule("coming_units", "the coming", rf"(?:the{SPACE})?coming{SPACE}(?:days|weeks|months|years|decades)",
         lambda _: Reference("future")),
    rule("units_ahead", "the", rf"the{SPACE}(?:days|weeks|months|years){SPACE}(?:ahead|to{SPACE}come)",
         lambda _: Reference("future")),
)  # fmt: skip
RULES = (*LENGTHS, *SETS, *TIMES, *VAGUE)
"""In order of preference; of several matches at one place the longest wins, then the first."""
