"""What the words around must be for a time of day."""

from __future__ import annotations

from transforms.timex.guards.around import word_before

_CLOCK_SAID = frozenset({"by", "until", "till", "from", "before", "after", "around", "about", "since", "to", "and"})
_FULL_CLOCK = len("08:30")


def clock_said(text: str, start: int, end: int) -> bool:
    """Whether two figures are a clock and no score: "at 14:30", "until 08:00", not "won 14:30"."""
    before = word_before(text, start).lower()
    return before == "at" or (before in _CLOCK_SAID and end - start == _FULL_CLOCK)


def hour_said(text: str, start: int, end: int) -> bool:
    """Whether a bare number is an hour: "at 4 in the morning", not "killed 4 in the morning"."""
    is_clock = "clock" in text[start:end]
    return is_clock or word_before(text, start).lower() in _CLOCK_SAID | {"at"}


def noon_meant(text: str, start: int, _end: int) -> bool:
    """Whether "noon" is the time: not "High Noon"."""
    return word_before(text, start).lower() != "high"
