"""Whether two names stand in the same surroundings: the entities named beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from transforms.identity.corpus import Corpus, articles_of
from transforms.identity.merging import Groups

_MOST_ARTICLES = 30
_MOST_NAMES = 200
_NEEDED = 2
_RARE_COUNT = 20
_RARE_SHARE = 20


class Context:
    """The surroundings of the names of a corpus."""

    def __init__(self, corpus: Corpus, groups: Groups) -> None:
        self._corpus = corpus
        self._groups = groups
        self._most = max(_RARE_COUNT, len(corpus.keys) // _RARE_SHARE)
        self._beside = lru_cache(maxsize=None)(self._names_beside)

    def shared(self, keys: Iterable[str], others: Iterable[str]) -> bool:
        """Return whether two names stand in one article, or beside the same two entities (one, where one has no more).

        Entities that are named in more than a twentieth of all articles (and in more than 20) do not count.
        """
        keys, others = list(keys), list(others)
        if articles_of(self._corpus, keys) & articles_of(self._corpus, others):
            return True
        own = {self._groups.find(key) for key in (*keys, *others)}
        one, two = self._around(keys) - own, self._around(others) - own
        return bool(one and two) and len(one & two) >= min(_NEEDED, len(one), len(two))

    def _around(self, keys: list[str]) -> set[str]:
        return {self._groups.find(key) for own in keys[:_MOST_ARTICLES] for key in self._beside(own)}

    def _names_beside(self, own: str) -> frozenset[str]:
        """Return the names in the first articles of a key, without those that share a word with it."""
        words = set(self._corpus.names[own].words)
        return frozenset(
            key
            for article in islice(sorted(self._corpus.articles[own]), _MOST_ARTICLES)
            for key in self._corpus.keys[article][:_MOST_NAMES]
            if len(self._corpus.articles[key]) <= self._most and words.isdisjoint(self._corpus.names[key].words)
        )


class Evidence(NamedTuple):
    """What rules look at: the names, the entities so far, and the surroundings of both."""

    corpus: Corpus
    groups: Groups
    context: Context
