"""Names inside one article: which of its longer names a shorter one means."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transforms.names import entity_key, folded
from transforms.ner.acronyms import find_pairs, initials
from transforms.ner.confidence import confidence
from transforms.ner.document import Document, Mention

_KIN = re.compile(
    r"\b(?:aunt|brother|child|cousin|daughter|father|grandfather|grandmother|husband|mother|nephew|niece|parents|sister"
    r"|son|stepfather|stepmother|uncle|widow|widower|wife),? $"
)
_REACH = 20
_LONGEST_ACRONYM = 8
_SHORTEST_ACRONYM = 3
_PARTICLES = frozenset(
    (
        "abu",
        "al",
        "bin",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
    )
)


class Linked(NamedTuple):
    """A mention with the key of the name it means, the rule that says so, and how sure label and span are (0 to 1)."""

    mention: Mention
    entity_key: str
    key_rule: str
    confidence: float


class Meaning(NamedTuple):
    """The folded name another one means, and the rule that says so."""

    name: str
    rule: str


def link(document: Document, mentions: Sequence[Mention]) -> list[Linked]:
    """Give each mention its key: its own folded name, or that of the longer name of the same label it means."""
    names = [folded(document.name(mention)) for mention in mentions]
    people = [name for one, name in zip(mentions, names, strict=True) if one.label == "PERSON"]
    shorter = {"PERSON": _people(people, _relatives(document, mentions, names))}
    beside = list(_beside(document))
    for label in {mention.label for mention in mentions} - {"PERSON", "NORP"}:
        same = {name: document.name(one) for one, name in zip(mentions, names, strict=True) if one.label == label}
        shorter[label] = _acronyms(same, beside)
    return [_linked(one, name, shorter.get(one.label, {})) for one, name in zip(mentions, names, strict=True)]


def _linked(mention: Mention, name: str, shorter: Mapping[str, Meaning]) -> Linked:
    meaning = shorter.get(name, Meaning(name, "own_name"))
    return Linked(mention, entity_key(mention.label, meaning.name), meaning.rule, confidence(mention))


def _relatives(document: Document, mentions: Sequence[Mention], names: Sequence[str]) -> set[str]:
    """Return the full names that come in as somebody's kin ("her father, Ola Lind") after their surname stood alone."""
    seen, found = set[str](), set[str]()
    for mention, name in zip(mentions, names, strict=True):
        if mention.label == "PERSON" and name not in seen:
            before = document.texts[mention.passage][max(0, mention.start - _REACH) : mention.start]
            if name.split()[-1:] != [name] and _KIN.search(before) and name.split()[-1] in seen:
                found.add(name)
            seen.add(name)
    return found


def _people(people_named: Sequence[str], relatives: Collection[str]) -> dict[str, Meaning]:
    """Return what shorter names of people mean: surnames, first names, names without the middle ones.

    In: folded names, one for each mention, in order. A name that two people of the article share means neither; a
    surname means none of the relatives. A first name means whom the article has named in full before its last mention.
    Who differs in a middle name is another one.
    """
    counts = Counter(people_named)
    people = _by_ends(name for name in counts if _is_full(name))
    best = {ends: min(names, key=lambda name: (-counts[name], -len(name), name)) for ends, names in people.items()}
    full = {name: best[ends] if _agree(name, best[ends]) else name for ends, names in people.items() for name in names}
    found = {name: Meaning(other, "first_and_last_in_article") for name, other in full.items() if name != other}
    named = [(name, other) for name, other in full.items() if name not in relatives and other not in relatives]
    surnames = _only((surname, other) for name, other in named for surname in _surnames(name))
    firsts = _only((name.split()[0], other) for name, other in full.items())
    shared = {last for _, last in best}
    last_at = {name: at for at, name in enumerate(people_named)}
    first_at = {name: at for at, name in reversed(list(enumerate(people_named)))}
    found |= {
        first: Meaning(name, "first_name_in_article")
        for first, name in firsts.items()
        if first not in shared and first_at[name] < last_at.get(first, 0)
    }
    return found | {surname: Meaning(name, "surname_in_article") for surname, name in surnames.items()}


def _agree(name: str, other: str) -> bool:
    """Whether the middle names of two names are the same, each as far as both have one, initials too."""
    return all(
        one.startswith(two) or two.startswith(one)
        for one, two in zip(name.split()[1:-1], other.split()[1:-1], strict=False)
    )


def _is_full(name: str) -> bool:
    """Whether a name has a first name before the surname."""
    words = name.split()
    return len(words) > 1 and words[0] not in _PARTICLES


def _surnames(name: str) -> Iterator[str]:
    """Yield the last word of a name, without and with the particles before it."""
    words = name.split()
    at = len(words) - 1
    yield words[-1]
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
        yield " ".join(words[at:])


def _by_ends(names: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Return the names in full by their first and last word."""
    people: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        words = name.split()
        people[words[0], words[-1]].append(name)
    return people


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what a short name means where it means one name alone."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for short, full in pairs:
        found[short].add(full)
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def _beside(document: Document) -> Iterator[tuple[str, str]]:
    """Yield acronyms and the long forms they stand beside, folded."""
    for pair in find_pairs(document):
        text = document.texts[pair.passage]
        yield folded(text[slice(*pair.short)]), folded(text[slice(*pair.long)])


def _acronyms(names: Mapping[str, str], beside: Iterable[tuple[str, str]]) -> dict[str, Meaning]:
    """Return the long forms of acronyms, given the spelling of each folded name of one label."""
    longs = [name for name in names if " " in name]
    pairs = [pair for pair in beside if pair[0] in names and pair[1] in names]
    by_initials = _by_initials(longs)
    pairs += [(short, long) for short in names if _is_short(names[short]) for long in by_initials.get(short, ())]
    return {short: Meaning(long, "acronym_in_article") for short, long in _only(pairs).items()}


def _by_initials(names: Iterable[str]) -> dict[str, set[str]]:
    """Return names by the acronyms they may have."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for short in initials(name):
            found[short].add(name)
    return found


def _is_short(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM
