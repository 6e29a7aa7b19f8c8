"""What the words around must be for four digits to be a year."""

from __future__ import annotations

import re

from transforms.timex.guards.around import COUNTED, REACH, word_before
from transforms.timex.words import DATE_PREPOSITIONS

_EVENT_BEFORE = re.compile(
    r"\b(?:Cup|Games|Olympics|Expo|Championships?|Summit|Conference|Festival|Awards|Elections?|Euro|Eurovision)"
    r"[ \u00a0](?:[A-Z][a-z]{2,12}[ \u00a0])?$"
)
"""An event that is named with its year: World Cup 2018."""
_TITLED = frozenset({"album", "film", "movie", "novel", "song", "book", "single", "track", "drama", "musical", "game"})
_ADDRESS_AHEAD = re.compile(
    r"[ \u00a0](?:[NSEW]\. )?[A-Z][a-z]{1,20}[ \u00a0]"
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Way|Court)\b"
)
_COUNT_BEFORE = re.compile(
    r"\b(?:total|number|crowd|field|group|fleet|population|sum|majority|maximum|minimum|average|force)"
    r"[ \u00a0]of[ \u00a0]$"
)
_FAR = 50
_FAR_SAID = frozenset({"by", "in", "until", "till", "before", "after", "since"})
"""Before four digits from 2050 on, which are seldom a year else."""
_PEOPLE_AHEAD = re.compile(r"[ \u00a0](?:people|men|women|feet|percent)\b")
_DIGIT_AHEAD = re.compile(r"[ \u00a0][0-9]")


def lone_year(text: str, start: int, end: int) -> bool:
    """Whether four digits are a year: not a count, a price or part of a name.

    >>> lone_year("since 2014", 6, 10), lone_year("some 2000 people", 5, 9), lone_year("Windows 2000", 8, 12)
    (True, False, False)
    """
    before = word_before(text, start)
    if before[-1:].isdigit() or _not_a_year(text, before.lower(), start, end):
        return False
    if int(text[end - 2 : end]) >= _FAR and text[end - 4 : end - 2] == "20":
        return before.lower() in _FAR_SAID and not COUNTED.match(text, end)
    if before.lower() in DATE_PREPOSITIONS - {"about", "around", "for", "to", "or", "and"} or before.lower() == "the":
        return not _PEOPLE_AHEAD.match(text, end)
    if _EVENT_BEFORE.search(text, max(0, start - REACH), start):
        return True
    is_name = (
        before[:1].isupper() and not before.endswith(("'s", "\u2019s")) and before.lower() not in DATE_PREPOSITIONS
    )
    return not COUNTED.match(text, end) and not is_name


def _not_a_year(text: str, before: str, start: int, end: int) -> bool:
    """Whether four digits count what follows, number a house or title a work."""
    if _COUNT_BEFORE.search(text, max(0, start - REACH), start) or _DIGIT_AHEAD.match(text, end):
        return True
    return before in _TITLED or _ADDRESS_AHEAD.match(text, end) is not None
