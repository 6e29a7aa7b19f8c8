"""The name inside a mention: without what only describes it."""

from __future__ import annotations

import re

_SPACED_MARK = re.compile(r" (?=['’]s\b|[.,;:!?])")
_INITIALS = re.compile(r"\b([A-Z]) ?\. ?(?=[A-Z]\b|$)")
_CUT = re.compile(r"[,;(\[]|: ")
_SMALL = frozenset(("of", "the", "and", "for", "de", "la", "le", "du", "des", "da", "do", "dos", "del", "della", "di"))
_PARTICLES = frozenset(("van", "von", "der", "den", "bin", "ibn", "al", "el", "y", "e", "ben", "ter", "zu", "on", "s"))
_PLACING = frozenset(
    (
        "in",
        "at",
        "near",
        "between",
        "from",
        "off",
        "outside",
        "inside",
        "on",
        "to",
        "towards",
        "toward",
        "into",
        "under",
    )
)
_LEADING = (
    _PLACING | _SMALL | frozenset(("a", "an", "of", "our", "their", "his", "her", "its", "with", "by", "downtown"))
)
_DIRECTIONS = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
     "southeast", "southwest", "central", "upper", "lower", "inner", "outer", "greater", "mid")
)  # fmt: skip
_LONGEST = 200


def name_core(surface: str, label: str) -> str:
    """Return the name in a mention as written; the mention itself where it holds none that stands for it.

    A name ends at a bracket, and at a comma but for organisations and single words ("Rosa, Tom"). Words without a
    capital before it are left out unless they are what is meant ("a hill near Vigra") or a direction ("south Vigra");
    one after it makes the name a mere attribute ("a Vigra farm").

    >>> name_core("the stormy Sound of Vigra , off the coast", "LOC")
    'Sound of Vigra'
    >>> name_core("harbour master Rosa Lind", "PERSON"), name_core("a hill near Vigra", "LOC")
    ('Rosa Lind', 'a hill near Vigra')
    """
    text = _SPACED_MARK.sub("", _INITIALS.sub(r"\1.", " ".join(surface[:_LONGEST].split())))
    words = _before_cut(text, label)
    start = _person_start(words) if label == "PERSON" else _place_start(words)
    name = _to_placing(words[start:]) if start is not None else []
    return " ".join(name) if name and not _is_attribute(name) else text


def _before_cut(text: str, label: str) -> list[str]:
    first = _CUT.split(text)[0].split()
    is_list = label == "ORG" or (label == "PERSON" and len(first) == 1)
    return text.split() if is_list and "," in text else first


def _place_start(words: list[str]) -> int | None:
    """Return where the first capitalised word stands, unless words before it say that something else is meant."""
    described = False
    for number, word in enumerate(words):
        if _is_name(word) and word.lower() not in _PLACING:
            return None if number and words[number - 1] in _DIRECTIONS else number
        if word.lower() not in _LEADING:
            described = True
        elif described:
            return None
    return None


def _person_start(words: list[str]) -> int | None:
    """Return where the last run of capitalised words begins: the person behind what describes them."""
    start = len(words)
    while start and (_is_name(words[start - 1]) or (start < len(words) and words[start - 1] in _PARTICLES | _SMALL)):
        start -= 1
    while start < len(words) and not _is_name(words[start]):
        start += 1
    return start if start < len(words) else None


def _to_placing(words: list[str]) -> list[str]:
    end = next((number for number, word in enumerate(words) if word in _PLACING), len(words))
    return words[:end]


def _is_attribute(words: list[str]) -> bool:
    """Whether a word that is part of no name follows."""
    return any(not _is_name(word) and word not in _SMALL | _PARTICLES for word in words) or words[-1] in _SMALL


def _is_name(word: str) -> bool:
    return not word[0].islower() and any(character.isalnum() for character in word)
