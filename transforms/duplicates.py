"""The stage `duplicates`: typed relations between articles, each with its measures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.fingerprinting.parameters import METHOD
from transforms.relating.pairs import COMPILED_FROM, relate_all
from transforms.relating.postings import count_hits, packed
from transforms.relating.relation import EXACT, LEAST_SHARED, PASSAGE_CONTAINMENT, RELATIONS, VERSION, Measures
from warehouse import schema
from warehouse.errors import FingerprintError

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SAME = Measures(1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0)
_APART = Measures(0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0)
_ID, _URL = "id:", "url:"
_LATEST = 8
"""Texts of one place, the last ones, among which the one before is looked for."""
_WORDS, _SHINGLES, _PLACE = range(3)
_RULES = ("same_words", "shingles", "same_uri")


class _Lists(NamedTuple):
    """Lists one after the other, and where each begins and ends."""

    values: npt.NDArray[Any]
    begins: Integers
    ends: Integers


class _Texts(NamedTuple):
    """The texts to relate, known ones first, then by publication and id."""

    ids: pa.Array
    is_new: Flags
    age: Integers
    words: Integers
    content: npt.NDArray[np.uint64]
    least: npt.NDArray[np.uint32]
    shingles: npt.NDArray[np.int32]
    has_frame: Flags
    hashes: _Lists
    gaps: npt.NDArray[np.uint8]
    facts: _Lists


class _Edges(NamedTuple):
    """Relations between two texts by their numbers, with relation, rule and columns of measures."""

    one: Integers
    other: Integers
    relation: Integers
    rule: int
    measures: npt.NDArray[np.float64]


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
    later article first (by publication day and instant, then by run, then by id); in `contains` the longer one first.
    Raises FingerprintError where known fingerprints were made in another way.
    """
    _require_one_method(known_fingerprints)
    sources = _same_source(documents, known_documents)
    touched = _touched(fingerprints, known_fingerprints, sources["article_id"])
    texts = _arrange(fingerprints, touched, articles, known_articles, pa.concat_tables([known_documents, documents]))
    places, firsts = _places(sources, texts), _firsts(texts)
    return _table(texts, [places, _repeats(texts, firsts), _overlaps(texts, firsts)])


def _require_one_method(fingerprints: pa.Table) -> None:
    others = [method for method in pc.unique(fingerprints["method"]).to_pylist() if method != METHOD]
    if others:
        raise FingerprintError(
            f"the warehouse holds fingerprints of another version ({others[0] or 'unknown'}, now {METHOD}): "
            "make them anew with `dateline run --reprocess fingerprints`"
        )


def _same_source(documents: pa.Table, known_documents: pa.Table) -> pa.Table:
    """Return source and article_id of all documents that share their place with another, one of them new."""
    new = _sources(documents)
    known = _sources(known_documents, set(new["source"].to_pylist()) if known_documents.num_rows else set())
    rows = pa.concat_tables([known, new])
    counts = rows.group_by("source").aggregate([([], "count_all")])
    several = counts.filter(pc.greater(counts["count_all"], 1))["source"]
    return rows.filter(pc.is_in(rows["source"], several.combine_chunks()))


def _sources(documents: pa.Table, wanted: set[str] | None = None) -> pa.Table:
    """Return what stays when a text changes: a file's uri, a record's own id or url; a line number does not."""
    is_file = pc.is_null(documents["record_number"])
    files, records = documents.filter(is_file), documents.filter(pc.invert(is_file))
    if wanted is not None:
        files = files.filter(pc.is_in(files["uri"], pa.array(sorted(wanted), pa.string())))
        stated = any(source.startswith((_ID, _URL)) for source in wanted)
        records = records if stated else records.slice(0, 0)
    found = pa.table({"source": files["uri"], "article_id": files["article_id"]})
    own = [_own_id(given) for given in records["given"].to_pylist()]
    ids = pa.table({"source": pa.array(own, pa.string()), "article_id": records["article_id"]})
    return pa.concat_tables([found, ids.filter(pc.is_valid(ids["source"]))])


def _own_id(given: str | None) -> str | None:
    if not given or ('"id"' not in given and '"url"' not in given):
        return None
    stated = json.loads(given)
    own = stated.get("id")
    if own is not None:
        return f"{_ID}{own}"
    return None if stated.get("url") is None else f"{_URL}{stated['url']}"


def _touched(fingerprints: pa.Table, known: pa.Table, article_ids: pa.ChunkedArray) -> pa.Table:
    """Return the known fingerprints that may be related to a new one."""
    if not known.num_rows:
        return known
    ours, theirs = _lists(fingerprints["hashes"]), _lists(known["hashes"])
    compiled = count_hits.compiled_for(len(ours.values) + len(theirs.values), COMPILED_FROM)
    hits = (compiled or count_hits)(*ours, *theirs)
    same = pc.or_(
        pc.is_in(known["words_hash"], pc.unique(fingerprints["words_hash"])),
        pc.is_in(known["article_id"], pc.unique(article_ids)),
    )
    return known.filter(pc.or_(same, pa.chunked_array([pa.array(hits >= LEAST_SHARED)])))


def _lists(column: pa.ChunkedArray) -> _Lists:
    pieces = [chunk for chunk in column.chunks if len(chunk)]
    lists = pieces[0] if len(pieces) == 1 else column.combine_chunks()
    ends = np.asarray(lists.offsets).astype(np.int64)
    return _Lists(np.asarray(lists.values), ends[:-1], ends[1:])


def _arrange(
    fingerprints: pa.Table, known: pa.Table, articles: pa.Table, known_articles: pa.Table, documents: pa.Table
) -> _Texts:
    prints = pa.concat_tables([known, fingerprints])
    named = known_articles.filter(pc.is_in(known_articles["article_id"], pc.unique(known["article_id"])))
    named = pa.concat_tables([named, articles])
    # an article kept out of its table by a check leaves its fingerprint behind
    place = pc.index_in(prints["article_id"], named["article_id"].combine_chunks())
    came = pc.index_in(prints["article_id"], documents["article_id"].combine_chunks())
    is_new = np.arange(prints.num_rows) >= known.num_rows
    keys = pa.table(
        {
            "article_id": prints["article_id"],
            "is_new": is_new,
            "day": named["published_on"].take(place),
            "instant": named["published_at"].take(place),
            # a run that finds articles anew has them all as new, but their documents know the run that took them in
            "came": documents["run_id"].take(came),
            "is_there": pc.is_valid(place),
        }
    )
    by = [(name, "ascending") for name in ("day", "instant", "is_new", "came", "article_id")]
    in_time = np.asarray(pc.sort_indices(keys, by))
    age = np.empty(len(in_time), np.int64)
    age[in_time] = np.arange(len(in_time))
    order = in_time[np.argsort(is_new[in_time], kind="stable")]
    order = order[np.asarray(keys["is_there"])[order]]
    words = prints["words_hash"].combine_chunks()
    hashes, facts = _lists(prints["hashes"]), _lists(prints["facts"])
    return _Texts(
        prints["article_id"].combine_chunks().take(pa.array(order)),
        is_new[order],
        age[order],
        np.asarray(words.take(pa.array(order)).dictionary_encode().indices).astype(np.int64),
        _leading(words)[order],
        _least(hashes)[order],
        np.asarray(prints["shingle_count"])[order],
        np.asarray(prints["has_frame"])[order],
        _Lists(hashes.values, hashes.begins[order], hashes.ends[order]),
        _lists(prints["gaps"]).values,
        _Lists(facts.values, facts.begins[order], facts.ends[order]),
    )


def _leading(words_hashes: pa.Array) -> npt.NDArray[np.uint64]:
    """Return two numbers each that order texts as the first halves of their words_hash do."""
    signs = pc.utf8_slice_codeunits(words_hashes, 0, 16).cast(pa.binary()).cast(pa.binary(16))
    return np.frombuffer(signs.buffers()[1], ">u8", 2 * len(signs)).reshape(-1, 2).astype(np.uint64)


def _least(hashes: _Lists) -> npt.NDArray[np.uint32]:
    """Return the smallest of each list; texts that have much in common mostly have it in common."""
    least = np.zeros(len(hashes.begins), np.uint32)
    is_there = hashes.ends > hashes.begins
    least[is_there] = np.minimum.reduceat(hashes.values, hashes.begins[is_there]) if is_there.any() else 0
    return least


def _places(sources: pa.Table, texts: _Texts) -> _Edges:
    """Relate changed text to what stood at the same place before.

    Of one url, whatever they say. Two folders may both have a file of one name, two feeds a record of one number: of
    these, where they share a passage.
    """
    number = {i: at for at, i in enumerate(texts.ids.to_pylist())} if sources.num_rows else {}
    rows = [
        (number[i], source)
        for source, i in zip(sources["source"].to_pylist(), sources["article_id"].to_pylist(), strict=True)
        if i in number
    ]
    found = list(_successions(sorted(rows, key=lambda row: int(texts.age[row[0]])), texts))
    one, other = (np.array([row[end] for row in found], np.int64) for end in (0, 1))
    relation = np.where(texts.words[one] == texts.words[other], EXACT, VERSION)
    measures = np.array([row[2] for row in found]).reshape(-1, len(_SAME)).T
    return _Edges(one, other, relation, _PLACE, measures)


def _successions(rows: list[tuple[int, str]], texts: _Texts) -> Iterator[tuple[int, int, npt.NDArray[np.float64]]]:
    """Yield each text with the latest before it that stood at its place, one of them new, and how they overlap."""
    before: defaultdict[str, list[int]] = defaultdict(list)
    for text, source in rows:
        latest = before[source][-_LATEST:]
        for other in reversed(latest if texts.is_new[[text, *latest]].any() else ()):
            measures = _measure(texts, text, other)
            if source.startswith(_URL) or max(measures[:2]) >= PASSAGE_CONTAINMENT:
                if texts.is_new[text] or texts.is_new[other]:
                    yield text, other, measures
                break
        before[source].append(text)


def _firsts(texts: _Texts) -> Integers:
    """Return for each text the first one of its words."""
    return np.unique(texts.words, return_index=True)[1][texts.words]


def _repeats(texts: _Texts, firsts: Integers) -> _Edges:
    """Relate each new text that repeats a wording to the first of it.

    What else a wording is related to is said of its first text only.
    """
    again = np.flatnonzero((firsts != np.arange(len(firsts))) & texts.is_new & (texts.shingles > 0))
    sizes = texts.hashes.ends[again] - texts.hashes.begins[again]
    measures = np.repeat(np.array(_SAME)[:, None], len(again), axis=1)
    measures[-1] = sizes
    return _Edges(again, firsts[again], np.full(len(again), EXACT), _WORDS, measures)


def _overlaps(texts: _Texts, firsts: Integers) -> _Edges:
    """Relate texts that share words: one of each wording, or several where their capitals tell other names."""
    said = texts.facts.ends - texts.facts.begins
    is_first = np.zeros(len(firsts), np.bool_)
    is_first[np.unique(texts.words * (said.max(initial=0) + 1) + said, return_index=True)[1]] = True
    nodes = np.flatnonzero(is_first & (texts.shingles > 0))
    # what is alike lies together in memory
    nodes = nodes[np.lexsort((said[nodes], *texts.content[nodes].T[::-1], texts.least[nodes]))]
    pairs, measures = _related(texts, nodes, every=False)
    one, other = nodes[pairs[0]], nodes[pairs[1]]
    differ = texts.words[one] != texts.words[other]
    return _Edges(one[differ], other[differ], pairs[2, differ], _SHINGLES, measures[:, differ])


def _related(texts: _Texts, nodes: Integers, *, every: bool) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    work = int((texts.hashes.ends - texts.hashes.begins)[nodes].sum())
    hashes, gaps = (_packed(lists, nodes, work) for lists in (texts.hashes, texts.hashes._replace(values=texts.gaps)))
    pairs, measures = (relate_all.compiled_for(work, COMPILED_FROM) or relate_all)(
        *hashes,
        gaps.values,
        texts.facts.values,
        texts.facts.begins[nodes],
        texts.facts.ends[nodes],
        texts.shingles[nodes],
        texts.has_frame[nodes],
        texts.is_new[nodes],
        every,
    )
    return pairs, measures


def _packed(lists: _Lists, nodes: Integers, work: int) -> _Lists:
    """Put the lists of some texts one after the other."""
    begins, ends = lists.begins[nodes], lists.ends[nodes]
    values = (packed.compiled_for(work, COMPILED_FROM) or packed)(lists.values, begins, ends)
    into = np.cumsum(ends - begins)
    return _Lists(values, into - (ends - begins), into)


def _measure(texts: _Texts, text: int, other: int) -> npt.NDArray[np.float64]:
    """Return how two texts overlap, whatever comes of it."""
    measures = _related(texts, np.array([other, text]), every=True)[1]
    if measures.size:
        return measures[:, 0]
    return np.array(_SAME if texts.words[text] == texts.words[other] else _APART)


def _table(texts: _Texts, found: list[_Edges]) -> pa.Table:
    """Make rows of edges, each pair once: the first in which it is found."""
    one, other, relation = (np.concatenate([getattr(edges, name) for edges in found]) for name in _Edges._fields[:3])
    rule = np.repeat([edges.rule for edges in found], [len(edges.one) for edges in found])
    swapped = np.where(
        relation == RELATIONS.index("contains"),
        texts.shingles[one] < texts.shingles[other],
        texts.age[one] < texts.age[other],
    )
    place = np.empty(len(texts.ids), np.int64)
    place[np.asarray(pc.sort_indices(texts.ids))] = np.arange(len(texts.ids))
    lower, higher = np.minimum(one, other), np.maximum(one, other)
    first = np.unique(lower << 32 | higher, return_index=True)[1]
    one, other = np.where(swapped, other, one)[first], np.where(swapped, one, other)[first]
    in_order = np.argsort(place[one] << 32 | place[other])
    one, other, first = one[in_order], other[in_order], first[in_order]
    swapped = swapped[first]
    return schema.DUPLICATES.of_columns(
        {
            "article_id": texts.ids.take(pa.array(one)),
            "other_article_id": texts.ids.take(pa.array(other)),
            "relation": pa.array(RELATIONS).take(pa.array(relation[first])),
            "rule": pa.array(_RULES).take(pa.array(rule[first])),
            **dict(zip(Measures._fields, _measures(found, first, swapped), strict=True)),
        }
    )


def _measures(found: list[_Edges], first: Integers, swapped: Flags) -> Iterator[npt.NDArray[np.generic]]:
    """Yield columns of the measures of some edges, those of both sides by side of the later article."""
    of_other = {0: 1, 1: 0, 3: 4, 4: 3}
    for column in range(len(Measures._fields)):
        values, others = (
            np.concatenate([edges.measures[at] for edges in found])[first]
            for at in (column, of_other.get(column, column))
        )
        chosen = np.where(swapped, others, values)
        yield chosen.astype(np.int32) if column == len(Measures._fields) - 1 else chosen
