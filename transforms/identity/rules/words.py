"""Names of the same words, and other names known of institutions, places and things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from itertools import pairwise

from transforms.gazetteer import is_demonym
from transforms.identity.context import Evidence
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import KINDS, Name, make_name
from transforms.identity.tables import known_names

_SHORTEST_WORD = 6
"""Acronyms are shorter: their known names are looked up in capitals only."""


def same_words(evidence: Evidence) -> Iterator[Merge]:
    """same_words: one kind, and the same words but for titles, legal forms, articles, abbreviations and spaces."""
    corpus = evidence.corpus
    for kind in sorted(set(KINDS.values())):
        yield from chained((("".join(name.words), name) for name in corpus.of_kind(kind)), "same_words")


def plurals(evidence: Evidence) -> Iterator[Merge]:
    """plural: the people and what is theirs ("a Dane", "Danes" with their plain form)."""
    corpus = evidence.corpus
    yield from chained(((_singular(name), name) for name in corpus.of_kind("people")), "plural")


def _singular(name: Name) -> str:
    singular = name.surface.removesuffix("s")
    return name.text.removesuffix("s") if is_demonym(singular) else name.text


def chained(keyed: Iterable[tuple[Hashable, Name]], rule: str) -> Iterator[Merge]:
    """Yield merges that join all names with the same key, in the order of their own."""
    blocks: defaultdict[Hashable, list[Name]] = defaultdict(list)
    for key, name in keyed:
        blocks[key].append(name)
    for names in blocks.values():
        for one, other in pairwise(names):
            yield Merge(other.key, one.key, rule)


def known(evidence: Evidence) -> Iterator[Merge]:
    """known_name: both are names of one thing in `data/known_names.csv`; an acronym must be written as one.

    A short form that articles themselves explain otherwise is left to them.
    """
    corpus = evidence.corpus
    groups = evidence.groups
    for kind in sorted({KINDS[known.label] for known in known_names()}):
        canonical = _canonical_words(kind)
        found = [(canonical.get(name.text), name) for name in corpus.of_kind(kind) if _may_be_known(name, groups)]
        yield from chained(((text, name) for text, name in found if text), "known_name")


def _may_be_known(name: Name, groups: Groups) -> bool:
    letters = [character for character in name.surface if character.isalpha()]
    is_acronym = len(name.words) == 1 and len(letters) < _SHORTEST_WORD
    is_explained = is_acronym and any(" " in key for key in groups.members(name.key))
    return not is_explained and (not is_acronym or name.surface.strip(".")[1:2].isupper() or name.surface[1:2] == ".")


@cache
def _canonical_words(kind: str) -> dict[str, str]:
    """Return the words of the canonical name by the words of each name of a kind, itself included."""
    found: dict[str, str] = {}
    for row in known_names():
        if KINDS[row.label] == kind:
            canonical = make_name("", row.label, row.canonical).text
            found |= {make_name("", row.label, row.name).text: canonical, canonical: canonical}
    return found
