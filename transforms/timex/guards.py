"""What the words around a match must be for it to be a date."""

from __future__ import annotations

import re

from transforms.timex.words import DATE_PREPOSITIONS, FUNCTION_WORDS, NAMES_TOO

_REACH = 40
_WORD_BEHIND = re.compile(r"[ \u00a0]{1,2}(\w[\w'\u2019-]{0,30})")
_GREETINGS = frozenset({"merry", "happy", "father", "white", "blessed"})
_WITH_HOLIDAYS = frozenset({
    "morning", "afternoon", "evening", "night", "weekend", "week", "holiday", "last", "next", "when", "approaches",
    "came", "comes", "fell", "falls", "passed", "began", "begins", "ended",
})  # fmt: skip
_NUMBERED_THINGS = frozenset({
    "version", "v", "release", "build", "firmware", "update", "section", "clause", "article", "chapter", "rule", "no",
    "ext", "tel", "phone", "call", "fax", "ratio", "score", "ios", "android", "python", "java", "macos",
})  # fmt: skip
_DAY_SAID = frozenset({"on", "dated", "since", "until", "from", "before", "after", "by", "of", "date", "published"})
_WITHIN = frozenset({
    "for", "of", "in", "during", "through", "throughout", "over", "within", "across", "around", "all",
})  # fmt: skip
_COUNTED_ON = frozenset({
    "to", "since", "before", "after", "that", "when", "until", "of", "between", "which", "he", "she", "they", "it",
    "we", "i", "you", "in", "his", "her", "their",
})  # fmt: skip
_SPAN_VERBS = frozenset({"rose", "fell", "increased", "declined", "totaled", "totalled", "grew", "ended", "dropped"})
_EVENT_BEFORE = re.compile(
    r"\b(?:Cup|Games|Olympics|Expo|Championships?|Summit|Conference|Festival|Awards|Elections?|Euro|Eurovision)"
    r"[ \u00a0](?:[A-Z][a-z]{2,12}[ \u00a0])?$"
)
"""An event that is named with its year: World Cup 2018."""
_YOUNG = frozenset({
    "baby", "babies", "boy", "boys", "girl", "girls", "infant", "infants", "child", "children", "son", "daughter",
    "twin", "twins", "toddler", "brother", "sister", "calf", "cub", "cubs", "puppy", "puppies", "kitten", "kittens",
    "grandson", "granddaughter", "nephew", "niece", "foal", "lamb", "lambs", "panda", "female", "male",
})  # fmt: skip
_CLOCK_SAID = frozenset({"by", "until", "till", "from", "before", "after", "around", "about", "since", "to", "and"})
_FULL_CLOCK = len("08:30")
_FAR = 50
_FAR_SAID = frozenset({"by", "in", "until", "till", "before", "after", "since"})
"""Before four digits from 2050 on, which are seldom a year else."""
_SEASON_SAID = frozenset({"by", "since", "until", "till", "early", "late", "mid"})
_COUNTED = re.compile(
    r"[ \u00a0](?:people|men|women|children|percent|per|dollars|euros|million|billion|feet|foot|[a-z]{3,}s)\b"
)
_PEOPLE_AHEAD = re.compile(r"[ \u00a0](?:people|men|women|feet|percent)\b")
_NAME_AHEAD = re.compile(r"[ \u00a0][A-Z][a-z]")
_AGE_AHEAD = re.compile(r"(?:[-\u2010\u2011 \u00a0]old|s?[ \u00a0]of age)\b")
_WORD_AHEAD = re.compile(r"[ \u00a0]\w")
_DIGIT_AHEAD = re.compile(r"[ \u00a0][0-9]")
_NEWSPAPER_AHEAD = re.compile(r"[ \u00a0](?:Express|Herald|Independent|Mail|Mirror|Post|Telegraph|Times)\b")
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


def _word_before(text: str, start: int) -> str:
    """Return the word before `start` on its line, with no mark between; else nothing."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    if not before[-1:].isspace() and before[-1:] != "(":
        return ""
    words = before.split()
    return words[-1] if words else ""


def after_preposition(text: str, start: int, _end: int) -> bool:
    """Whether a word such as "in" or "since" stands before."""
    return _word_before(text, start).lower() in DATE_PREPOSITIONS


def lone_month(text: str, start: int, end: int) -> bool:
    """Whether a month without day and year is a month: not a name, a verb or a rank.

    >>> lone_month("He left in May.", 11, 14), lone_month("Theresa May left.", 8, 11)
    (True, False)
    """
    if _NAME_AHEAD.match(text, end):
        return False
    before = _word_before(text, start)
    if text[start:end].lower() in NAMES_TOO:
        return before.lower() in DATE_PREPOSITIONS or _before_noun(text, before.lower(), end)
    return not before[:1].isupper() or before.lower() in DATE_PREPOSITIONS | {"the", "on"}


def _before_noun(text: str, before: str, end: int) -> bool:
    """Whether a month tells a thing apart: "a June agreement", "the May elections"; not "a March on the capital"."""
    ahead = _WORD_BEHIND.match(text, end)
    is_noun = ahead is not None and ahead[1] not in FUNCTION_WORDS and ahead[1].islower()
    return before in {"a", "an", "the", "its", "their", "his", "her", "our"} and is_noun


def stands_alone(text: str, _start: int, end: int) -> bool:
    """Whether no further word follows that the match would belong to: "the quarter", not "the quarter final"."""
    ahead = _WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS - {"of"} | {"ended", "ending", "just"}


def lone_year(text: str, start: int, end: int) -> bool:
    """Whether four digits are a year: not a count, a price or part of a name.

    >>> lone_year("since 2014", 6, 10), lone_year("some 2000 people", 5, 9), lone_year("Windows 2000", 8, 12)
    (True, False, False)
    """
    before = _word_before(text, start)
    if before[-1:].isdigit() or _DIGIT_AHEAD.match(text, end):
        return False
    if int(text[end - 2 : end]) >= _FAR and text[end - 4 : end - 2] == "20":
        return before.lower() in _FAR_SAID and not _COUNTED.match(text, end)
    if before.lower() in DATE_PREPOSITIONS - {"about", "around", "for", "to", "or", "and"} or before.lower() == "the":
        return not _PEOPLE_AHEAD.match(text, end)
    if _EVENT_BEFORE.search(text, max(0, start - _REACH), start):
        return True
    is_name = (
        before[:1].isupper() and not before.endswith(("'s", "\u2019s")) and before.lower() not in DATE_PREPOSITIONS
    )
    return not _COUNTED.match(text, end) and not is_name


def not_age(text: str, start: int, end: int) -> bool:
    """Whether a length of time is no one's age.

    >>> not_age("17 years old", 0, 8), not_age("17 years later", 0, 8)
    (False, True)
    """
    return not _AGE_AHEAD.match(text, end) and _word_before(text, start).lower() not in {"aged", "age"}


def length_meant(text: str, start: int, end: int) -> bool:
    """Whether a counted unit is a length: no age, and no "one day" of a tale ("he hopes to return one day")."""
    if text[start:end].lower() == "one day":
        return _word_before(text, start).lower() in _LENGTH_BEFORE
    return not_age(text, start, end)


def length_said(text: str, start: int, end: int) -> bool:
    """Whether "a week" is a length ("for a week"), not a rate ("once a week", "$9 a week")."""
    return _word_before(text, start).lower() in _LENGTH_BEFORE and not_age(text, start, end)


def long_time_said(text: str, start: int, end: int) -> bool:
    """Whether "weeks" without a count is a length: "for weeks"."""
    return _word_before(text, start).lower() in {"for", "in", "within", "over", "took", "take", "lasted"} and not_age(
        text, start, end
    )


def lower_case(text: str, start: int, _end: int) -> bool:
    """Whether the match starts small: "daily", not "the Daily Echo"."""
    return text[start].islower()


def clock_said(text: str, start: int, end: int) -> bool:
    """Whether two figures are a clock and no score: "at 14:30", "until 08:00", not "won 14:30"."""
    before = _word_before(text, start).lower()
    return before == "at" or (before in _CLOCK_SAID and end - start == _FULL_CLOCK)


def hour_said(text: str, start: int, end: int) -> bool:
    """Whether a bare number is an hour: "at 4 in the morning", not "killed 4 in the morning"."""
    is_clock = "clock" in text[start:end]
    return is_clock or _word_before(text, start).lower() in _CLOCK_SAID | {"at"}


def noon_meant(text: str, start: int, _end: int) -> bool:
    """Whether "noon" is the time: not "High Noon"."""
    return _word_before(text, start).lower() != "high"


def far_time_said(text: str, start: int, end: int) -> bool:
    """Whether it is a time, not what a time is like: "in the past", not "the past president"."""
    ahead = _WORD_BEHIND.match(text, end)
    return _word_before(text, start).lower() in {"in", "for", "of"} and (ahead is None or ahead[1] in FUNCTION_WORDS)


def nothing_compared(text: str, start: int, end: int) -> bool:
    """Whether "two days before" counts from a date, not from what follows ("before the vote", "later than")."""
    if text[start:end].lower().endswith(("before", "after")):
        return not _WORD_AHEAD.match(text, end)
    return not text.startswith(" than", end)


def no_newspaper(text: str, _start: int, end: int) -> bool:
    """Whether a weekday is no part of a title such as "the Sunday Times"."""
    return not _NEWSPAPER_AHEAD.match(text, end)


def unjoined(text: str, _start: int, end: int) -> bool:
    """Whether no hyphen makes it part of a compound: "now", not "now-defunct"."""
    return text[end : end + 1] not in {"-", "\u2010", "\u2011"}


def uncounted(text: str, start: int, _end: int) -> bool:
    """Whether no number stands before: "weeks ago", not a count too long to read."""
    return not _word_before(text, start)[-1:].isdigit()


def day_meant(text: str, start: int, end: int) -> bool:
    """Whether a holiday is the day, not what goes with it: "at Christmas", not "a Christmas tree", "Merry Christmas".

    >>> day_meant("at Christmas, he", 3, 12), day_meant("a Christmas tree", 2, 11), day_meant("Easter Island", 0, 6)
    (True, False, False)
    """
    if _word_before(text, start).lower() in _GREETINGS:
        return False
    ahead = _WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS | _WITH_HOLIDAYS


def no_version(text: str, start: int, _end: int) -> bool:
    """Whether three figures are a day, not the number of a version, a clause or a telephone."""
    return _word_before(text, start).lower().rstrip(".:") not in _NUMBERED_THINGS


def day_in_figures_said(text: str, start: int, end: int) -> bool:
    """Whether "3/4/26" is a day: only where a word says so before it."""
    return _word_before(text, start).lower().rstrip(":") in _DAY_SAID and no_version(text, start, end)


def end_meant(text: str, start: int, end: int) -> bool:
    """Whether "year end" is a time: "by year-end", not "year-end bonuses"."""
    del start
    ahead = _WORD_BEHIND.match(text, end)
    return ahead is None or ahead[1] in FUNCTION_WORDS


def span_at_hand(text: str, start: int, end: int) -> bool:
    """Whether "the year" is the one the text is about: "for the year", not "in the year since", "the year of".

    >>> span_at_hand("fell for the year.", 9, 17), span_at_hand("in the year since", 3, 11)
    (True, False)
    """
    ahead = _WORD_BEHIND.match(text, end)
    if _word_before(text, start).lower() not in _WITHIN or (ahead and ahead[1] in _COUNTED_ON):
        return False
    return ahead is None or ahead[1] in FUNCTION_WORDS | _SPAN_VERBS


def season_said(text: str, start: int, end: int) -> bool:
    """Whether a bare season is one of a year: "by summer", "since autumn"."""
    ahead = _WORD_BEHIND.match(text, end)
    return _word_before(text, start).lower() in _SEASON_SAID and (ahead is None or ahead[1] in FUNCTION_WORDS)


def season_meant(text: str, start: int, end: int) -> bool:
    """Whether "the summer" is a time: "in the summer", not "the fall of the wall", "the spring collection"."""
    ahead = _WORD_BEHIND.match(text, end)
    if ahead and (ahead[1] == "of" or ahead[1] not in FUNCTION_WORDS):
        return False
    return after_preposition(text, start, end)


def nothing_counted(text: str, _start: int, end: int) -> bool:
    """Whether a figure behind a day is its year, not the count of what follows."""
    return not _COUNTED.match(text, end)


def not_compared_time(text: str, start: int, end: int) -> bool:
    """Whether "soon" and its like are references of their own: not "as soon as", "soon after", "now-defunct"."""
    word = text[start:end].lower()
    ahead = _WORD_BEHIND.match(text, end)
    follows = ahead[1].lower() if ahead else ""
    if word == "soon" and follows in {"after", "as", "before", "enough", "to"}:
        return False
    return unjoined(text, start, end)


def no_title(text: str, start: int, end: int) -> bool:
    """Whether "this week" is a time, not the name of a programme: "This Week" in quotes or behind a name."""
    if not text[end - 4 : end].istitle() or text[start:end].isupper():
        return True
    return text[max(0, start - 1) : start] not in {'"', "\u201c", "`", "'", "\u2018"}


def thing_old(text: str, _start: int, end: int) -> bool:
    """Whether the age is a thing's, and so how long it has lasted: "a month-old truce", not "a month-old baby"."""
    ahead = _WORD_BEHIND.match(text, end)
    return ahead is not None and ahead[1] not in _YOUNG and ahead[1] not in FUNCTION_WORDS
