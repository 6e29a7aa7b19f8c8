"""What the words around must be for a length of time."""

from __future__ import annotations

import re

from transforms.timex.guards.around import WORD_BEHIND, word_before
from transforms.timex.words import FUNCTION_WORDS

_YOUNG = frozenset({
    "baby", "babies", "boy", "boys", "girl", "girls", "infant", "infants", "child", "children", "son", "daughter",
    "twin", "twins", "toddler", "brother", "sister", "calf", "cub", "cubs", "puppy", "puppies", "kitten", "kittens",
    "grandson", "granddaughter", "nephew", "niece", "foal", "lamb", "lambs", "panda", "female", "male",
})  # fmt: skip
_AGE_AHEAD = re.compile(r"(?:[-\u2010\u2011 \u00a0]old|s?[ \u00a0]of age)\b")
_LENGTH_BEFORE = frozenset(
    {
        "for",
        "in",
        "within",
        "over",
        "than",
        "least",
        "most",
        "about",
        "nearly",
        "almost",
        "after",
        "before",
        "takes",
        "took",
        "take",
        "lasts",
        "lasted",
        "last",
        "just",
        "only",
        "under",
        "up",
        "roughly",
        "around",
        "every",
        "spent",
        "through",
        "another",
        "quite",
        "half",
        "to",
    }
)


def not_age(text: str, start: int, end: int) -> bool:
    """Whether a length of time is no one's age.

    >>> not_age("17 years old", 0, 8), not_age("17 years later", 0, 8)
    (False, True)
    """
    return not _AGE_AHEAD.match(text, end) and word_before(text, start).lower() not in {"aged", "age", "as"}


def length_meant(text: str, start: int, end: int) -> bool:
    """Whether a counted unit is a length: no age, and no "one day" of a tale ("he hopes to return one day")."""
    if text[start:end].lower() == "one day":
        return word_before(text, start).lower() in _LENGTH_BEFORE | {"by"}
    return not_age(text, start, end)


def length_said(text: str, start: int, end: int) -> bool:
    """Whether "a week" is a length ("for a week", "a week after"), not a rate ("once a week", "$9 a week")."""
    ahead = WORD_BEHIND.match(text, end)
    is_counted = ahead is not None and ahead[1] in {"after", "before", "since"}
    return (is_counted or word_before(text, start).lower() in _LENGTH_BEFORE) and not_age(text, start, end)


def long_time_said(text: str, start: int, end: int) -> bool:
    """Whether "weeks" without a count is a length: "for weeks"."""
    return word_before(text, start).lower() in {"for", "in", "within", "over", "took", "take", "lasted"} and not_age(
        text, start, end
    )


def thing_old(text: str, _start: int, end: int) -> bool:
    """Whether the age is a thing's, and so how long it has lasted: "a month-old truce", not "a month-old baby"."""
    ahead = WORD_BEHIND.match(text, end)
    return ahead is not None and ahead[1] not in _YOUNG and ahead[1] not in FUNCTION_WORDS
