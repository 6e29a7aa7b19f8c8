"""Holidays and days with a name: which day each is, in which year."""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = {
    "New Year's Day": (1, 1), "Epiphany": (1, 6), "Burns Night": (1, 25), "Australia Day": (1, 26),
    "Groundhog Day": (2, 2), "Valentine's Day": (2, 14), "International Women's Day": (3, 8),
    "St. Patrick's Day": (3, 17), "April Fools' Day": (4, 1), "April Fool's Day": (4, 1), "Earth Day": (4, 22),
    "St. George's Day": (4, 23), "Anzac Day": (4, 25), "May Day": (5, 1), "Cinco de Mayo": (5, 5),
    "Juneteenth": (6, 19), "Canada Day": (7, 1), "Independence Day": (7, 4), "Fourth of July": (7, 4),
    "July Fourth": (7, 4), "Bastille Day": (7, 14), "Halloween": (10, 31), "All Saints' Day": (11, 1),
    "Bonfire Night": (11, 5), "Guy Fawkes Night": (11, 5), "Armistice Day": (11, 11), "Veterans Day": (11, 11),
    "Remembrance Day": (11, 11), "World AIDS Day": (12, 1), "Christmas Eve": (12, 24), "Christmas Day": (12, 25),
    "Christmas": (12, 25), "Boxing Day": (12, 26), "Hogmanay": (12, 31), "New Year's Eve": (12, 31),
}  # fmt: skip
"""Month and day of each year."""
_NTH = {
    "Martin Luther King Jr. Day": (1, 1, 3), "Martin Luther King Day": (1, 1, 3), "Presidents' Day": (2, 1, 3),
    "Presidents Day": (2, 1, 3), "Mother's Day": (5, 7, 2), "Memorial Day": (5, 1, -1), "Father's Day": (6, 7, 3),
    "Labor Day": (9, 1, 1), "Labour Day": (9, 1, 1), "Columbus Day": (10, 1, 2), "Indigenous Peoples' Day": (10, 1, 2),
    "Thanksgiving Day": (11, 4, 4), "Thanksgiving": (11, 4, 4), "Remembrance Sunday": (11, 7, 2),
}  # fmt: skip
"""Month, weekday (Monday = 1) and which of them, -1 the last. American where countries differ."""
_EASTER = {
    "Shrove Tuesday": -47, "Mardi Gras": -47, "Fat Tuesday": -47, "Ash Wednesday": -46, "Palm Sunday": -7,
    "Maundy Thursday": -3, "Good Friday": -2, "Holy Saturday": -1, "Easter Sunday": 0, "Easter": 0, "Easter Monday": 1,
    "Ascension Day": 39, "Whit Monday": 50,
}  # fmt: skip
"""Days after Easter Sunday of the western churches."""
_AFTER = {
    "Black Friday": ("Thanksgiving", 1),
    "Cyber Monday": ("Thanksgiving", 4),
    "Giving Tuesday": ("Thanksgiving", 5),
}
_ONCE = {
    "D-Day": date(1944, 6, 6), "VE Day": date(1945, 5, 8), "V-E Day": date(1945, 5, 8), "VJ Day": date(1945, 8, 15),
    "V-J Day": date(1945, 8, 15), "Pearl Harbor Day": date(1941, 12, 7), "Kristallnacht": date(1938, 11, 9),
    "September 11": date(2001, 9, 11), "Sept. 11": date(2001, 9, 11), "9/11": date(2001, 9, 11),
}  # fmt: skip
"""Days that came once."""
_ELECTION, _INAUGURATION = "Election Day", "Inauguration Day"

YEARLY = (*_FIXED, *_NTH, *_EASTER, *_AFTER, _ELECTION, _INAUGURATION)
ONCE = ("D-Day", "VE Day", "V-E Day", "VJ Day", "V-J Day", "Kristallnacht")
"""Names that mean their one day wherever they stand; the others of their kind do in an anniversary only."""
REMEMBERED = tuple(_ONCE)


def once(name: str) -> date | None:
    """Return the day that came once under this name; None for holidays.

    >>> once("D-Day"), once("Easter")
    (datetime.date(1944, 6, 6), None)
    """
    return _ONCE.get(name)


def month_and_day(name: str) -> tuple[int, int] | None:
    """Return month and day of a holiday that has the same every year."""
    return _FIXED.get(name)


def of_year(name: str, year: int) -> date | None:
    """Return the day a holiday fell on in `year`; None where there was none. Raises KeyError for unknown names.

    >>> of_year("Thanksgiving", 2024), of_year("Good Friday", 2024), of_year("Inauguration Day", 2024)
    (datetime.date(2024, 11, 28), datetime.date(2024, 3, 29), None)
    """
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _NTH:
        return nth_weekday(year, *_NTH[name])
    if name in _AFTER:
        base, days = _AFTER[name]
        return nth_weekday(year, *_NTH[base]) + timedelta(days=days)
    if name == _ELECTION:
        return nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    if name == _INAUGURATION:
        return date(year, 1, 20) if year % 4 == 1 else None
    return easter(year) + timedelta(days=_EASTER[name])


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Return the first, second ... (-1: last) weekday of a month; ValueError where it has no such.

    >>> nth_weekday(2024, 5, 1, -1)
    datetime.date(2024, 5, 27)
    """
    if number < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=(following.isoweekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    if found.month != month:
        raise ValueError(f"no weekday {weekday} number {number} in {year}-{month}")
    return found


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (the anonymous computus of 1876).

    >>> easter(2024), easter(2025)
    (datetime.date(2024, 3, 31), datetime.date(2025, 4, 20))
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
