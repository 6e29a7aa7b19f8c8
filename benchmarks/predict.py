"""`python -m benchmarks.predict KIND DOCS OUT`: what the pipeline's own stages say of a set of documents.

DOCS is JSONL (or .jsonl.gz); a record's id is `id` or `doc`. A record with `raw_text` or `html` is cleaned first and
offsets are reported in the raw text; one with `text` is taken as clean, offsets in it. `dct`, where given, is the
publication date.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from benchmarks.identity import cluster_given, identify
from benchmarks.tempeval import tempeval
from flows.model import ModelTagger
from flows.settings import Settings
from transforms.articles import articles
from transforms.blocks import blocks
from transforms.clues import clues
from transforms.clusters import clusters
from transforms.dates import dates
from transforms.documents import documents
from transforms.duplicates import duplicates
from transforms.expressions import expressions
from transforms.fingerprints import fingerprints
from transforms.mentions import mentions
from transforms.publications import publications
from transforms.quotations import quotations
from transforms.stages import STAGES
from warehouse import schema

BATCH = 256

Row = dict[str, Any]


class Cleaned(NamedTuple):
    """The clean stages' rows of a batch of documents."""

    documents: pa.Table
    blocks: pa.Table
    articles: pa.Table


def read_docs(path: Path) -> list[Row]:
    """Read the records of DOCS; each gets its `id`."""
    return list(stream_docs(path))


def stream_docs(path: Path) -> Iterator[Row]:
    """Yield the records of DOCS, as `read_docs` does, without holding them all."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        yield from (_with_id(json.loads(line)) for line in lines if line.strip())


def _with_id(record: Row) -> Row:
    return {**record, "id": str(record["id"] if "id" in record else record["doc"])}


def batches(docs: Iterable[Row], *, hide_dates: bool = False) -> Iterator[Cleaned]:
    """Clean documents, some at a time."""
    read = iter(docs)
    while some := list(islice(read, BATCH)):
        yield clean(some, hide_dates=hide_dates)


def clean(docs: Sequence[Row], *, hide_dates: bool = False) -> Cleaned:
    """Run the clean stages on documents, each as text to clean, page or clean text."""
    parts = [_clean(docs, name, hide_dates=hide_dates) for name in ("raw_text", "html", "text")]
    return Cleaned(*(pa.concat_tables(tables) for tables in zip(*parts, strict=True)))


def _clean(docs: Sequence[Row], name: str, *, hide_dates: bool) -> Cleaned:
    ours = [doc for doc in docs if next(key for key in ("raw_text", "html", "text") if key in doc) == name]
    rows = [_record(doc, name, hide_dates=hide_dates) for doc in ours]
    read = documents(schema.RECORDS.rows(rows)) if name == "html" else _as_decoded(ours, rows)
    lines = blocks(read, clean="none" if name == "text" else "lines")
    found = articles(read, lines)
    return Cleaned(read, lines, _without_days(found) if hide_dates else found)


def _without_days(found: pa.Table) -> pa.Table:
    """Forget the days that records, pages and lines state outright; the lines are there for `clues` to read."""
    for name in ("published_on", "published_at", "published_source", "published_raw_start", "published_raw_end"):
        column = found.schema.get_field_index(name)
        found = found.set_column(
            column, found.schema.field(name), pa.nulls(found.num_rows, found.schema.field(name).type)
        )
    return found


def _record(doc: Row, name: str, *, hide_dates: bool) -> Row:
    given = {} if hide_dates or not doc.get("dct") else {"published": doc["dct"]}
    media_type = "text/html" if name == "html" else "text/plain"
    return {
        "article_id": doc["id"],
        "uri": doc["id"],
        "media_type": media_type,
        "given": json.dumps(given),
        "content": doc[name].encode("utf-8", "replace"),
    }


def _as_decoded(docs: Sequence[Row], records: Sequence[Row]) -> pa.Table:
    """Take texts as decoded already, so that offsets count in them as they are."""
    names = ("article_id", "uri", "media_type", "given")
    return schema.DOCUMENTS.rows(
        [
            {name: record[name] for name in names}
            | {"status": "accepted", "raw_text": doc.get("raw_text", doc.get("text"))}
            for doc, record in zip(docs, records, strict=True)
        ]
    )


def predict_clean(docs: Iterable[Row]) -> Row:
    """Return {id: {text, roles, headline, author, datePublished, ...}}."""
    found: Row = {}
    for batch in batches(docs):
        roles = defaultdict(list)
        for block in batch.blocks.to_pylist():
            roles[block["article_id"]].append(block["role"])
        for article in batch.articles.to_pylist():
            day = article["published_on"]
            same = (
                "text",
                "headline",
                "deck",
                "byline",
                "outlet",
                "original_source",
                "original_source_kind",
                "section",
                "dateline_place",
                "captions",
                "language",
                "url",
            )
            found[article["article_id"]] = {name: article[name] for name in same} | {
                "roles": roles[article["article_id"]],
                "author": article["authors"],
                "datePublished": day.isoformat() if day else None,
            }
    return found


def predict_dates(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {doc, start, end, text, type, value}."""
    for batch in batches(docs):
        found = expressions(*batch)
        for row in dates(found, _published(batch, found)).to_pylist():
            yield tempeval(_span(row) | {"type": row["type"], "value": row["value"]})


def _published(batch: Cleaned, found: pa.Table) -> pa.Table:
    """Run the stage `publications` as if each batch were a first run of articles without relatives."""
    stage = next(stage for stage in STAGES if stage.run is publications)
    given = {schema.ARTICLES: batch.articles, schema.CLUES: clues(*batch, found)}
    return publications(
        *(given[read.table].select(list(read.columns)) if read.table in given else read.empty() for read in stage.reads)
    )


def _span(row: Row) -> Row:
    return {"doc": row["article_id"], "start": row["raw_start"], "end": row["raw_end"], "text": row["surface"]}


def predict_entities(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {doc, text, entities: [{start, end, label}]}."""
    for batch in batches(docs):
        found = defaultdict(list)
        for row in _mentions(batch).to_pylist():
            found[row["article_id"]].append({"start": row["raw_start"], "end": row["raw_end"], "label": row["label"]})
        for document in batch.documents.to_pylist():
            yield {
                "doc": document["article_id"],
                "text": document["raw_text"],
                "entities": found[document["article_id"]],
            }


def _mentions(batch: Cleaned) -> pa.Table:
    return mentions(*batch, tagger=ModelTagger(Settings().model))


def predict_mentions(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {doc, start, end, label, entity_id, name}: entities with identity over all documents."""
    rows = pa.concat_tables([_mentions(batch) for batch in batches(docs)])
    found = identify(rows)
    for row in rows.to_pylist():
        yield _span(row) | {"label": row["label"]} | found[row["entity_key"]]


def predict_identity(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {id, cluster} for the mentions given in each record."""
    yield from cluster_given(docs)


def predict_quotes(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {doc, start, end, quote, speaker, speaker_name, cue}."""
    for batch in batches(docs):
        named = _mentions(batch)
        found = identify(named)
        for row in (row for row in quotations(*batch, named).to_pylist() if row["kind"] != "scare"):
            speaker = found.get(row["speaker_entity_key"], {}).get("name", row["speaker_surface"])
            yield {
                "doc": row["article_id"],
                "start": row["raw_start"],
                "end": row["raw_end"],
                "quote": row["surface"],
                "speaker": row["speaker_surface"],
                "speaker_name": speaker,
                "cue": row["cue"],
            }


def predict_publications(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {doc, earliest, latest, best, weekday, basis} with any given date hidden."""
    for batch in batches(docs, hide_dates=True):
        for row in _published(batch, expressions(*batch)).to_pylist():
            days = {name: row[name].isoformat() if row[name] else None for name in ("earliest", "latest", "best")}
            yield {"doc": row["article_id"], **days, "weekday": row["weekday"], "basis": row["basis"]}


def predict_duplicates(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {id, cluster, story}."""
    parts = [(fingerprints(batch.articles, batch.blocks), batch) for batch in batches(docs)]
    prints = pa.concat_tables([part for part, _ in parts])
    read = pa.concat_tables([batch.articles.select(["article_id", "published_on", "word_count"]) for _, batch in parts])
    uris = pa.concat_tables(
        [batch.documents.select(["article_id", "uri", "record_number", "given", "run_id"]) for _, batch in parts]
    )
    order = ["article_id", "published_on"]
    edges = duplicates(
        prints, prints.slice(0, 0), read.select(order), read.select(order).slice(0, 0), uris, uris.slice(0, 0)
    )
    ends = edges.select(["article_id", "other_article_id", "relation", "containment", "other_containment"])
    for row in clusters(read, read.slice(0, 0), ends, ends.slice(0, 0), schema.CLUSTERS.empty()).to_pylist():
        yield {"id": row["article_id"], "cluster": row["cluster_id"], "story": row["story_id"]}


KINDS: dict[str, Callable[[Iterable[Row]], Row | Iterator[Row]]] = {
    "clean": predict_clean,
    "dates": predict_dates,
    "entities": predict_entities,
    "mentions": predict_mentions,
    "identity": predict_identity,
    "quotes": predict_quotes,
    "publications": predict_publications,
    "duplicates": predict_duplicates,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict and write: JSON for `clean`, JSONL for all other kinds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.predict", description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("docs", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    found = KINDS[given.kind](stream_docs(given.docs))
    with given.out.open("w", encoding="utf-8") as out:
        if isinstance(found, dict):
            json.dump(found, out, ensure_ascii=False, indent=1)
        else:
            out.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
