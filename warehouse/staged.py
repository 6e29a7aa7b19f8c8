"""A run's staged rows in DuckDB: for the gate to question, and for the commit to merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from os import PathLike
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse import schema
from warehouse.database import quoted, readable, source
from warehouse.schema import Table
from warehouse.views import CHUNK, model

_MERGE_ROWS = 4_096
_MEMORY = "1GB"

Files = Mapping[str, Sequence[PathLike[str]]]


@contextmanager
def spilling(temporary: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty DuckDB of bounded memory whose sorts may spill to the folder `temporary`."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {quoted(_MEMORY)}")
        connection.execute(f"SET temp_directory = {quoted(str(temporary))}")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


@contextmanager
def open_staged(
    staged: Files,
    live: Files,
    started_at: datetime,
    temporary: Path,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Show a run's files as `run.<table>`, and the warehouse with them as `warehouse.<table>`.

    Which rows of the run do not prove themselves is asked as of the warehouse, by the view `provenance_violations`.
    `staged` and `live` map table names to Parquet files; `temporary` is where sorts may spill.
    """
    with spilling(temporary) as connection:
        connection.execute("CREATE SCHEMA run; CREATE SCHEMA warehouse; CREATE SCHEMA kept_out")
        start = quoted(started_at.isoformat())
        connection.execute(f"CREATE VIEW run.clock AS SELECT {start}::TIMESTAMPTZ AS started_at")
        with readable():
            for table in schema.TABLES:
                own = list(staged.get(table.name, ()))
                before = [] if table in schema.REPLACED and own else list(live.get(table.name, ()))
                _create_run_view(connection, table, own)
                if table not in schema.REVISED:
                    _create_view(connection, f"warehouse.{table.name}", table, source(table, [*before, *own]))
            _create_revised_views(connection, staged, live)
            _create_chunks(connection, "raw_chunks", "documents", "raw_text")
            _create_chunks(connection, "text_chunks", "articles", "text")
            connection.execute(
                f"USE run; CREATE VIEW provenance_violations AS {model('provenance_violations').sql}; USE main"
            )
        yield connection


def _create_revised_views(connection: duckdb.DuckDBPyConnection, staged: Files, live: Files) -> None:
    """Show the older articles that a run gives other rows as `run.revised`, and the warehouse with these rows."""
    connection.execute(
        "CREATE VIEW run.revised AS SELECT article_id FROM run.publications ANTI JOIN run.articles USING (article_id)"
    )
    for table in schema.REVISED:
        names = ", ".join(column.name for column in table.columns)
        before = f"{source(table, live.get(table.name, ()))} ANTI JOIN run.revised USING (article_id)"
        rows = (
            f"(SELECT {names} FROM {before} UNION ALL SELECT {names} FROM {source(table, staged.get(table.name, ()))})"
        )
        _create_view(connection, f"warehouse.{table.name}", table, rows)


def _create_chunks(connection: duckdb.DuckDBPyConnection, name: str, table: str, column: str) -> None:
    """Show each text in pieces: piece n begins at code point n * CHUNK and reaches over the next one too."""
    connection.execute(f"""
        CREATE VIEW run.{name} AS
        SELECT article_id, chunk, {column}[chunk * {CHUNK} + 1 : (chunk + 2) * {CHUNK}] AS characters
        FROM (SELECT article_id, {column}, unnest(range(length({column}) // {CHUNK} + 1)) AS chunk FROM run.{table})
    """)


def _create_run_view(connection: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[PathLike[str]]) -> None:
    """Show a run's rows less those kept out by key, or by the key of their article."""
    key = ", ".join(table.key)
    rows = source(table, paths)
    connection.execute(f"CREATE TABLE kept_out.{table.name} AS SELECT {key} FROM {rows} LIMIT 0")
    rows += f" ANTI JOIN kept_out.{table.name} USING ({key})"
    for column in _ARTICLE_COLUMNS.get(table.name, ()):
        rows += f" ANTI JOIN kept_out.articles AS by_{column} ON {column} = by_{column}.article_id"
    _create_view(connection, f"run.{table.name}", table, rows)


def _create_view(connection: duckdb.DuckDBPyConnection, name: str, table: Table, rows: str) -> None:
    columns = ", ".join(column.name for column in table.columns)
    connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {rows}")


_ARTICLE_COLUMNS = {
    "publications": ("article_id",),
    "fingerprints": ("article_id",),
    "clusters": ("article_id", "cluster_id"),
    "dates": ("article_id",),
    "mentions": ("article_id",),
    "quotes": ("article_id",),
    "duplicates": ("article_id", "other_article_id"),
    "changes": ("article_id", "other_article_id"),
}
"""Columns that name the article a row hangs on; without it the row has no place either."""


def keep_out(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    keys: Sequence[tuple[object, ...]],
) -> dict[tuple[object, ...], dict[str, object]]:
    """Take rows out of `run.<table>` by key, and with an article all that hangs on it; return the rows by key."""
    if not keys:
        return {}
    bad = pa.Table.from_pylist([dict(zip(table.key, key, strict=True)) for key in dict.fromkeys(keys)])
    connection.register("bad_keys", bad)
    found = connection.execute(f"FROM run.{table.name} SEMI JOIN bad_keys USING ({', '.join(table.key)})")
    rows = found.to_arrow_table().to_pylist()
    connection.execute(f"INSERT INTO kept_out.{table.name} FROM bad_keys")
    connection.unregister("bad_keys")
    return {tuple(row[name] for name in table.key): row for row in rows}


def merged(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    run_id: str,
    query: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of `run.<table>` (or of `query`) in key order, with the run's id where there is none yet."""
    columns = ", ".join(
        f"coalesce(run_id, {quoted(run_id)}) AS run_id" if column.name == "run_id" else column.name
        for column in table.columns
    )
    return in_key_order(connection, table, f"SELECT {columns} FROM ({query or f'FROM run.{table.name}'})")


def in_key_order(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a query that gives all columns of a table, in key order."""
    columns = ", ".join(column.name for column in table.columns)
    rows = connection.execute(f"SELECT {columns} FROM ({query}) ORDER BY {', '.join(table.key)}")
    for batch in rows.to_arrow_reader(_MERGE_ROWS):
        yield from pa.Table.from_batches([batch]).cast(table.arrow).to_batches()
