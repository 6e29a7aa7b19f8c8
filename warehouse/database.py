"""The read path: DuckDB views over exactly the files of one snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import duckdb

from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.home import Home
from warehouse.views import create_views

_STORAGE_VERSION = "v1.2.0"  # opens in DuckDB 1.5 and 2


class Warehouse(NamedTuple):
    """An open connection and what it shows."""

    connection: duckdb.DuckDBPyConnection
    snapshot: int
    files: list[Path]


@contextmanager
def open_warehouse(home: Home, as_of: int | None = None) -> Iterator[Warehouse]:
    """Open the warehouse read-only at its newest snapshot, or at `as_of`.

    The newest comes from `warehouse.duckdb`, which is rebuilt first if a commit went on without it.
    Raises CatalogError where there is no warehouse or no such snapshot.
    """
    with catalog.connect(home) as connection:
        newest = catalog.head(connection)
        snapshot = newest if as_of is None else catalog.require_snapshot(connection, as_of)
        live = catalog.live_files(connection, home, snapshot)
    opened = _open_newest(home, snapshot, live) if snapshot == newest else _open_older(live)
    try:
        opened.execute("SET TimeZone = 'UTC'")
        yield Warehouse(opened, snapshot, [file.path for files in live.values() for file in files])
    finally:
        opened.close()


def refresh(home: Home) -> int:
    """Rebuild `warehouse.duckdb` for the newest snapshot and swap it in; readers of the old file keep it."""
    with catalog.connect(home) as connection:
        snapshot = catalog.head(connection)
        live = catalog.live_files(connection, home, snapshot)
    fresh = home.database.with_name(f"{home.database.name}.{uuid4().hex}.new")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(str(fresh))} AS fresh (STORAGE_VERSION {quoted(_STORAGE_VERSION)})")
        connection.execute("USE fresh; BEGIN")  # else DuckDB makes each view and comment durable by itself
        connection.execute(
            "CREATE TABLE dateline_snapshot AS SELECT ?::BIGINT AS snapshot_id, ? AS home", [snapshot, str(home.root)]
        )
        _create_tables(connection, live)
        create_views(connection)
        connection.execute("COMMIT; USE memory; DETACH fresh")
    fresh.replace(home.database)
    return snapshot


def _open_newest(home: Home, snapshot: int, live: dict[str, list[LiveFile]]) -> duckdb.DuckDBPyConnection:
    for _ in range(2):
        with suppress(duckdb.Error, OSError):
            opened = duckdb.connect(str(home.database), read_only=True)
            if opened.execute("FROM dateline_snapshot").fetchone() == (snapshot, str(home.root)):
                return opened
            opened.close()
        with suppress(duckdb.IOException, OSError):
            refresh(home)
    # the home folder may be read-only, or a commit may have come in between: views in memory serve as well
    return _open_older(live)


def _open_older(live: dict[str, list[LiveFile]]) -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    _create_tables(opened, live)
    create_views(opened)
    return opened


def _create_tables(connection: duckdb.DuckDBPyConnection, live: dict[str, list[LiveFile]]) -> None:
    for table in schema.TABLES:
        create_table_view(connection, table, [file.path for file in live[table.name]])


def create_table_view(connection: duckdb.DuckDBPyConnection, table: schema.Table, paths: Sequence[Path]) -> None:
    """Create a view named as `table` over Parquet files, which may be none, with every meaning as a comment."""
    columns = ", ".join(column.name for column in table.columns)
    connection.execute(f"CREATE VIEW {table.name} AS SELECT {columns} FROM {source(table, paths)}")
    connection.execute(f"COMMENT ON VIEW {table.name} IS {quoted(table.meaning)}")
    for column in table.columns:
        connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.meaning)}")


def source(table: schema.Table, paths: Sequence[Path]) -> str:
    """Return a FROM item with the rows of `table` in Parquet files, which may be none."""
    if paths:
        listed = ", ".join(quoted(str(path)) for path in paths)
        # a folder above the home may be named `role=x`, which would fill the column
        return f"read_parquet([{listed}], hive_partitioning = false)"
    nulls = ", ".join(f"NULL::{kind} AS {name}" for name, kind in duckdb_types(table))
    return f"(SELECT {nulls} WHERE false)"


@cache
def duckdb_types(table: schema.Table) -> list[tuple[str, str]]:
    """Return the column names of a table with DuckDB's names of their types."""
    with duckdb.connect() as connection:
        rows = connection.from_arrow(table.empty())
        return list(zip(rows.columns, map(str, rows.types), strict=True))


def quoted(value: str) -> str:
    """Return `value` as an SQL string literal."""
    return "'" + value.replace("'", "''") + "'"
