"""Names of people: by given and family name, in all their transliterations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from transforms.gazetteer import country, is_demonym
from transforms.identity.context import Context, Evidence
from transforms.identity.corpus import Corpus, articles_of, together
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import PARTICLES, Name, Person, family_skeleton, person
from transforms.identity.rules.words import chained
from transforms.identity.transliteration import skeleton

_DOMINANT = 0.9
"""Share of a family name's articles that its one bearer must have for the name alone to mean them."""
_LONGEST_BLOCK = 40
_TWICE = 2
_FEWEST_LETTERS = 7


def described(evidence: Evidence) -> Iterator[Merge]:
    """described_name: three words or more of which the last two are a full name in the same article.

    Where all words before are a place or its people ("Danish Rosa Lind"), a shared context is enough.
    """
    corpus = evidence.corpus
    groups = evidence.groups
    context = evidence.context
    names = corpus.of_kind("person")
    full: dict[tuple[str, ...], Name] = {
        name.words[-2:]: name for name in names if len(name.words) == 2 and name.words[0] not in PARTICLES
    }
    for name in names:
        other = full.get(name.words[-2:])
        if other and other != name and _is_described(corpus, context, name, other):
            groups.forget(name.key)
            yield Merge(name.key, other.key, "described_name")


def _is_described(corpus: Corpus, context: Context, name: Name, other: Name) -> bool:
    if together(corpus, [name.key], [other.key]):
        return True
    before = name.surface.split()[:-2]
    return all(country(word) or is_demonym(word) for word in before) and context.shared([name.key], [other.key])


def first_and_last(evidence: Evidence) -> Iterator[Merge]:
    """first_last: the same given and family name; middle names agree.

    Where people differ in the middle name, the name without one is theirs who has twice as many mentions as the next;
    among more than 40 it is nobody's.
    """
    counts = evidence.corpus.mention_counts
    blocks: defaultdict[tuple[str, str], defaultdict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for name, parts in _people(evidence.corpus):
        blocks[parts.given, parts.family][parts.middle[0] if parts.middle else ""].append(name)
    for by_middle in blocks.values():
        yield from chained(((middle, name) for middle in by_middle for name in by_middle[middle]), "first_last")
        if len(by_middle) > _LONGEST_BLOCK:
            continue
        middles = sorted(by_middle, key=lambda middle: (-sum(counts[name.key] for name in by_middle[middle]), middle))
        for middle in middles:
            for other in middles:
                if _belong(middle, other, by_middle, counts):
                    yield Merge(by_middle[other][0].key, by_middle[middle][0].key, "first_last")


def _belong(middle: str, other: str, by_middle: dict[str, list[Name]], counts: Counter[str]) -> bool:
    """Whether who has a middle name is meant by the initial of it, or by none."""
    if len(middle) < len(other) or middle == other or not middle.startswith(other):
        return False
    own = sum(counts[name.key] for name in by_middle[middle])
    rivals = [found for found in by_middle if found and found != middle and not middle.startswith(found)]
    rivals = [found for found in rivals if found.startswith(other) and not found.startswith(middle)]
    return all(own >= _TWICE * sum(counts[name.key] for name in by_middle[found]) for found in rivals)


def given_variants(evidence: Evidence) -> Iterator[Merge]:
    """Join full names whose family names are transliterations of one another.

    transliteration: so are the given names. given_name: these are forms of one name in other languages, or short
    forms ("Bill"), and the context is shared.
    """
    corpus, groups, context = evidence
    blocks: defaultdict[tuple[str, str], list[tuple[Name, Person]]] = defaultdict(list)
    for name, parts in _people(corpus):
        blocks[skeleton(parts.given_class), family_skeleton(parts.family)].append((name, parts))
    alone = ((family_skeleton(name.text), name) for name in _alone(corpus) if len(name.text) >= _FEWEST_LETTERS)
    yield from chained(alone, "transliteration")
    for block in blocks.values():
        spellings = _spellings(block)
        yield from chained(((skeleton(given), name) for (given, _), name in spellings.items()), "transliteration")
        for one, other in combinations(list(spellings.values())[:_LONGEST_BLOCK], 2):
            if groups.find(one.key) != groups.find(other.key) and context.shared(
                groups.members(one.key), groups.members(other.key)
            ):
                yield Merge(other.key, one.key, "given_name")


def _spellings(block: list[tuple[Name, Person]]) -> dict[tuple[str, str], Name]:
    """Return one name for each spelling of given and family name, without a middle one if there is such.

    Which middle names belong together is for `first_and_last` to say.
    """
    found: dict[tuple[str, str], Name] = {}
    for name, parts in sorted(block, key=lambda pair: bool(pair[1].middle)):
        found.setdefault((parts.given, parts.family), name)
    return found


def initials(evidence: Evidence) -> Iterator[Merge]:
    """initial: a given name's initial and the family name, where one person fits and the context is shared."""
    corpus, groups, context = evidence
    fitting = _bearers(corpus, groups)
    for name, parts in _people(corpus):
        if len(parts.given) == 1:
            others = [
                root
                for root in fitting.get(family_skeleton(parts.family), ())
                if root != groups.find(name.key) and groups.may_join(root, name.key)
            ]
            if len(others) == 1 and context.shared(groups.members(name.key), groups.members(others[0])):
                yield Merge(name.key, others[0], "initial")


def families(evidence: Evidence) -> Iterator[Merge]:
    """family_name: a family name alone means its one bearer in the corpus, or who has nine in ten of its articles.

    Articles that have both, or a shared context, must say so too. A word that other full names begin with ("Kim") is
    left alone, and one that stands unlinked in every article that spells its bearer so: each had a reason. An article
    links no other spelling.
    """
    corpus, groups, context = evidence
    bearers = _bearers(corpus, groups)
    first = _first_words(corpus)
    for name in _alone(corpus):
        found = bearers.get(family_skeleton(name.text), set()) - {groups.find(name.key)}
        best = _dominant(corpus, groups, found, name)
        rivals = articles_of(corpus, first.get(name.text, ()))
        is_first = len(rivals) > (1 - _DOMINANT) * len(articles_of(corpus, groups.members(best))) if best else False
        if best is None or is_first or _is_declined(corpus, name, groups.members(best)):
            continue
        if context.shared(groups.members(name.key), groups.members(best)):
            yield Merge(name.key, best, "family_name")


def _is_declined(corpus: Corpus, name: Name, bearer: Iterable[str]) -> bool:
    """Whether all articles that name the bearer in full, the family name spelled alike, leave it unlinked."""
    people = ((key, person(corpus.names[key].words)) for key in bearer)
    alike = [key for key, parts in people if parts.given and parts.family == name.text]
    return bool(alike) and together(corpus, [name.key], alike) == len(articles_of(corpus, alike))


def _first_words(corpus: Corpus) -> dict[str, list[str]]:
    """Return the keys of full names by their first word: in some languages the family name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, parts in _people(corpus):
        found[parts.given].append(name.key)
    return found


def _dominant(corpus: Corpus, groups: Groups, roots: Iterable[str], name: Name) -> str | None:
    """Return the person who has nearly all articles of a family name, those counted where articles say who is meant."""
    linked = corpus.linked.get(name.key, Counter())
    counts = {
        root: sum(linked[key] for key in groups.members(root))
        if linked
        else len(articles_of(corpus, groups.members(root)))
        for root in roots
        if groups.may_join(root, name.key)
    }
    best = min(counts, key=lambda root: (-counts[root], root), default=None)
    return best if best and counts[best] >= _DOMINANT * sum(counts.values()) else None


def _bearers(corpus: Corpus, groups: Groups) -> dict[str, set[str]]:
    """Return the people of each family name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, parts in _people(corpus):
        if len(parts.given) > 1:
            found[family_skeleton(parts.family)].add(groups.find(name.key))
    return found


def _people(corpus: Corpus) -> list[tuple[Name, Person]]:
    """Return the full names, in parts."""
    found = ((name, person(name.words)) for name in corpus.of_kind("person"))
    return [(name, parts) for name, parts in found if parts.given]


def _alone(corpus: Corpus) -> list[Name]:
    return [name for name in corpus.of_kind("person") if not person(name.words).given]
