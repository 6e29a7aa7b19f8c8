"""TIMEX3 values (ISO-TimeML, after ISO 8601) that need no calendar: lengths, and dates known only in part."""

from __future__ import annotations

from transforms.timex.words import Unit

_LETTERS: dict[Unit, str] = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "weekend": "P{}WE", "week": "P{}W",
    "month": "P{}M", "quarter": "P{}Q", "year": "P{}Y", "decade": "P{}Y",
    "century": "P{}Y",
}  # fmt: skip
_YEARS: dict[Unit, int] = {"decade": 10, "century": 100}
_HALVES: dict[Unit, str] = {"year": "6M", "hour": "30M", "minute": "30S"}
UNKNOWN: dict[Unit, str | None] = {
    "second": None, "minute": None, "hour": None, "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX",
    "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX", "decade": "XXX",
    "century": "XX",
}  # fmt: skip
"""The value of a unit of the calendar of which nothing is known."""


def duration_value(unit: Unit, count: float | None) -> str:
    """Return the TIMEX3 value of a length.

    >>> duration_value("year", 2.5), duration_value("hour", 2), duration_value("day", None), duration_value("decade", 2)
    ('P2Y6M', 'PT2H', 'PXD', 'P20Y')
    """
    if count is None:
        return _LETTERS[unit].format("X")
    count *= _YEARS.get(unit, 1)
    if count % 1 == 0.5 and unit in _HALVES:
        return _half_value(unit, int(count))
    return _LETTERS[unit].format(f"{count:.10g}")


def _half_value(unit: Unit, whole: int) -> str:
    lead = _LETTERS[unit].format(whole) if whole else ("PT" if unit in {"hour", "minute"} else "P")
    return lead + _HALVES[unit]
