"""Time zones that news gives with a time of day, as offsets from UTC."""

from __future__ import annotations

from datetime import date

from transforms.timex.named_days import nth_weekday
from transforms.timex.words import US_ZONES, ZONES

_SUNDAY = 7
_FIRST_RULED = 2007


def with_zone(mark: str, zone: str | None, day: date | None) -> str:
    """Return a TIMEX3 clock mark with the offset of its zone, as far as zone and day tell it.

    >>> with_zone("T09:30", "EST", None), with_zone("T09:30", "GMT", None), with_zone("T09:30", "ET", date(2026, 7, 1))
    ('T09:30-05:00', 'T09:30Z', 'T09:30-04:00')
    """
    minutes = _minutes(zone, day) if zone else None
    if minutes is None:
        return mark
    if minutes == 0:
        return f"{mark}Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{mark}{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _minutes(zone: str, day: date | None) -> int | None:
    if zone in ZONES:
        return ZONES[zone]
    if zone not in US_ZONES or day is None:
        return None
    return US_ZONES[zone] + (60 if _is_us_summer_time(day) else 0)


def _is_us_summer_time(day: date) -> bool:
    """Whether American clocks are ahead: since 2007 from March to November, before that from April to October."""
    if day.year >= _FIRST_RULED:
        return nth_weekday(day.year, 3, _SUNDAY, 2) <= day < nth_weekday(day.year, 11, _SUNDAY, 1)
    return nth_weekday(day.year, 4, _SUNDAY, 1) <= day < nth_weekday(day.year, 10, _SUNDAY, -1)
