"""Joining names into entities: each merge with its rule, none against what is known of either side."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from transforms.identity.corpus import Corpus
from transforms.identity.name import Name, person
from transforms.identity.places import Place, place_of
from transforms.identity.transliteration import skeleton


class Merge(NamedTuple):
    """Two keys that mean the same entity, and the rule that says so."""

    key: str
    other: str
    rule: str


class _Facts(NamedTuple):
    """What must not differ within an entity: given names, middle initials and the place, of all its names."""

    given: frozenset[str]
    middle: frozenset[str]
    places: frozenset[Place]

    def united(self, other: _Facts) -> _Facts:
        return _Facts(self.given | other.given, self.middle | other.middle, self.places | other.places)


class Groups:
    """The entities so far: disjoint sets of keys, and the merges that made them."""

    def __init__(self, corpus: Corpus) -> None:
        self.merges: list[Merge] = []
        self._root = {key: key for key in corpus.names}
        self._members = {key: [key] for key in corpus.names}
        self._facts = {key: _facts(name) for key, name in corpus.names.items()}

    def find(self, key: str) -> str:
        """Return the key that stands for the set of `key`."""
        return self._root[key]

    def members(self, key: str) -> list[str]:
        """Return the keys of the set of `key`."""
        return self._members[self._root[key]]

    def roots(self) -> list[str]:
        """Return the key that stands for each set, in order."""
        return sorted(self._members)

    def join(self, key: str, other: str, rule: str, *, force: bool = False) -> bool:
        """Make two sets one; return whether they were and may be. By force they may always."""
        one, two = self.find(key), self.find(other)
        if one == two or not (force or self.may_join(key, other)):
            return False
        small, large = sorted((one, two), key=lambda root: (len(self._members[root]), root))
        for member in self._members[small]:
            self._root[member] = large
        self._members[large] += self._members.pop(small)
        self._facts[large] = self._facts[large].united(self._facts.pop(small))
        self.merges.append(Merge(key, other, rule))
        return True

    def forget(self, key: str) -> None:
        """Hold nothing against what `key` is joined to: its first word turned out to be no given name."""
        if self._members[self.find(key)] == [key]:
            self._facts[key] = _Facts(frozenset(), frozenset(), frozenset())

    def may_join(self, key: str, other: str) -> bool:
        """Return whether nothing known of the two sets differs."""
        one, two = self._facts[self.find(key)], self._facts[self.find(other)]
        return (
            _agree(one.given, two.given)
            and _agree(one.middle, two.middle)
            and (one.places <= two.places or two.places <= one.places)
        )


def _facts(name: Name) -> _Facts:
    if name.kind == "person" and name.words:
        parts = person(name.words)
        given = frozenset([skeleton(parts.given_class)] if parts.given else ())
        return _Facts(given, frozenset(parts.middle[:1]), frozenset())
    place = place_of(name)
    return _Facts(frozenset(), frozenset(), frozenset([place] if place else ()))


def _agree(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether names or initials are the same as far as they go."""
    return one <= two or two <= one or all(_same_or_initial(a, b) for a in one for b in two)


def _same_or_initial(one: str, two: str) -> bool:
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


def paths(groups: Groups, founders: dict[str, str]) -> dict[str, Merge]:
    """Return for each key that founds no entity the merge that leads it towards its founder.

    In: the founder of each set, by the key that stands for the set. Out: merges with `key` the key itself and `other`
    the one it was joined to.
    """
    edges: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, other, rule in groups.merges:
        edges[key].append((other, rule))
        edges[other].append((key, rule))
    found: dict[str, Merge] = {}
    for founder in founders.values():
        waiting = [founder]
        for key in waiting:
            for other, rule in sorted(edges[key]):
                if other != founder and other not in found:
                    found[other] = Merge(other, key, rule)
                    waiting.append(other)
    return found
