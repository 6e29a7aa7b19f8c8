"""The stage `clusters`: each article's place among its copies, and among the versions of its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from warehouse import schema

STORY_CONTAINMENT = 0.1
"""Share of either text found in the other from which two versions tell one story."""
_NO_DAY = date.max


class _Member(NamedTuple):
    published_on: date
    word_count: int
    article_id: str


_FORGOTTEN = _Member(date.min, 0, "")


def clusters(
    articles: pa.Table,
    known_articles: pa.Table,
    duplicates: pa.Table,
    known_duplicates: pa.Table,
    known_clusters: pa.Table,
) -> pa.Table:
    """Place every article.

    In: article_id, published_on and word_count of all articles; all edges; the clusters of earlier runs. Out: rows of
    schema.CLUSTERS for all articles, sorted by article_id. Articles of the same words stand together; beyond that one
    joins the earliest founder it has a copy edge with, never a friend of a friend, so that clusters cannot chain.
    Known places stay.
    """
    members = {row["article_id"]: _member(row) for row in (*known_articles.to_pylist(), *articles.to_pylist())}
    # an article kept out of its table by a check leaves its edges behind
    edges = [
        edge
        for edge in pa.concat_tables([known_duplicates, duplicates]).to_pylist()
        if edge["article_id"] in members and edge["other_article_id"] in members
    ]
    known = {row["article_id"]: row for row in known_clusters.to_pylist()}
    places = {article_id: row["cluster_id"] for article_id, row in known.items()}
    _place(sorted(member for i, member in members.items() if i not in known), edges, places)
    # what was founded first: known clusters, then by the order articles arrive in
    age = {cluster: (cluster not in known, members.get(cluster, _FORGOTTEN)) for cluster in places.values()}
    stories = _stories(edges, places, {row["cluster_id"]: row["story_id"] for row in known.values()}, age)
    return schema.CLUSTERS.rows(_rows(members, places, stories))


def _member(row: dict[str, Any]) -> _Member:
    return _Member(row["published_on"] or _NO_DAY, -(row["word_count"] or 0), row["article_id"])


def _neighbours(edges: Iterable[dict[str, Any]], relation: str) -> defaultdict[str, set[str]]:
    neighbours = defaultdict(set)
    for edge in edges:
        if edge["relation"] == relation:
            neighbours[edge["article_id"]].add(edge["other_article_id"])
            neighbours[edge["other_article_id"]].add(edge["article_id"])
    return neighbours


def _place(arriving: list[_Member], edges: list[dict[str, Any]], places: dict[str, str]) -> None:
    """Give each arriving article, earliest first, the cluster of its words, or of a founder beside it, or its own."""
    copies, same_words = _neighbours(edges, "copy"), _neighbours(edges, "exact")
    rank = {cluster: number for number, cluster in enumerate(sorted(set(places.values())))}
    # every text of a founder's words speaks for it
    founders = {i: cluster for cluster in rank for i in _connected(cluster, same_words)}
    for member in arriving:
        if member.article_id in places:
            continue
        group = _connected(member.article_id, same_words)
        beside = {i for other in group for i in copies.get(other, ())}
        found = {places[i] for i in group if i in places} or {founders[i] for i in beside if i in founders}
        cluster = min(found, key=lambda i: rank[i]) if found else member.article_id
        if cluster not in rank:
            rank[cluster] = len(rank)
            founders.update(dict.fromkeys(group, cluster))
        places.update((i, cluster) for i in group if i not in places)


def _connected(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    """Return all that edges lead to from `start`, which is among them."""
    found, open_ends = {start}, [start]
    while open_ends:
        fresh = neighbours.get(open_ends.pop(), set()) - found
        found |= fresh
        open_ends += fresh
    return found


def _stories(
    edges: Iterable[dict[str, Any]],
    places: dict[str, str],
    known: dict[str, str],
    age: dict[str, Any],
) -> dict[str, str]:
    """Return the story of each cluster: clusters joined by version edges share the first seen one's.

    Other text at the same place is a version of what stood there, but tells the same story only if it shares words.
    """
    parent = {cluster: cluster for cluster in {*places.values(), *known.values()}} | known
    for edge in edges:
        if edge["relation"] == "version" and max(edge["containment"], edge["other_containment"]) >= STORY_CONTAINMENT:
            pair = {_root(parent, places[edge[end]]) for end in ("article_id", "other_article_id")}
            older, *younger = sorted(pair, key=lambda cluster: age[cluster])
            parent.update(dict.fromkeys(younger, older))
    return {cluster: _root(parent, cluster) for cluster in parent}


def _root(parent: dict[str, str], cluster: str) -> str:
    while parent[cluster] != cluster:
        cluster = parent[cluster]
    return cluster


def _rows(members: dict[str, _Member], places: dict[str, str], stories: dict[str, str]) -> list[dict[str, Any]]:
    groups: defaultdict[str, list[_Member]] = defaultdict(list)
    for member in members.values():
        groups[places[member.article_id]].append(member)
    canonical = {cluster: _canonical(group) for cluster, group in groups.items()}
    return [
        {
            "article_id": article_id,
            "cluster_id": cluster,
            "story_id": stories[cluster],
            "is_canonical": canonical[cluster][0] == article_id,
            "canonical_rule": canonical[cluster][1],
        }
        for article_id, cluster in ((i, places[i]) for i in sorted(members))
    ]


def _canonical(group: list[_Member]) -> tuple[str, str]:
    """Return the member that stands for its cluster (earliest, then longest, then smallest id) and the rule."""
    first, *others = sorted(group)
    if not others:
        return first.article_id, "only"
    if others[0].published_on != first.published_on:
        return first.article_id, "earliest"
    return first.article_id, "longest" if others[0].word_count != first.word_count else "smallest_id"
