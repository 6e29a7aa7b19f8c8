"""Which articles with a stated day are so closely related to others that they date them.

Texts of the same words are one node, so that it does not matter which of them came first: `duplicates` relates a
printing to the first of its wording only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from transforms.duplicates import LEAST_SHARED, Measures, relate

RELATIONS = ("exact", "copy", "version", "shared_quote")
"""What relates two articles closely enough, the surest first."""
MOST = 20
"""Dated articles that are heard for one: the surest relations, then the smallest ids."""
QUOTE_WORDS = 8
"""Words from which a quotation is hardly said, or quoted, on two occasions."""


class Dated(NamedTuple):
    """An article with a stated day, and how surely it is related: its place in RELATIONS."""

    rank: int
    article_id: str
    day: date


class Relations(NamedTuple):
    """Nodes of articles (by wording), edges between nodes by rank, and the long quotations of articles by group."""

    node_of: dict[str, str]
    edges: dict[str, dict[str, int]]
    groups_of: dict[str, set[str]]


def read_relations(fingerprints: pa.Table, duplicates: pa.Table, quotes: pa.Table) -> Relations:
    """Read relations off all rows there are, of this run and earlier ones.

    In: article_id, words_hash and shingle_count of schema.FINGERPRINTS; schema.DUPLICATES; article_id, surface, kind
    and quote_group_id of schema.QUOTES.
    """
    worded = fingerprints.filter(pc.greater(fingerprints["shingle_count"], 0))
    node_of = dict(zip(worded["article_id"].to_pylist(), worded["words_hash"].to_pylist(), strict=True))
    sizes = dict(zip(fingerprints["article_id"].to_pylist(), fingerprints["shingle_count"].to_pylist(), strict=True))
    return Relations(node_of, _edges(duplicates, node_of, sizes), _groups_of(quotes))


def _edges(duplicates: pa.Table, node_of: Mapping[str, str], sizes: Mapping[str, int]) -> dict[str, dict[str, int]]:
    edges: defaultdict[str, dict[str, int]] = defaultdict(dict)
    columns = (duplicates[name].to_pylist() for name in ("article_id", "other_article_id", "relation", "rule"))
    measures = (
        Measures(*found) for found in zip(*(duplicates[name].to_pylist() for name in Measures._fields), strict=True)
    )
    for (article_id, other_id, stated, rule), measured in zip(zip(*columns, strict=True), measures, strict=True):
        relation = _by_words(measured, sizes[article_id], sizes[other_id]) if rule == "same_uri" else stated
        one, other = (node_of.get(i, i) for i in (article_id, other_id))
        if relation in RELATIONS and one != other:
            rank = min(RELATIONS.index(relation), edges[one].get(other, len(RELATIONS)))
            edges[one][other] = edges[other][one] = rank
    return edges


def _by_words(measures: Measures, size: int, other_size: int) -> str | None:
    """Return how two texts from one place are related by their words; which of them came next is of no account."""
    return relate(measures, size, other_size) if measures.shared_count >= LEAST_SHARED else None


def _groups_of(quotes: pa.Table) -> dict[str, set[str]]:
    words = pc.list_value_length(pc.utf8_split_whitespace(quotes["surface"]))
    long = quotes.filter(pc.and_(pc.equal(quotes["kind"], "full"), pc.greater_equal(words, QUOTE_WORDS)))
    groups_of: defaultdict[str, set[str]] = defaultdict(set)
    for article_id, group in zip(long["article_id"].to_pylist(), long["quote_group_id"].to_pylist(), strict=True):
        groups_of[article_id].add(group)
    return groups_of


def touched(relations: Relations, new: Collection[str], others: Iterable[str]) -> list[str]:
    """Return those of `others` whose dated relatives may be other ones since the articles `new` came."""
    nodes = {relations.node_of.get(i, i) for i in new}
    nodes |= {other for node in nodes for other in relations.edges.get(node, ())}
    groups = {group for i in new for group in relations.groups_of.get(i, ())}
    return [
        i
        for i in others
        if relations.node_of.get(i, i) in nodes or not groups.isdisjoint(relations.groups_of.get(i, ()))
    ]


class Neighbourhood:
    """Finds the dated relatives of an article, given the stated day of each article that has one."""

    def __init__(self, relations: Relations, days: Mapping[str, date]) -> None:
        self._relations = relations
        nodes = ((relations.node_of.get(i, i), i, day) for i, day in days.items())
        groups = ((group, i, day) for i, day in days.items() for group in relations.groups_of.get(i, ()))
        self._by_node, self._by_group = _smallest(nodes), _smallest(groups)

    def dated(self, article_id: str) -> list[Dated]:
        """Return the articles with a stated day that date `article_id`, each once, the surest relations first."""
        best: dict[str, Dated] = {}
        for dated in sorted(self._all(article_id)):
            best.setdefault(dated.article_id, dated)
        return nsmallest(MOST, best.values())

    def _all(self, article_id: str) -> Iterator[Dated]:
        node = self._relations.node_of.get(article_id, article_id)
        for other, rank in ((node, 0), *self._relations.edges.get(node, {}).items()):
            yield from (Dated(rank, *one) for one in self._by_node.get(other, ()))
        for group in self._relations.groups_of.get(article_id, ()):
            yield from (Dated(RELATIONS.index("shared_quote"), *one) for one in self._by_group.get(group, ()))


def _smallest(rows: Iterable[tuple[str, str, date]]) -> dict[str, list[tuple[str, date]]]:
    """Return the few articles of each key that are heard; a text printed a thousand times has as many dates."""
    found: defaultdict[str, list[tuple[str, date]]] = defaultdict(list)
    for key, article_id, day in rows:
        found[key].append((article_id, day))
    return {key: nsmallest(MOST, dated) for key, dated in found.items()}
