"""What the words around must be for a time told relatively."""

from __future__ import annotations

import re

from transforms.timex.guards.around import WORD_BEHIND, after_preposition, unjoined, word_before
from transforms.timex.words import FUNCTION_WORDS

_WITHIN = frozenset({
    "for", "of", "in", "during", "through", "throughout", "over", "within", "across", "around", "all",
})  # fmt: skip
_COUNTED_ON = frozenset({
    "to", "since", "before", "after", "that", "when", "until", "of", "between", "which", "he", "she", "they", "it",
    "we", "i", "you", "in", "his", "her", "their",
})  # fmt: skip
_SPAN_VERBS = frozenset({"rose", "fell", "increased", "declined", "totaled", "totalled", "grew", "ended", "dropped"})
_WORD_AHEAD = re.compile(r"[ \u00a0]\w")
_OF_A_DATE = re.compile(r"[ \u00a0](?:of|before|after)[ \u00a0](?:the[ \u00a0])?(?:[A-Z0-9]|last\b|next\b|that\b)")


def stands_alone(text: str, _start: int, end: int) -> bool:
    """Whether no further word follows that the match would belong to: "the quarter", not "the quarter final"."""
    ahead = WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS - {"of"} | {"ended", "ending", "just"}


def far_time_said(text: str, start: int, end: int) -> bool:
    """Whether it is a time, not what a time is like: "in the past", not "the past president"."""
    ahead = WORD_BEHIND.match(text, end)
    return word_before(text, start).lower() in {"in", "for", "of"} and (ahead is None or ahead[1] in FUNCTION_WORDS)


def nothing_compared(text: str, start: int, end: int) -> bool:
    """Whether "two days before" counts from a date, not from what follows ("before the vote", "later than")."""
    if text[start:end].lower().endswith(("before", "after")):
        return not _WORD_AHEAD.match(text, end)
    return not text.startswith(" than", end)


def no_other_weekend(text: str, _start: int, end: int) -> bool:
    """Whether "the weekend" is the one at hand: not "the weekend of July 4", "the weekend before last"."""
    return not _OF_A_DATE.match(text, end)


def uncounted(text: str, start: int, _end: int) -> bool:
    """Whether no number stands before: "weeks ago", not a count too long to read."""
    return not word_before(text, start)[-1:].isdigit()


def span_at_hand(text: str, start: int, end: int) -> bool:
    """Whether "the year" is the one the text is about: "for the year", not "in the year since", "the year of".

    >>> span_at_hand("fell for the year.", 9, 17), span_at_hand("in the year since", 3, 11)
    (True, False)
    """
    ahead = WORD_BEHIND.match(text, end)
    if text[end - 3 : end - 2].islower() and not text[start:end].rsplit(maxsplit=1)[-1].islower():
        return False  # a title: Woman of the Year
    if word_before(text, start).lower() not in _WITHIN or (ahead and ahead[1] in _COUNTED_ON):
        return False
    return ahead is None or ahead[1] in FUNCTION_WORDS | _SPAN_VERBS


def not_compared_time(text: str, start: int, end: int) -> bool:
    """Whether "soon" and its like are references of their own: not "as soon as", "soon after", "now-defunct"."""
    word = text[start:end].lower()
    ahead = WORD_BEHIND.match(text, end)
    follows = ahead[1].lower() if ahead else ""
    if word == "soon" and follows in {"after", "as", "before", "enough", "to"}:
        return False
    return unjoined(text, start, end)


def no_title(text: str, start: int, end: int) -> bool:
    """Whether "this week" is a time, not the name of a programme: "This Week" in quotes or behind a name."""
    if not text[end - 4 : end].istitle() or text[start:end].isupper():
        return True
    return text[max(0, start - 1) : start] not in {'"', "\u201c", "`", "'", "\u2018"}


def that_day_meant(text: str, start: int, end: int) -> bool:
    """Whether "that Sunday" points at a day: "on that Sunday", not "he said that Sunday is fine"."""
    return word_before(text, start).lower() == "on" or after_preposition(text, start, end)
