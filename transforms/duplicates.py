"""The stage `duplicates`: typed relations between articles, each with its measures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from transforms.fingerprints import SAMPLE, Hashes
from warehouse import schema

COPY_CONTAINMENT = 0.75
"""Share of the smaller text found in the larger from which they are copies."""
COPY_UNMATCHED = 0.3
"""Share of unmatched text on both sides from which a copy is rather a version."""
VERSION_CONTAINMENT = 0.45
"""Share of the smaller text found in the larger from which they are versions of one story."""
CONTAINS_CONTAINMENT = 0.85
"""Share of the smaller text inside a much longer one from which that contains it."""
CONTAINS_LENGTH = 2.0
"""How many times longer the other must be to contain rather than copy."""
PASSAGE_CONTAINMENT = 0.15
"""Share of the smaller text from which a common passage is worth an edge."""
COPY_FACTS_MISSING = 0.35
"""Share of names and numbers missing above which a near-equal text is a template, not a copy."""
LEAST_SHARED = 4
"""Fewest common sampled shingles of any edge."""
COMMON_ARTICLES = 80
"""Articles with the same shingle above which it is boilerplate and finds no candidates."""


class _Text(NamedTuple):
    article_id: str
    words_hash: str
    shingle_count: int
    hashes: Hashes
    facts: Hashes
    is_new: bool


class Measures(NamedTuple):
    """How two texts overlap: shares of 0 to 1, and the evidence count."""

    containment: float
    other_containment: float
    jaccard: float
    facts_missing_share: float
    shared_count: int


def duplicates(  # noqa: PLR0913, PLR0917 - each table once of this run and once of those before
    fingerprints: pa.Table,
    known_fingerprints: pa.Table,
    articles: pa.Table,
    known_articles: pa.Table,
    documents: pa.Table,
    known_documents: pa.Table,
) -> pa.Table:
    """Relate each new article to every other.

    In: fingerprints, articles and documents of this run and of earlier ones. Out: rows of schema.DUPLICATES, the
    later article first (by publication day, then by run, then by id); in `contains` the longer one first.
    """
    unordered = [*_texts(known_fingerprints, is_new=False), *_texts(fingerprints, is_new=True)]
    new = {text.article_id for text in unordered if text.is_new}
    order = _arrival(pa.concat_tables([known_articles, articles]), new)
    # an article kept out of its table by a check leaves its fingerprint behind
    texts = sorted(
        (text for text in unordered if text.article_id in order), key=lambda text: (text.is_new, order[text.article_id])
    )
    edges: dict[frozenset[str], dict[str, Any]] = {}
    for edge in (*_same_source(texts, pa.concat_tables([known_documents, documents])), *_overlaps(texts, order)):
        edges.setdefault(frozenset((edge["article_id"], edge["other_article_id"])), edge)
    return schema.DUPLICATES.rows(sorted(edges.values(), key=lambda e: (e["article_id"], e["other_article_id"])))


def _texts(fingerprints: pa.Table, *, is_new: bool) -> Iterator[_Text]:
    hashes, facts = (_lists(fingerprints[name]) for name in ("hashes", "facts"))
    columns = (fingerprints[name].to_pylist() for name in ("article_id", "words_hash", "shingle_count"))
    for number, (article_id, words_hash, count) in enumerate(zip(*columns, strict=True)):
        yield _Text(article_id, words_hash, count, hashes[number], facts[number], is_new)


def _lists(column: pa.ChunkedArray) -> list[Hashes]:
    """Return each list of a column as an array."""
    return [np.asarray(item.values) if item.is_valid else np.empty(0, np.uint64) for item in column]


def _arrival(articles: pa.Table, new: set[str]) -> dict[str, tuple[str, bool, str]]:
    """Return the key that orders articles in time."""
    columns = (articles[name].to_pylist() for name in ("article_id", "published_on"))
    return {i: (str(day or "9999"), i in new, i) for i, day in zip(*columns, strict=True)}


def _same_source(texts: Iterable[_Text], documents: pa.Table) -> Iterator[dict[str, Any]]:
    """Relate changed text to what stood at the same place before."""
    columns = (documents[name].to_pylist() for name in ("article_id", "uri", "record_number", "given"))
    sources = {article_id: _source(*place) for article_id, *place in zip(*columns, strict=True)}
    latest: dict[str, _Text] = {}
    for text in texts:
        source = sources[text.article_id]
        if source is None:
            continue
        before = latest.get(source)
        if text.is_new and before:
            relation = "exact" if text.words_hash == before.words_hash else "version"
            yield _row(text, before, relation, measure(text, before), "same_uri")
        latest[source] = text


def _source(uri: str, record_number: int | None, given: str | None) -> str | None:
    """Return what stays when a text changes: a file's uri, a record's own id or url; a line number does not."""
    if record_number is None:
        return uri
    stated = json.loads(given or "{}")
    own = stated.get("id", stated.get("url"))
    return None if own is None else f"id:{own}"


def _overlaps(texts: list[_Text], order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Relate texts that share words."""
    firsts, pairs = _same_words(texts)
    pairs += ((firsts[first], firsts[second]) for first, second in _candidates(firsts))
    for pair in pairs:
        edge = _edge(*sorted(pair, key=lambda text: order[text.article_id], reverse=True))
        if edge:
            yield edge


def _same_words(texts: list[_Text]) -> tuple[list[_Text], list[tuple[_Text, _Text]]]:
    """Return the first text of each wording, and every new one that repeats it paired with it.

    What else a wording is related to is said of its first text only: a text printed a thousand times is no boilerplate.
    """
    firsts: dict[str, _Text] = {}
    for text in texts:
        if text.shingle_count:
            firsts.setdefault(text.words_hash, text)
    repeats = [
        (firsts[text.words_hash], text)
        for text in texts
        if text.is_new and text.shingle_count and firsts[text.words_hash] is not text
    ]
    return list(firsts.values()), repeats


def _candidates(texts: list[_Text]) -> Iterator[tuple[int, int]]:
    """Yield pairs, one of them new, that share enough sampled shingles none of which is boilerplate."""
    sizes = [len(text.hashes) for text in texts]
    if not sum(sizes):
        return
    owners = np.repeat(np.arange(len(texts)), sizes)
    hashes = np.concatenate([text.hashes for text in texts])
    order = np.argsort(hashes, kind="stable")
    owners, hashes = owners[order], hashes[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    ends = np.r_[starts[1:], len(hashes)]
    is_new = np.array([text.is_new for text in texts])
    pairs = _count_pairs(owners, starts, ends, is_new)
    needed = np.minimum(LEAST_SHARED, np.minimum(np.array(sizes)[pairs[0]], np.array(sizes)[pairs[1]]))
    enough = pairs[2] >= needed
    yield from zip(pairs[0][enough].tolist(), pairs[1][enough].tolist(), strict=True)


def _count_pairs(owners: Any, starts: Any, ends: Any, is_new: Any) -> tuple[Any, Any, Any]:
    """Return the distinct pairs of articles with a common shingle and how many they share."""
    firsts, seconds = [], []
    lengths = ends - starts
    for length in np.unique(lengths[(lengths > 1) & (lengths <= COMMON_ARTICLES)]):
        groups = owners[starts[lengths == length][:, None] + np.arange(length)]
        left, right = np.triu_indices(length, 1)
        firsts.append(groups[:, left].ravel())
        seconds.append(groups[:, right].ravel())
    if not firsts:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    fresh = is_new[first] | is_new[second]
    keys, counts = np.unique(first[fresh].astype(np.int64) << 32 | second[fresh], return_counts=True)
    return keys >> 32, keys & 0xFFFFFFFF, counts


def _edge(later: _Text, earlier: _Text) -> dict[str, Any] | None:
    measures = measure(later, earlier)
    if later.words_hash == earlier.words_hash:
        return _row(later, earlier, "exact", measures, "same_words")
    relation = relate(measures, later.shingle_count, earlier.shingle_count)
    if relation is None:
        return None
    if relation == "contains" and later.shingle_count < earlier.shingle_count:
        return _row(earlier, later, relation, measure(earlier, later), "shingles")
    return _row(later, earlier, relation, measures, "shingles")


def measure(text: _Text, other: _Text) -> Measures:
    """Return how two texts overlap, on the shingles sampled in both."""
    first, second = _same_sample(text, other)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    union = len(first) + len(second) - shared
    return Measures(
        shared / len(first) if len(first) else 0.0,
        shared / len(second) if len(second) else 0.0,
        shared / union if union else 0.0,
        _facts_missing(text.facts, other.facts),
        shared,
    )


def _same_sample(text: _Text, other: _Text) -> tuple[Hashes, Hashes]:
    """Where only one text is sampled, thin the other out the same way."""
    sampled = [len(t.hashes) < t.shingle_count for t in (text, other)]
    if sampled[0] == sampled[1]:
        return text.hashes, other.hashes
    bound = np.uint64(2**64 // SAMPLE)
    return text.hashes[text.hashes < bound], other.hashes[other.hashes < bound]


def _facts_missing(facts: Hashes, other: Hashes) -> float:
    poorer, richer = sorted((facts, other), key=len)
    if not len(poorer):
        return 0.0
    return 1 - len(np.intersect1d(poorer, richer, assume_unique=True)) / len(poorer)


def relate(measures: Measures, shingle_count: int, other_shingle_count: int) -> str | None:
    """Return the relation two texts with these measures stand in, or None.

    >>> relate(Measures(0.95, 0.9, 0.86, 0.05, 80), 100, 105)
    'copy'
    """
    larger = max(measures.containment, measures.other_containment)
    smaller = min(measures.containment, measures.other_containment)
    longer = max(shingle_count, other_shingle_count) >= CONTAINS_LENGTH * min(shingle_count, other_shingle_count)
    if longer and larger >= CONTAINS_CONTAINMENT:
        return "contains"
    if larger >= COPY_CONTAINMENT and measures.facts_missing_share <= COPY_FACTS_MISSING:
        return "copy" if smaller >= 1 - COPY_UNMATCHED or larger >= 0.9 else "version"
    if larger >= VERSION_CONTAINMENT and measures.facts_missing_share <= 0.5:
        return "version"
    return "shared_passage" if larger >= PASSAGE_CONTAINMENT else None


def _row(text: _Text, other: _Text, relation: str, measures: Measures, rule: str) -> dict[str, Any]:
    return {
        "article_id": text.article_id,
        "other_article_id": other.article_id,
        "relation": relation,
        "rule": rule,
        **measures._asdict(),
    }
