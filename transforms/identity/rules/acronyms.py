"""Acronyms, where an article has both forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from transforms.identity.context import Evidence
from transforms.identity.corpus import Corpus, together
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import Name
from transforms.names import folded

_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "de", "la", "du", "des", "et"))
_KINDS = ("organisation", "event", "thing", "law", "place")
_LONGEST = 8
_DOMINANT = 0.8


def acronyms(evidence: Evidence) -> Iterator[Merge]:
    """acronym: the initials of a long form that stands in the same article, mostly or only it."""
    corpus = evidence.corpus
    groups = evidence.groups
    for kind in _KINDS:
        names = corpus.of_kind(kind)
        long_forms: defaultdict[str, list[Name]] = defaultdict(list)
        for name in names:
            for short in sorted(_initials(name)):
                long_forms[short].append(name)
        for name in names:
            best = _best(corpus, groups, name, long_forms.get(name.text, [])) if _is_acronym(name) else None
            if best:
                yield Merge(name.key, best, "acronym")


def _is_acronym(name: Name) -> bool:
    letters = [character for character in name.surface if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(name.words) == 1 and 1 < len(letters) <= _LONGEST and capitals * 2 > len(letters)


def _initials(name: Name) -> set[str]:
    words = folded(name.surface).split()
    large = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in kept) for kept in (words, large) if len(kept) > 1}


def _best(corpus: Corpus, groups: Groups, name: Name, long_forms: list[Name]) -> str | None:
    """Return the long form that stands in most of the articles that have both, if hardly another one does."""
    linked = corpus.linked.get(name.key, Counter())
    counts: defaultdict[str, int] = defaultdict(int)
    for other in long_forms:
        counts[groups.find(other.key)] += together(corpus, [name.key], [other.key]) + linked.get(other.key, 0)
    best = min(counts, key=lambda root: (-counts[root], root), default=None)
    return best if best and counts[best] and counts[best] >= _DOMINANT * sum(counts.values()) else None
