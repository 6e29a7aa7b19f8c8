"""Rules for lengths of time, repeated times and vague references."""

from __future__ import annotations

import re

from transforms.timex import guards
from transforms.timex.counts import COUNT, count_of
from transforms.timex.forms import Duration, Reference, Repeated
from transforms.timex.rule import DASH, JOINT, MONTH_NAME, QUANTITY, SPACE, WEEKDAY, Match, either, rule
from transforms.timex.values import duration_value
from transforms.timex.words import (
    FAR_REFERENCES,
    FREQUENCIES,
    MONTHS,
    MULTIPLES,
    PARTS_OF_DAY,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

_LENGTH_UNIT = r"(?P<unit>second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|centurie)"
_HALF_MORE = rf"(?P<half>{SPACE}and{SPACE}a{SPACE}half)?"
_LEADING = rf"(?:the{SPACE})?(?:(?:first|last|past|next|coming|previous|latest|final){SPACE})?"
_LEADING_HEADS = "the first last past next coming previous latest final count"
_QUARTERS_LEAD = ("the ", "first ", "last ", "past ", "next ")
_YEAR_BEFORE_UNIT = re.compile(r"(?:19|20)[0-9]{2}\s")


def _duration(match: Match) -> Duration | None:
    groups = match.groupdict()
    if not _is_length(match[0].lower(), match["unit"].lower()):
        return None
    count = count_of(match["count"]) if groups.get("count") else 1.0
    extra = 0.5 if groups.get("half") else 0.0
    word = match["unit"].lower()
    return Duration(UNITS[word], None if count is None else (count + extra) * MULTIPLES.get(word, 1))


def _duration_vague(match: Match) -> Duration:
    return Duration(UNITS[match["unit"].lower()], None)


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


_PART = rf"(?P<part>{either(PARTS_OF_DAY)})"

LENGTHS = (
    rule("length", "count", rf"{QUANTITY}{JOINT}(?:more{SPACE})?{_LENGTH_UNIT}s?{_HALF_MORE}", _duration,
         guards.length_meant),
    rule("length_from_here", _LEADING_HEADS, rf"{_LEADING}{QUANTITY}{SPACE}{_LENGTH_UNIT}s?", _duration,
         guards.length_meant),
    rule("length_between", _LEADING_HEADS,
         rf"{_LEADING}{QUANTITY}(?:{DASH}|{SPACE}(?:to|or){SPACE}){COUNT}{JOINT}{_LENGTH_UNIT}s?", _duration,
         guards.not_age),
    rule("old_thing", "count",
         rf"(?:{QUANTITY}-|an?{SPACE})(?P<unit>day|week|month|decade|century)-old", _duration, guards.thing_old),
    rule("unit_long", "a an the", rf"(?:an?|the){SPACE}{_LENGTH_UNIT}-?long", _duration),
    rule("one_length", "a an", rf"an?{SPACE}{_LENGTH_UNIT}", _duration, guards.length_said),
    rule("one_length", "another an", rf"(?:another|an{SPACE}additional){SPACE}{_LENGTH_UNIT}", _duration),
    rule("lengths_long", "days weeks months years decades centuries", rf"{_LENGTH_UNIT}s-long", _duration_vague),
    rule("lengths", "seconds minutes hours days weeks months years decades centuries", rf"{_LENGTH_UNIT}s",
         _duration_vague, guards.long_time_said),
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
    rule("every_month", "every each", rf"(?:every|each){SPACE}{MONTH_NAME}",
         lambda match: Repeated(f"XXXX-{MONTHS[match['month'].lower()]:02}")),
    rule("every_season", "every each", rf"(?:every|each){SPACE}(?P<season>{either(SEASONS)})",
         lambda match: Repeated(f"XXXX-{SEASONS[match['season'].lower()]}")),
    rule("times_a_unit", "once twice count",
         rf"(?:once|twice|{COUNT}{SPACE}times){SPACE}(?:an?|per|each|every){SPACE}(?P<unit>hour|day|week|month|year)",
         _every),
    rule("weekdays", "mondays tuesdays wednesdays thursdays fridays saturdays sundays", rf"{WEEKDAY}s", _weekdays),
    rule("weekday_nights", "weekday", rf"{WEEKDAY}{SPACE}(?P<part>morning|afternoon|evening|night)s", _weekdays),
    rule("frequency", " ".join(FREQUENCIES), rf"(?P<word>{either(FREQUENCIES)})",
         lambda match: Repeated(FREQUENCIES[match["word"].lower()]), guards.lower_case),
)  # fmt: skip
VAGUE = (
    rule("reference", "now right currently nowadays these at recently lately soon",
         rf"(?P<words>{either(REFERENCES)})".replace(" ", SPACE),
         lambda match: Reference(REFERENCES[" ".join(match["words"].lower().split())]), guards.not_compared_time),
    rule("far_reference", "the", rf"(?P<words>{either(FAR_REFERENCES)})".replace(" ", SPACE),
         lambda match: Reference(FAR_REFERENCES[" ".join(match["words"].lower().split())]), guards.far_time_said),
    rule("recent_units", "recent", rf"recent{SPACE}(?:days|weeks|months|years|decades)", lambda _: Reference("past")),
    rule("coming_units", "the coming", rf"(?:the{SPACE})?coming{SPACE}(?:days|weeks|months|years|decades)",
         lambda _: Reference("future")),
    rule("units_ahead", "the", rf"the{SPACE}(?:days|weeks|months|years){SPACE}(?:ahead|to{SPACE}come)",
         lambda _: Reference("future")),
)  # fmt: skip
RULES = (*LENGTHS, *SETS, *VAGUE)
"""In order of preference; of several matches at one place the longest wins, then the first."""
