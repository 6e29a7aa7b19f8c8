"""Rules for times of day."""

from __future__ import annotations

from transforms.timex import guards
from transforms.timex.forms import Shift, Time
from transforms.timex.rule import DASH, SPACE, Match, Range, either, rule
from transforms.timex.words import CARDINALS, PARTS_OF_DAY, US_ZONES, ZONES

_HOURS_OF_HALF_DAY = 12
_NAMED_ZONES = {"eastern": "ET", "central": "CT", "mountain": "MT", "pacific": "PT", "greenwich mean": "GMT"}
_ZONE_NAMES = either((*ZONES.keys() - {"Z"}, *US_ZONES))
_ZONE = (
    rf"(?:{SPACE}(?:(?P<zone>(?-i:{_ZONE_NAMES}))(?![A-Za-z])"
    rf"|(?P<zone_name>{either(_NAMED_ZONES)})(?:{SPACE}(?:standard|daylight))?{SPACE}time"
    rf"|(?:local|(?-i:[A-Z][a-z]{{2,14}})){SPACE}time))"
)
_HOUR = r"(?P<hour>[0-9]{1,2})"
_MINUTE = r"(?P<minute>[0-9]{2})"
_HALF_DAY = r"(?P<half_day>[ap]\.m\.|[ap]m)"
_SPOKEN = rf"(?P<hour>[0-9]{{1,2}}|{either(list(CARDINALS)[:12])})"


def _clock(match: Match) -> Time | None:
    groups = match.groupdict()
    half = (groups.get("half_day") or "").lower()[:1]
    return _time(match["hour"], groups.get("minute"), half, _zone(match))


def _zone(match: Match) -> str | None:
    groups = match.groupdict()
    name = (groups.get("zone_name") or "").lower()
    return groups.get("zone") or _NAMED_ZONES.get(" ".join(name.split()))


def _time(hour_said: str, minute_said: str | None, half: str, zone: str | None = None) -> Time | None:
    """Make a time of a clock of 24 hours, or of 12 where `half` is "a" or "p"."""
    hour, minute = CARDINALS.get(hour_said.lower()) or int(hour_said), int(minute_said or 0)
    if half:
        if not 1 <= hour <= _HOURS_OF_HALF_DAY:
            return None
        hour = hour % _HOURS_OF_HALF_DAY + (_HOURS_OF_HALF_DAY if half == "p" else 0)
    return Time(f"T{hour:02}:{minute:02}", None, zone)


def _spoken(match: Match) -> Time | None:
    """Read "4 in the morning", "seven o'clock in the evening", "five o'clock"."""
    part = (match.groupdict().get("part") or "").lower()
    half = {"morning": "a", "": ""}.get(part, "p")
    return _time(match["hour"], match.groupdict().get("minute"), half)


def _hours(match: Match) -> Range | None:
    half = match["half_day"].lower()[0]
    first = _time(match["first_hour"], match["first_minute"], (match["first_half"] or half).lower()[0])
    second = _time(match["hour"], match["minute"], half, _zone(match))
    return Range(first, second, is_stretch=False) if first and second else None


def _part(match: Match) -> str:
    return PARTS_OF_DAY[match["part"].lower()]


RULES = (
    rule("clock", "9", rf"{_HOUR}(?:[:.]{_MINUTE})?(?:{SPACE})?{_HALF_DAY}{_ZONE}?", _clock),
    rule("clock_range", "9",
         rf"(?P<first>(?P<first_hour>[0-9]{{1,2}})(?:[:.](?P<first_minute>[0-9]{{2}}))?(?:{SPACE})?(?P<first_half>[ap]\.m\.|[ap]m)?)"
         rf"(?:{DASH}|{SPACE}to{SPACE})(?P<second>{_HOUR}(?:[:.]{_MINUTE})?(?:{SPACE})?{_HALF_DAY}{_ZONE}?)", _hours),
    rule("clock_zone", "9", rf"{_HOUR}:{_MINUTE}{_ZONE}", _clock),
    rule("clock_zone", "9", rf"(?P<hour>[012][0-9])(?P<minute>[0-5][0-9]){SPACE}(?P<zone>(?-i:GMT|UTC))", _clock),
    rule("clock_24", "9", rf"{_HOUR}:{_MINUTE}", _clock, guards.clock_said),
    rule("spoken_clock", "9 one two three four five six seven eight nine ten eleven twelve",
         rf"{_SPOKEN}(?:{SPACE}o['\u2019]clock)?{SPACE}(?:in{SPACE}the|at){SPACE}(?P<part>morning|afternoon|evening|night)",
         _spoken, guards.hour_said),
    rule("spoken_clock", "9 one two three four five six seven eight nine ten eleven twelve",
         rf"{_SPOKEN}{SPACE}o['\u2019]clock", _spoken),
    rule("noon", "noon midnight midday", r"(?P<part>noon|midnight|midday)",
         lambda match: Time(PARTS_OF_DAY.get(match["part"].lower(), "T12:00")), guards.noon_meant),
    rule("tonight", "tonight", r"tonight", lambda _: Time("TNI", Shift("day", 0))),
    rule("last_night", "last", rf"last{SPACE}(?P<part>night|evening)",
         lambda match: Time(_part(match), Shift("day", -1))),
    rule("this_part", "this", rf"this{SPACE}(?P<part>morning|afternoon|evening)",
         lambda match: Time(_part(match), Shift("day", 0))),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
