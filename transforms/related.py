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

from transforms.quoting.wording import fold
from transforms.relating.relation import Measures, relate

RELATIONS = ("exact", "copy", "version", "shared_quote")
"""What relates two articles closely enough, the surest first."""
MOST = 20
"""Dated articles that are heard for one: the surest relations, then the smallest ids."""
QUOTE_WORDS = 8
"""Words from which a stretch of a quotation is hardly said on two occasions."""


class Dated(NamedTuple):
    """An article with a stated day, and how surely it is related: its place in RELATIONS."""

    rank: int
    article_id: str
    day: date


class Relations(NamedTuple):
    """Nodes of articles (by wording), edges between nodes by rank, and the long quotations of articles."""

    node_of: dict[str, str]
    edges: dict[str, dict[str, int]]
    quotes: list[tuple[str, str]]


def read_relations(fingerprints: pa.Table, duplicates: pa.Table, quotes: pa.Table) -> Relations:
    """Read relations off all rows there are, of this run and earlier ones.

    In: article_id, words_hash, shingle_count and has_frame of schema.FINGERPRINTS; schema.DUPLICATES; article_id and
    surface of schema.QUOTES. Quotations are compared by stretches of their words rather than by `quote_group_id`: which
    group a quotation is in hangs on the runs before.
    """
    worded = fingerprints.filter(pc.greater(fingerprints["shingle_count"], 0))
    node_of = dict(zip(worded["article_id"].to_pylist(), worded["words_hash"].to_pylist(), strict=True))
    columns = (fingerprints[name].to_pylist() for name in ("article_id", "shingle_count", "has_frame"))
    sizes = {article_id: (count, has_frame) for article_id, count, has_frame in zip(*columns, strict=True)}
    return Relations(node_of, _edges(duplicates, node_of, sizes), _long(quotes))


def _edges(
    duplicates: pa.Table, node_of: Mapping[str, str], sizes: Mapping[str, tuple[int, bool]]
) -> dict[str, dict[str, int]]:
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


def _by_words(measures: Measures, size: tuple[int, bool], other_size: tuple[int, bool]) -> str | None:
    """Return how two texts from one place are related by their words; which of them came next is of no account."""
    return relate(measures, size[0], other_size[0], has_frame=size[1] or other_size[1])


def _long(quotes: pa.Table) -> list[tuple[str, str]]:
    words = pc.list_value_length(pc.utf8_split_whitespace(quotes["surface"]))
    long = quotes.filter(pc.greater_equal(words, QUOTE_WORDS))
    return list(zip(long["article_id"].to_pylist(), long["surface"].to_pylist(), strict=True))


def stretches(surface: str) -> set[str]:
    """Return every stretch of QUOTE_WORDS words of a quotation, in the form that `fold` gives them."""
    words = fold(surface).split()
    return {" ".join(words[at : at + QUOTE_WORDS]) for at in range(len(words) - QUOTE_WORDS + 1)}


def touched(relations: Relations, new: Collection[str], others: Iterable[str]) -> list[str]:
    """Return those of `others` whose dated relatives may be other ones since the articles `new` came."""
    nodes = {relations.node_of.get(i, i) for i in new}
    nodes |= {other for node in nodes for other in relations.edges.get(node, ())}
    said = _said(relations, set(new))
    quoting = {i for i, surface in relations.quotes if not said.isdisjoint(stretches(surface))}
    return [i for i in others if i in quoting or relations.node_of.get(i, i) in nodes]


def _said(relations: Relations, article_ids: Collection[str]) -> set[str]:
    return {stretch for i, surface in relations.quotes if i in article_ids for stretch in stretches(surface)}


class Neighbourhood:
    """Finds the dated relatives of the articles `asked`, given the stated day of each article that has one."""

    def __init__(self, relations: Relations, days: Mapping[str, date], asked: Collection[str]) -> None:
        self._relations = relations
        self._stretches: defaultdict[str, set[str]] = defaultdict(set)
        said, of_stretch = _said(relations, asked), []
        for i, surface in relations.quotes:
            shared = stretches(surface) & said
            of_stretch += [(stretch, i, days[i]) for stretch in sorted(shared) if i in days]
            self._stretches[i] |= shared if i in asked else set()
        nodes = ((relations.node_of.get(i, i), i, day) for i, day in days.items())
        self._by_node, self._by_stretch = _smallest(nodes), _smallest(of_stretch)

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
        for stretch in self._stretches.get(article_id, ()):
            yield from (Dated(RELATIONS.index("shared_quote"), *one) for one in self._by_stretch.get(stretch, ()))


def _smallest(rows: Iterable[tuple[str, str, date]]) -> dict[str, list[tuple[str, date]]]:
    """Return the few articles of each key that are heard; a text printed a thousand times has as many dates."""
    found: defaultdict[str, list[tuple[str, date]]] = defaultdict(list)
    for key, article_id, day in rows:
        found[key].append((article_id, day))
    return {key: nsmallest(MOST, set(dated)) for key, dated in found.items()}
