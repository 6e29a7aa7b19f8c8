"""What stands right before and behind a match."""

from __future__ import annotations

import re

from transforms.timex.words import DATE_PREPOSITIONS

REACH = 40
WORD_BEHIND = re.compile(r"[ \u00a0]{1,2}(\w[\w'\u2019-]{0,30})")
COUNTED = re.compile(
    r"[ \u00a0](?:people|men|women|children|percent|per|dollars|euros|million|billion|feet|foot|[a-z]{3,}s)\b"
)


def word_before(text: str, start: int) -> str:
    """Return the word before `start` on its line, with no mark between; else nothing."""
    before = text[max(0, start - REACH) : start].rpartition("\n")[2]
    if not before[-1:].isspace() and before[-1:] != "(":
        return ""
    words = before.split()
    return words[-1] if words else ""


def after_preposition(text: str, start: int, _end: int) -> bool:
    """Whether a word such as "in" or "since" stands before."""
    return word_before(text, start).lower() in DATE_PREPOSITIONS


def lower_case(text: str, start: int, _end: int) -> bool:
    """Whether the match starts small: "daily", not "the Daily Echo"."""
    return text[start].islower()


def unjoined(text: str, _start: int, end: int) -> bool:
    """Whether no hyphen makes it part of a compound: "now", not "now-defunct"."""
    return text[end : end + 1] not in {"-", "\u2010", "\u2011"}
