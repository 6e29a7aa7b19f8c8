"""The words of English dates, as tables."""

from __future__ import annotations

from typing import Literal

Unit = Literal[
    "second", "minute", "hour", "day", "weekend", "week", "month", "quarter", "year", "decade", "century"
]  # fmt: skip
Direction = Literal["past", "present", "future"]

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
    "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
MONTH_ABBREVIATIONS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
MONTH_NUMBERS = MONTHS | MONTH_ABBREVIATIONS
NAMES_TOO = frozenset({"march", "april", "may", "june", "august"})
"""Months that are also people's names or other words, so that the name alone proves nothing."""

WEEKDAYS = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}
WEEKDAY_ABBREVIATIONS = {
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
WEEKDAY_NUMBERS = WEEKDAYS | WEEKDAY_ABBREVIATIONS

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
PARTS_OF_DAY = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "noon": "T12:00", "midnight": "T24:00",
}  # fmt: skip

UNITS: dict[str, Unit] = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "weekend": "weekend", "week": "week",
    "month": "month", "quarter": "quarter", "year": "year", "decade": "decade", "fortnight": "week",
    "century": "century", "centurie": "century",
}  # fmt: skip

MULTIPLES = {"fortnight": 2.0}
"""How many of its unit a word stands for, where not one."""

CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
NUMBERED = ORDINALS | {
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "last": -1,
}  # fmt: skip
"""Ordinals as words; those in figures are read by `rule.number_of`."""
VAGUE_COUNTS = frozenset({"several", "few", "many", "some", "dozens", "scores"})

STEPS = {
    "last": -1, "previous": -1, "preceding": -1, "prior": -1, "past": -1, "this": 0, "current": 0, "same": 0, "that": 0,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1, "this past": -1, "this coming": 1,
}  # fmt: skip
NEARBY_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}

REFERENCES: dict[str, Direction] = {
    "now": "present", "right now": "present", "currently": "present", "nowadays": "present", "these days": "present",
    "at present": "present", "recently": "past", "lately": "past", "soon": "future",
}  # fmt: skip
FAR_REFERENCES: dict[str, Direction] = {"the future": "future", "the near future": "future", "the past": "past"}
FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "yearly": "P1Y", "weekdays": "XXXX-WXX-WD",
    "weekends": "XXXX-WXX-WE",
}  # fmt: skip

ZONES: dict[str, int] = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
"""Minutes ahead of UTC."""
US_ZONES: dict[str, int] = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
"""Minutes ahead of UTC in winter; an hour more while summer time is kept."""

FUNCTION_WORDS = frozenset({
    "a", "about", "after", "all", "also", "although", "an", "and", "are", "as", "at", "because", "been", "before",
    "both", "but", "by", "can", "could", "did", "do", "does", "due", "during", "each", "either", "even", "for",
    "from", "had", "has", "have", "he", "her", "here", "his", "how", "however", "i", "if", "in", "including", "into",
    "is", "it", "its", "just", "may", "might", "more", "most", "must", "near", "no", "nor", "not", "of", "on", "one",
    "only", "or", "our", "over", "she", "should", "since", "so", "some", "than", "that", "the", "their", "there",
    "these", "they", "this", "those", "though", "through", "to", "too", "under", "unless", "until", "up", "was", "we",
    "were", "what", "when", "where", "whether", "which", "while", "who", "will", "with", "within", "without", "would",
    "yet", "you",
})  # fmt: skip
"""Words that begin something new, so that what stands before them is complete."""

DATE_PREPOSITIONS = frozenset({
    "in", "into", "throughout", "over", "since", "until", "till", "by", "from", "of", "during", "before", "after",
    "through", "to", "between", "early", "late", "last", "next", "this", "for", "around", "about", "and", "or",
    "every", "each",
})  # fmt: skip
"""Words before a month or a year that give it the context of a date."""
