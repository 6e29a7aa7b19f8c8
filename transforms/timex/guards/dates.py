"""What the words around must be for a day, month or season."""

from __future__ import annotations

import re

from transforms.timex.guards.around import COUNTED, WORD_BEHIND, after_preposition, word_before
from transforms.timex.words import DATE_PREPOSITIONS, FUNCTION_WORDS, NAMES_TOO

_GREETINGS = frozenset({"merry", "happy", "father", "white", "blessed"})
_WITH_HOLIDAYS = frozenset({
    "morning", "afternoon", "evening", "night", "weekend", "week", "holiday", "last", "next", "when", "approaches",
    "came", "comes", "fell", "falls", "passed", "began", "begins", "ended",
})  # fmt: skip
_FESTIVITIES = frozenset({
    "address", "barbecue", "barbecues", "celebration", "celebrations", "ceremony", "concert", "concerts", "cookout",
    "crowd", "crowds", "display", "event", "events", "festival", "festivities", "fireworks", "gala", "gathering",
    "parade", "parades", "parties", "party", "picnic", "picnics", "rally", "reception", "sale", "sales", "show",
    "speech", "tradition", "traditions",
})  # fmt: skip
"""What is called after a holiday, and may be held on another day."""
_NUMBERED_THINGS = frozenset({
    "version", "v", "release", "build", "firmware", "update", "section", "clause", "article", "chapter", "rule", "no",
    "ext", "tel", "phone", "call", "fax", "ratio", "score", "ios", "android", "python", "java", "macos",
})  # fmt: skip
_DAY_SAID = frozenset({"on", "dated", "since", "until", "from", "before", "after", "by", "of", "date", "published"})
_SEASON_SAID = frozenset({"by", "in", "since", "until", "till", "early", "late", "mid"})
_PART_BEFORE = re.compile(r"(?i:\b(?:early|mid|late)-)$")
_LED = frozenset({
    "administration", "cabinet", "era", "government", "governments", "ministry", "premiership", "years",
})  # fmt: skip
"""What is called after the person at its head: "the May government"."""
_STREET_AHEAD = re.compile(
    r"[ \u00a0](?:Avenue|Ave|Boulevard|Close|Court|Crescent|Drive|Gardens|Lane|Place|Road|Rd|Square|Street|Terrace"
    r"|Way)\b"
)
_NAME_AHEAD = re.compile(r"[ \u00a0][A-Z][a-z]")


def lone_month(text: str, start: int, end: int) -> bool:
    """Whether a month without day and year is a month: not a name, a verb or a rank.

    >>> lone_month("He left in May.", 11, 14), lone_month("Theresa May left.", 8, 11)
    (True, False)
    """
    if _NAME_AHEAD.match(text, end):
        return False
    if _PART_BEFORE.search(text, max(0, start - len("early--")), start):
        return True
    before = word_before(text, start)
    if text[start:end].lower() in NAMES_TOO:
        return before.lower() in DATE_PREPOSITIONS or _before_noun(text, before.lower(), end)
    return not before[:1].isupper() or before.lower() in DATE_PREPOSITIONS | {"the", "on"}


def _before_noun(text: str, before: str, end: int) -> bool:
    """Whether a month tells a thing apart: "a June agreement", "the May elections"; not "a March on the capital"."""
    ahead = WORD_BEHIND.match(text, end)
    noun = ahead[1].partition("'")[0].partition("\u2019")[0] if ahead else ""
    is_noun = noun.islower() and noun not in FUNCTION_WORDS | _LED
    return before in {"a", "an", "the", "its", "their", "his", "her", "our"} and is_noun


def no_address(text: str, _start: int, end: int) -> bool:
    """Whether a day and a month are no house number and street: "12 May Street"."""
    return not _STREET_AHEAD.match(text, end)


def day_meant(text: str, start: int, end: int) -> bool:
    """Whether a holiday is the day, not what goes with it: "at Christmas", not "a Christmas tree", "Merry Christmas".

    >>> day_meant("at Christmas, he", 3, 12), day_meant("a Christmas tree", 2, 11), day_meant("Easter Island", 0, 6)
    (True, False, False)
    """
    if word_before(text, start).lower() in _GREETINGS:
        return False
    ahead = WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS | _WITH_HOLIDAYS


def no_festivity(text: str, _start: int, end: int) -> bool:
    """Whether a holiday is the day, not the name of what is held: "the Fourth of July parade".

    >>> no_festivity("the Fourth of July parade", 0, 18), no_festivity("the Fourth of July wet", 0, 18)
    (False, True)
    """
    ahead = WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] not in _FESTIVITIES


def no_version(text: str, start: int, _end: int) -> bool:
    """Whether three figures are a day, not the number of a version, a clause or a telephone."""
    return word_before(text, start).lower().rstrip(".:") not in _NUMBERED_THINGS


def day_in_figures_said(text: str, start: int, end: int) -> bool:
    """Whether "3/4/26" is a day: only where a word says so before it."""
    return word_before(text, start).lower().rstrip(":") in _DAY_SAID and no_version(text, start, end)


def end_meant(text: str, start: int, end: int) -> bool:
    """Whether "year end" is a time: "by year-end", not "year-end bonuses"."""
    del start
    ahead = WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS


def season_said(text: str, start: int, end: int) -> bool:
    """Whether a bare season is one of a year: "by summer", "since autumn"."""
    ahead = WORD_BEHIND.match(text, end)
    return word_before(text, start).lower() in _SEASON_SAID and (ahead is None or ahead[1] in FUNCTION_WORDS)


def season_meant(text: str, start: int, end: int) -> bool:
    """Whether "the summer" is a time: "in the summer", not "the fall of the wall", "the spring collection"."""
    ahead = WORD_BEHIND.match(text, end)
    if ahead and (ahead[1] == "of" or ahead[1] not in FUNCTION_WORDS):
        return False
    return after_preposition(text, start, end)


def nothing_counted(text: str, _start: int, end: int) -> bool:
    """Whether a figure behind a day is its year, not the count of what follows."""
    return not COUNTED.match(text, end)
