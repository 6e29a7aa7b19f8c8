"""A run whose input is the warehouse: articles are found anew from a stage on, from what is stored of them.

Until its commit the run sees the warehouse as if they had never come (`flows.run.known_files`), and brings them like
any other run. The commit puts the rows found now in the place of the former ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.rules import outdated
from flows.run import Again, Run, live_files, write_rows
from flows.settings import Settings
from flows.steps import CLEANED
from flows.without import OF_SOURCE, hangs_on, left_of, redated
from transforms.stages import STAGES
from warehouse import catalog, schema
from warehouse.database import open_warehouse
from warehouse.errors import InputError
from warehouse.home import Home
from warehouse.schema import Table
from warehouse.staged import in_key_order, spilling

REPEATED = "a record comes once"
"""The check of records that came twice in one run: of these nothing can be found anew."""

CHANGED = "changed"
"""Stands for the first stage whose rules changed."""

_CHOSEN = f"""
SELECT d.article_id FROM documents d LEFT JOIN articles a USING (article_id) LEFT JOIN publications p USING (article_id)
WHERE ($1::VARCHAR IS NULL OR {OF_SOURCE})
    AND ($2::DATE IS NULL OR p.best >= $2::DATE) AND ($3::DATE IS NULL OR p.best <= $3::DATE)
    AND ($4::VARCHAR IS NULL OR article_id IN
        (SELECT article_id FROM fingerprints WHERE list_contains(string_split($4, ' '), run_id)))
"""
_KEPT_OUT = f"""
SELECT article_id FROM quarantine
WHERE check_name <> '{REPEATED}' AND ($1::VARCHAR IS NULL OR run_id = $1)
    AND ($2::VARCHAR IS NULL OR contains(lower(reason), lower($2)))
UNION
SELECT article_id FROM documents
WHERE status = 'rejected' AND ($1::VARCHAR IS NULL OR run_id = $1)
    AND ($2::VARCHAR IS NULL OR contains(lower(reason), lower($2)))
"""
_NOTHING = Again(schema.DOCUMENTS.name, "SELECT article_id FROM documents LIMIT 0")
_STORED = """
SELECT article_id, $1 AND bytes IS NOT NULL AS has_bytes, 256 + coalesce(bytes, length(raw_text)) AS size
FROM documents SEMI JOIN chosen USING (article_id)
LEFT JOIN (SELECT article_id, octet_length(content) AS bytes FROM originals) USING (article_id)
WHERE status = 'accepted' OR has_bytes
ORDER BY has_bytes, article_id
"""
_RECORDS = """
SELECT article_id, uri, record_number, media_type, {content} AS content, given, NULL::VARCHAR AS reason, run_id
FROM documents SEMI JOIN batch USING (article_id) LEFT JOIN (SELECT article_id, content FROM originals
    WHERE article_id BETWEEN $1 AND $2) USING (article_id)
WHERE article_id BETWEEN $1 AND $2 ORDER BY article_id
"""


def reprocess(home: Home, stage: str, settings: Settings) -> Again:
    """Ask for articles, all or those of the source and days of publication of the settings, from a stage on.

    `stage` may be `changed`: articles found by other rules than those of now, from the first stage with others on.
    Raises InputError where there is no such stage.
    """
    asked = (settings.source or None, settings.since or None, settings.until or None)
    names = [stage.writes.name for stage in STAGES]
    if stage == CHANGED:
        found = outdated(home, settings.model)
        return Again(found.stage, _CHOSEN, (*asked, " ".join(found.run_ids))) if found else _NOTHING
    if stage not in names:
        raise InputError(f"--reprocess {stage}: no such stage; there are {', '.join(names)}, and {CHANGED}")
    return Again(stage, _CHOSEN, (*asked, None))


def replay(run_id: str | None = None, reason: str | None = None) -> Again:
    """Ask for what was rejected or put in quarantine, all or that of a run, or with words in its reason."""
    return Again(schema.DOCUMENTS.name, _KEPT_OUT, (run_id, reason))


class _Batch(NamedTuple):
    name: str
    article_ids: list[str]
    has_bytes: bool


def take_up(run: Run, again: Again) -> tuple[list[str], int]:
    """Stage the records of the articles, in batches by bytes, and what of them stays as it is; count them.

    Rejected documents without stored bytes are left alone: nothing more can be read of them.
    """
    with open_warehouse(run.home) as opened:
        connection = opened.connection
        connection.register("chosen", connection.execute(again.articles, list(again.values)).to_arrow_table())
        batches = list(_batches(connection, again.stage, run.settings.batch_bytes))
        for batch in batches:
            _stage(run, connection, batch, again.stage)
    taken = [article_id for batch in batches for article_id in batch.article_ids]
    if taken:
        _take_out(run, pa.array(taken, pa.string()))
    return [batch.name for batch in batches], len(taken)


def _batches(connection: duckdb.DuckDBPyConnection, stage: str, most_bytes: int) -> Iterator[_Batch]:
    size = 0
    numbered = []
    for article_id, has_bytes, length in connection.execute(_STORED, [stage == schema.DOCUMENTS.name]).fetchall():
        numbered.append(((has_bytes, size // most_bytes), article_id))
        size += length
    for number, (key, rows) in enumerate(groupby(numbered, lambda row: row[0])):
        yield _Batch(f"{number:06d}", [article_id for _, article_id in rows], key[0])


def _stage(run: Run, connection: duckdb.DuckDBPyConnection, batch: _Batch, stage: str) -> None:
    """Stage a batch of records, and as given the rows of the stages before the one to begin with."""
    connection.register("batch", pa.table({"article_id": pa.array(batch.article_ids, pa.string())}))
    ends = [batch.article_ids[0], batch.article_ids[-1]]
    records = connection.execute(_RECORDS.format(content="content" if batch.has_bytes else "NULL::BLOB"), ends)
    run.write(schema.RECORDS, records.to_arrow_table().cast(schema.RECORDS.arrow), batch.name)
    names = [table.name for table in CLEANED]
    stays = 0 if batch.has_bytes else max(1, names.index(stage) if stage in names else len(names))
    for table in CLEANED[:stays]:
        query = f"FROM {table.name} SEMI JOIN batch USING (article_id) WHERE article_id BETWEEN $1 AND $2"
        rows = connection.execute(f"{query} ORDER BY {', '.join(table.key)}", ends).to_arrow_table()
        write_rows(run.given(table, batch.name), rows.cast(table.arrow))
    connection.unregister("batch")


def _take_out(run: Run, gone: pa.Array) -> None:
    """Write down how the warehouse would be without some articles, for `flows.run.known_files` and the commit."""
    live, fresh = live_files(run.home), redated(run, gone)
    retired: dict[str, list[str]] = {}
    with spilling(run.staging) as connection:
        connection.register("gone", pa.table({"article_id": gone}))
        for table in _OF_ARTICLES:
            connection.register("fresh", fresh.get(table, table.empty()))
            held, staying = left_of(connection, table, live[table.name], _condition(table))
            if held:
                _write(run, connection, table, staying)
                retired[table.name] = [catalog.stored_path(run.home, file) for file in held]
    run.retired.write_text(json.dumps(retired), "utf-8")


def _condition(table: Table) -> str:
    return f"({hangs_on(table)})" + (f" AND check_name <> '{REPEATED}'" if table == schema.QUARANTINE else "")


def _write(run: Run, connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    path = run.staying(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, table.arrow, compression="lz4") as file:
        for batch in in_key_order(connection, table, query):
            file.write_batch(batch)


_UNTOUCHED = (*schema.REPLACED, schema.ORIGINALS, schema.MEASURES, schema.CHECKS, schema.RUNS)
_OF_ARTICLES = tuple(table for table in schema.TABLES if table not in _UNTOUCHED)
"""Tables whose rows of the articles are found anew; those a commit rewrites whole it rewrites in any case."""
