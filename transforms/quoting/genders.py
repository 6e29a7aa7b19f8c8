"""Whether "he" or "she" may stand for a person: by forms of address and given names in the text."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from transforms.quoting.mention import Name

_EDGES = "\"'“”‘’()[]{}.,;:!?…—–―-*"
_WINDOW = 40
OTHER = {"he": "f", "she": "m"}
"""The gender that a pronoun cannot mean."""


@cache
def _known() -> dict[str, str]:
    """Return the gender of words: f or m."""
    content = files("transforms.quoting").joinpath("data/genders.csv").read_text(encoding="utf-8")
    return {row["word"]: row["gender"] for row in csv.DictReader(content.splitlines())}


def known_gender(word: str) -> str | None:
    """Return the gender of a form of address, a role or a given name, where it tells."""
    return _known().get(word)


def genders(text: str, names: Sequence[Name]) -> dict[Name, str]:
    """Return f or m for the people among `names` of which the text tells; a surname has that of its full name.

    >>> text = "Mrs. Lind left. Tom Okafor saw Lind. Okafor and Sky waved."
    >>> found = genders(text, [Name(5, 9, "PERSON"), Name(16, 26, "PERSON"), Name(37, 43, "PERSON")])
    >>> [gender for _, gender in sorted(found.items())]
    ['f', 'm', 'm']
    """
    people = [name for name in names if name.label == "PERSON"]
    own = {name: _own(text, name) for name in people}
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name, gender in own.items():
        if gender:
            by_surname[_words(text, name)[-1]].add(gender)
    found: dict[Name, str] = {}
    for name in people:
        words = _words(text, name)
        told = {own[name]} if own[name] else by_surname.get(words[0], set()) if len(words) == 1 else set()
        if len(told) == 1:
            found[name] = str(next(iter(told)))
    return found


def _words(text: str, name: Name) -> list[str]:
    written = text[name.start : name.end].lower().removesuffix("'s").removesuffix("’s")
    return [word.strip(_EDGES) for word in written.split()] or [""]


def _own(text: str, name: Name) -> str | None:
    """Return the gender told by the word before a mention or by its first word."""
    before = text[max(name.start - _WINDOW, 0) : name.start].split()
    title = _known().get(before[-1].strip(_EDGES).lower()) if before and not before[-1].endswith(",") else None
    words = _words(text, name)
    return title or (_known().get(words[0]) if len(words) > 1 else None)
