"""A name as it is compared: its kind, its words, and for people which of them is the family name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from transforms.identity.core import name_core
from transforms.identity.tables import designators, given_names, titles, word_forms
from transforms.identity.transliteration import skeleton
from transforms.names import folded

KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
    "WEAPON": "thing",
    "PRODUCT": "thing",
    "EVENT": "event",
    "LAW": "law",
    "WORK": "work",
}
"""The coarse type of each label; names of different kinds are compared only by `rules.labels`."""

PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "da", "dos", "di", "du", "la", "le", "bin", "ibn", "ter", "zu",
     "abu", "abd", "abdel", "abdul")
)  # fmt: skip
"""Words before a family name that belong to it."""
_ARTICLES = frozenset(("al", "el", "ul"))
_LONGEST = 12


class Person(NamedTuple):
    """The parts of a person's name; `given` is empty where only the family name stands."""

    given: str
    middle: tuple[str, ...]
    family: str

    @property
    def given_class(self) -> str:
        """The given name all its transliterations and short forms share."""
        return given_names().get(self.given, self.given)


class Name(NamedTuple):
    """One entity key: its label, the spelling seen most, and the words it is compared by."""

    key: str
    label: str
    surface: str
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The coarse type."""
        return KINDS[self.label]

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)


def make_name(key: str, label: str, surface: str) -> Name:
    """Return a name with the words it is compared by: no titles, legal forms and articles, abbreviations spelled out.

    >>> make_name("PERSON:dr rosa lind", "PERSON", "Dr. Rosa Lind").words
    ('rosa', 'lind')
    >>> make_name("ORG:vigra ferries ltd", "ORG", "Vigra Ferries Ltd.").words
    ('vigra', 'ferries')
    """
    return Name(key, label, surface, _words(label, surface))


@lru_cache(maxsize=65536)
def _words(label: str, surface: str) -> tuple[str, ...]:
    words = folded(name_core(surface, label)).split()[:_LONGEST]
    if words[:1] == ["the"]:
        words = words[1:] or words
    words = _without_titles(words) if label == "PERSON" else _standard(words, is_organisation=label == "ORG")
    return tuple(words)


def _without_titles(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while end > 1 and words[end - 1] in titles("after"):
        end -= 1
    while start < end - 1 and words[start] in titles("before"):
        start += 1
    return words[start:end]


def _standard(words: list[str], *, is_organisation: bool) -> list[str]:
    end = len(words)
    while is_organisation and end > 1 and words[end - 1] in designators():
        end -= 1
    return [word_forms().get(word, word) for word in words[:end] if not (is_organisation and word == "and")]


def person(words: tuple[str, ...]) -> Person:
    """Return the parts of a person's name.

    >>> person(("rosa", "m", "van", "lind")), person(("al", "bakri",)).family
    (Person(given='rosa', middle=('m',), family='van lind'), 'bakri')
    """
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    before = [word for word in words[:start] if word not in _ARTICLES] if start > 0 else []
    family = " ".join(words[start:])
    return Person(before[0], tuple(before[1:]), family) if before else Person("", (), family)


def family_skeleton(family: str) -> str:
    """Return a family name with its transliterations made one, word by word.

    >>> family_skeleton("petrovskyy") == family_skeleton("petrovsky")
    True
    """
    return " ".join(map(skeleton, family.split()))
