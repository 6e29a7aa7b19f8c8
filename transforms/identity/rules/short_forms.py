"""Short forms of longer names, where articles have both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transforms.gazetteer import cities, country, is_demonym, territory
from transforms.identity.context import Evidence
from transforms.identity.corpus import Corpus, together
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import Name
from transforms.identity.tables import class_words, generic_words

_DOMINANT = 0.8
_COVERED = 0.5


def short_forms(evidence: Evidence) -> Iterator[Merge]:
    """short_form: the last words of a longer name in the same article, mostly or only that one, or the first.

    The first are those before "of" ("the Academy"), or those before a word for the kind of organisation.

    At least half of the articles of the short form have the long one; all of them where its words are such as many
    organisations bear ("the Ministry") or what stands before is a place ("the Norwegian Guard"). First words need what
    follows to say only what kind of organisation it is; of people they may be the family name or the given one. No
    place or people is the short form of an organisation.
    """
    corpus, groups = evidence.corpus, evidence.groups
    places = {name.words for name in corpus.of_kind("place")}
    for kind, parts in (("organisation", _company_parts), ("event", _ends), ("thing", _ends), ("person", _starts)):
        longer: defaultdict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in corpus.of_kind(kind):
            for short in parts(name.words):
                longer[short].append(name)
        for name in corpus.of_kind(kind):
            if name.words in places or (kind != "person" and is_place_or_people(name.surface)):
                continue
            best = _best(corpus, groups, name, longer.get(name.words, []))
            if best:
                yield Merge(name.key, best, "short_form")


def _ends(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[start:] for start in range(1, len(words))}


def _starts(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[:1]} if len(words) > 1 else set()


def _company_parts(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    heads = {words[: words.index("of")]} if "of" in words[1:] else set()
    return _ends(words) | heads | {words[:end] for end in range(1, len(words)) if class_words().issuperset(words[end:])}


def _best(corpus: Corpus, groups: Groups, name: Name, longer: list[Name]) -> str | None:
    counts: defaultdict[str, int] = defaultdict(int)
    for other in longer:
        counts[groups.find(other.key)] += together(corpus, [name.key], [other.key])
    best = min(counts, key=lambda root: (-counts[root], root), default=None)
    share = 1.0 if _is_generic(name, longer) else _COVERED
    enough = max(1, share * len(corpus.articles[name.key]), _DOMINANT * sum(counts.values()))
    return best if best and counts[best] >= enough else None


def _is_generic(name: Name, longer: list[Name]) -> bool:
    if all(word in generic_words() for word in name.words):
        return True
    return any(is_place_or_people(other.surface.split()[0]) for other in longer)


def is_place_or_people(surface: str) -> bool:
    """Whether the gazetteer knows a name."""
    return bool(country(surface) or territory(surface) or cities(surface) or is_demonym(surface))
