"""What the words around must be for a weekday."""

from __future__ import annotations

import re

from transforms.timex.guards.around import WORD_BEHIND, word_before
from transforms.timex.named_days import YEARLY
from transforms.timex.words import FUNCTION_WORDS, NUMBERED, PARTS_OF_DAY, WEEKDAYS

_NAME_AHEAD = re.compile(
    r"[ \u00a0](?:Express|Herald|Independent|Mail|Mirror|Post|Telegraph|Times|Agreement|Accord|Night Live"
    r"|Night Football|Night Fever|Night Lights|Club|Group)\b"
)
_HOLIDAYS = frozenset({name.split()[0] for name in YEARLY if name.split()[-1].lower() in WEEKDAYS})
_NAMING = _HOLIDAYS | {
    "Advent", "Bloody", "Blue", "Business", "Casual", "Easter", "Freaky", "Gloomy", "Happy", "Holy", "Manic",
    "Meatless", "Mercy", "Mothering", "Passion", "Pentecost", "Rose", "Ruby", "Sheffield", "Spy", "Super", "Taco",
    "Throwback", "Trinity",
}  # fmt: skip
"""Words that make a name with a weekday. Others with a capital are places and people: "in Geneva Tuesday"."""
_ORDINALS = NUMBERED.keys() - {"last"}
_ORDINAL_IN_FIGURES = re.compile(r"[0-9]{1,3}(?:st|nd|rd|th)")


def weekday_meant(text: str, start: int, end: int) -> bool:
    """Whether a weekday is that of some week: no part of a name, nor one of a row of them.

    >>> weekday_meant("Bloody Sunday", 7, 13), weekday_meant("in Geneva Sunday", 10, 16)
    (False, True)
    >>> weekday_meant("the Sunday Times", 4, 10), weekday_meant("the Second Sunday of Advent", 11, 17)
    (False, False)
    """
    before = word_before(text, start)
    is_numbered = before.lower() in _ORDINALS or _ORDINAL_IN_FIGURES.fullmatch(before)
    return before not in _NAMING and not is_numbered and not _NAME_AHEAD.match(text, end)


def day_itself(text: str, start: int, end: int) -> bool:
    """Whether "a Friday" is a day, not when something is: "on a Friday night", not "a Friday night raid".

    >>> day_itself("on a Friday night in May", 3, 11), day_itself("a Friday night raid", 0, 8)
    (True, False)
    """
    del start
    ahead = WORD_BEHIND.match(text, end)
    if ahead and ahead[1] in PARTS_OF_DAY:
        ahead = WORD_BEHIND.match(text, ahead.end())
    return ahead is None or ahead[1] in FUNCTION_WORDS or ahead[1][0].isdigit()
