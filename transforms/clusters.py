"""The stage `clusters`: each article's place among its copies, and among the versions of its story."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.relating.placing import COMPILED_FROM, gather, joined
from transforms.relating.relation import COPY, EXACT, RELATIONS, SHARED_PASSAGE, VERSION
from warehouse import schema

STORY_CONTAINMENT = 0.1
"""Share of either text found in the other from which two versions tell one story."""
MOST_RELATED = 12
"""Other clusters up to which a cluster's relations tell a story: what it has in common with more is an outlet's own."""
_RULES = ("only", "earliest", "longest", "smallest_id")

Integers = npt.NDArray[np.int64]


class _Edges(NamedTuple):
    """Edges between articles by their numbers."""

    one: Integers
    other: Integers
    relation: npt.NDArray[np.int8]
    is_told: npt.NDArray[np.bool_]

    def of(self, *relations: int) -> _Edges:
        """Return the edges of some relations, by their places in RELATIONS."""
        return self.where(np.isin(self.relation, relations))

    def where(self, flags: npt.NDArray[np.bool_]) -> _Edges:
        """Return some edges."""
        return _Edges(self.one[flags], self.other[flags], self.relation[flags], self.is_told[flags])


class _Names(NamedTuple):
    """The id of each group, by its number, and the ids it had before."""

    of_group: pa.Array
    former: dict[int, list[str]]


def clusters(
    articles: pa.Table,
    known_articles: pa.Table,
    duplicates: pa.Table,
    known_duplicates: pa.Table,
    known_clusters: pa.Table,
) -> pa.Table:
    """Place every article.

    In: article_id, published_on, published_at and word_count of all articles; all edges; the clusters of earlier
    runs. Out: rows of schema.CLUSTERS for all articles, sorted by article_id. Who stands with whom follows from all
    articles and edges, whatever came first. Articles of the same words stand together; others must be copies of the
    canonical article, or of most of its copies, so that clusters cannot chain. An id stays with the cluster that had
    it.
    """
    members = _in_canonical_order(pa.concat_tables([known_articles, articles]))
    ids = members["article_id"].combine_chunks()
    edges = _edges(ids, pa.concat_tables([known_duplicates, duplicates]))
    cluster = _cluster(len(ids), edges)
    story = _story(cluster, edges)
    known = known_clusters.take(pc.index_in(ids, known_clusters["article_id"].combine_chunks()))
    names = _named(cluster, ids, known["cluster_id"].combine_chunks(), known["former_cluster_ids"])
    stories = _named(story, names.of_group, known["story_id"].combine_chunks(), None)
    rows = schema.CLUSTERS.of_columns(
        {
            "article_id": ids,
            "cluster_id": names.of_group.take(pa.array(cluster)),
            "story_id": stories.of_group.take(pa.array(story)),
            "is_canonical": cluster == np.arange(len(ids)),
            "canonical_rule": _rules(members, cluster),
            "former_cluster_ids": _spread(names.former, cluster),
        }
    )
    return rows.take(pc.sort_indices(ids))


def _in_canonical_order(articles: pa.Table) -> pa.Table:
    """Sort articles so that the one that stands for any group of them comes first."""
    longest = pc.negate(pc.fill_null(articles["word_count"], 0))
    return articles.append_column("length", longest).sort_by(
        [
            ("published_on", "ascending"),
            ("published_at", "ascending"),
            ("length", "ascending"),
            ("article_id", "ascending"),
        ]
    )


def _edges(ids: pa.Array, duplicates: pa.Table) -> _Edges:
    """Return the edges; an article kept out of its table by a check leaves its edges behind."""
    ends = [pc.index_in(duplicates[name], ids) for name in ("article_id", "other_article_id")]
    is_there = pc.and_(pc.is_valid(ends[0]), pc.is_valid(ends[1]))
    duplicates = duplicates.filter(is_there)
    one, other = (np.asarray(end.filter(is_there)).astype(np.int64) for end in ends)
    shares = np.maximum(np.asarray(duplicates["containment"]), np.asarray(duplicates["other_containment"]))
    relation = np.asarray(pc.index_in(duplicates["relation"], pa.array(RELATIONS))).astype(np.int8)
    return _Edges(np.minimum(one, other), np.maximum(one, other), relation, shares >= STORY_CONTAINMENT)


def _cluster(number: int, edges: _Edges) -> Integers:
    """Return the canonical article of each one's cluster."""
    same = edges.of(EXACT)
    group = _joined(number, same)
    near = edges.of(COPY, VERSION)
    one, other = np.sort(np.stack([group[near.one], group[near.other]]), axis=0)
    apart = one != other
    # each pair once, as a copy where one edge says so
    keys = _distinct((one * number + other)[apart] << 1 | (near.relation[apart] != COPY))
    keys = keys[np.diff(keys >> 1, prepend=-1) > 0]
    compiled = gather.compiled_for(number + len(keys), COMPILED_FROM)
    founder = (compiled or gather)(number, *np.divmod(keys >> 1, number), keys & 1 == 0)
    return np.asarray(founder[group], np.int64)


def _story(cluster: Integers, edges: _Edges) -> Integers:
    """Return the first cluster of each one's story; other text at the same place tells another."""
    near = edges.of(COPY, VERSION, SHARED_PASSAGE)
    one, other = np.sort(np.stack([cluster[near.one], cluster[near.other]]), axis=0)
    related = _distinct((one * len(cluster) + other)[one != other])
    counts = np.bincount(np.r_[related // len(cluster), related % len(cluster)], minlength=len(cluster))
    told = edges.where(edges.is_told).of(COPY, VERSION)
    one, other = cluster[told.one], cluster[told.other]
    is_few = np.maximum(counts[one], counts[other]) <= MOST_RELATED
    placed = told._replace(one=one, other=other).where(is_few)
    return np.asarray(_joined(len(cluster), placed)[cluster], np.int64)


def _joined(number: int, edges: _Edges) -> Integers:
    compiled = joined.compiled_for(number + len(edges.one), COMPILED_FROM)
    return np.asarray((compiled or joined)(number, edges.one, edges.other), np.int64)


def _distinct(numbers: Integers) -> Integers:
    """Return each of some numbers from 0 on once, in order: much faster than `np.unique`, which looks each one up."""
    numbers = np.sort(numbers)
    return numbers[np.diff(numbers, prepend=-1) > 0]


def _named(group: Integers, base: pa.Array, known: pa.Array, former: pa.ChunkedArray | None) -> _Names:
    """Name groups: by an id that was theirs before, else as `base` names their first member.

    Where several had one id, it stays with the group of the member it names, else with the first; where a group had
    several, with the smallest of them, and the others are remembered.
    """
    before = known.dictionary_encode()
    code = np.asarray(before.indices.fill_null(-1)).astype(np.int64)
    keys = _distinct((group << 32 | code)[code >= 0])
    of_key, code_of_key = keys >> 32, keys & 0xFFFFFFFF
    alone = (np.bincount(code_of_key)[code_of_key] == 1) & (np.bincount(of_key)[of_key] == 1)
    number = np.arange(len(group))
    number[of_key[alone]] = len(group) + code_of_key[alone]
    taken, held = _disputed(of_key[~alone], code_of_key[~alone], before.dictionary, base, group)
    number[list(taken)] = [len(group) + at for at in taken.values()]
    names = pa.concat_arrays([base, before.dictionary]).take(pa.array(number))
    return _Names(names, _former(group, held, former) if former is not None else {})


def _disputed(
    groups: Integers, codes: Integers, ids: pa.Array, base: pa.Array, group: Integers
) -> tuple[dict[int, int], dict[int, list[str]]]:
    """Give ids that several groups had, or of which a group had several; return the one taken and those left over."""
    of_code: defaultdict[int, list[int]] = defaultdict(list)
    for one, code in zip(groups.tolist(), codes.tolist(), strict=True):
        of_code[code].append(one)
    won: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for code, rivals in of_code.items():
        named = pc.index(base, ids[code]).as_py()
        home = int(group[named]) if named >= 0 else -1
        won[home if home in rivals else min(rivals)].append((ids[code].as_py(), code))
    taken = {one: min(found)[1] for one, found in won.items()}
    return taken, {one: [name for name, _ in sorted(found)[1:]] for one, found in won.items()}


def _former(group: Integers, held: dict[int, list[str]], known: pa.ChunkedArray) -> dict[int, list[str]]:
    """Add to the ids that groups have lost by now those they lost before."""
    former: defaultdict[int, set[str]] = defaultdict(set)
    for one, names in held.items():
        former[one].update(names)
    had = np.flatnonzero(np.asarray(pc.fill_null(pc.list_value_length(known), 0)))
    for row in had.tolist():
        former[int(group[row])].update(known[row].as_py())
    return {one: sorted(names) for one, names in former.items() if names}


def _spread(former: dict[int, list[str]], cluster: Integers) -> pa.Array:
    """Return the former ids of each article's cluster."""
    if not former:
        nothing = pa.ListArray.from_arrays(np.zeros(len(cluster) + 1, np.int32), pa.array([], pa.string()))
        return nothing.cast(schema.STRINGS)
    return pa.array([former.get(group, []) for group in cluster.tolist()], schema.STRINGS)


def _rules(members: pa.Table, cluster: Integers) -> pa.Array:
    """Return what made each cluster's canonical article: how it differs from the next member."""
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.r_[True, cluster[order][1:] != cluster[order][:-1]]) if len(order) else order
    sizes = np.diff(np.r_[starts, len(order)])
    second = order[np.minimum(starts + 1, max(len(order) - 1, 0))]
    day = np.asarray(members["published_on"].cast(pa.int32()).fill_null(2**31 - 1))
    instant = np.asarray(members["published_at"].cast(pa.int64()).fill_null(2**63 - 1))
    length = np.asarray(members["length"])
    first = order[starts]
    is_earlier = (day[first] != day[second]) | (instant[first] != instant[second])
    rule = np.where(is_earlier, 1, np.where(length[first] != length[second], 2, 3))
    of_cluster = np.zeros(len(cluster), np.int64)
    of_cluster[first] = np.where(sizes == 1, 0, rule)
    return pa.array(_RULES).take(pa.array(of_cluster[cluster]))
