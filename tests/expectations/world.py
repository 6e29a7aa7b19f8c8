"""The rows of one run, as a run stages them: the small world, filled up until every suite holds."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tests.warehouse.small_world import TEXTS, Rows, small_world
from warehouse.schema import TABLES, Table
from warehouse.staged import open_staged

STARTED_AT = dt.datetime(2026, 4, 1, 6, tzinfo=dt.UTC)


def good_rows() -> Rows:
    """Make rows of every checked table that break no rule."""
    rows = small_world()
    for article in rows["articles"]:
        article["segments"] = [_whole_body(article)]
        article["published_source"] = "given" if article["published_on"] else None
    for table in ("dates", "mentions", "quotes"):
        for row in rows[table]:
            _place_in_text(row)
    for date in rows["dates"]:
        if date["article_id"] == "market":
            date["anchor"] = "explicit"
    for measure in rows["measures"]:
        measure["is_unusual"] = False
    rows["originals"] = [_original(document) for document in rows["documents"]]
    rows["fingerprints"] = [_fingerprint(article) for article in rows["articles"]]
    return {table.name: rows[table.name] for table in TABLES if table.name not in ("checks", "quarantine", "runs")}


def _body_start(article_id: str) -> int:
    return TEXTS[article_id].index("\n") + 1


def _whole_body(article: dict[str, Any]) -> dict[str, int]:
    start = _body_start(article["article_id"])
    return {
        "text_start": 0,
        "text_end": len(article["text"]),
        "raw_start": start,
        "raw_end": start + len(article["text"]),
    }


def _place_in_text(row: dict[str, Any]) -> None:
    start = _body_start(row["article_id"])
    if row["raw_start"] < start:
        row["role"] = "headline"
    else:
        row |= {"text_start": row["raw_start"] - start, "text_end": row["raw_end"] - start}


def _original(document: dict[str, Any]) -> dict[str, Any]:
    content = document.get("raw_text", "").encode()
    document["byte_count"] = len(content)
    return {"article_id": document["article_id"], "content": content}


def _fingerprint(article: dict[str, Any]) -> dict[str, Any]:
    return {
        "article_id": article["article_id"],
        "words_hash": article["article_id"],
        "shingle_count": 9,
        "hashes": [1, 2],
        "facts": [3],
        "has_frame": False,
        "method": "test",
    }


def stage(rows: Rows, folder: Path) -> dict[str, list[Path]]:
    """Write rows as a run stages them, a file a table; nulls are let through, so that the gate may find them."""
    staged = {}
    for table in TABLES:
        if table.name in rows:
            path = folder / f"{table.name}.parquet"
            pq.write_table(pa.Table.from_pylist(rows[table.name], schema=_nullable(table)), path)
            staged[table.name] = [path]
    return staged


def _nullable(table: Table) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in table.arrow])  # noqa: FBT003 - Arrow's own signature


def opened(
    rows: Rows,
    folder: Path,
    live: dict[str, list[Path]] | None = None,
) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """Show rows to the gate, on top of `live` ones committed before."""
    return open_staged(stage(rows, folder), live or {}, STARTED_AT, folder)
