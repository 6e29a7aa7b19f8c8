"""The read path: DuckDB views over exactly the files of one snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import duckdb

from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.errors import CatalogError, ViewsError
from warehouse.home import Home
from warehouse.views import create_views, model_files

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
    try:
        _build(fresh, home, snapshot, live)
    except (duckdb.IOException, duckdb.TransactionException) as error:
        fresh.unlink(missing_ok=True)
        raise ViewsError(
            f"{home.database}: cannot be built: {' '.join(str(error).split())}; what was committed stays, "
            "and the next command that can builds the views"
        ) from error
    fresh.replace(home.database)
    return snapshot


def _build(fresh: Path, home: Home, snapshot: int, live: dict[str, list[LiveFile]]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(str(fresh))} AS fresh (STORAGE_VERSION {quoted(_STORAGE_VERSION)})")
        connection.execute("USE fresh; BEGIN")  # else DuckDB makes each view and comment durable by itself
        connection.execute(
            "CREATE TABLE dateline_snapshot AS SELECT ?::BIGINT AS snapshot_id, ? AS home, ? AS declared",
            [snapshot, str(home.root), _declared()],
        )
        _create_tables(connection, live)
        create_views(connection)
        connection.execute("COMMIT; USE memory; DETACH fresh")


def _declared() -> str:
    """Return a hash of all that views are made from but files: another version of Dateline may have others."""
    return hashlib.sha256(repr((schema.TABLES, model_files())).encode()).hexdigest()


def _open_newest(home: Home, snapshot: int, live: dict[str, list[LiveFile]]) -> duckdb.DuckDBPyConnection:
    for _ in range(2):
        with suppress(duckdb.Error, OSError):
            opened = duckdb.connect(str(home.database), read_only=True)
            if opened.execute("FROM dateline_snapshot").fetchone() == (snapshot, str(home.root), _declared()):
                return opened
            opened.close()
        with suppress(ViewsError, OSError):
            refresh(home)
    # the home folder may be read-only, or a commit may have come in between: views in memory serve as well
    return _open_older(live)


def _open_older(live: dict[str, list[LiveFile]]) -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    with readable():
        _create_tables(opened, live)
        create_views(opened)
    return opened


@contextmanager
def readable() -> Iterator[None]:
    """Raise CatalogError where a file of the warehouse is missing or unreadable."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        first = str(error).splitlines()[0]
        message = f"a file of the warehouse is missing or damaged: {first}; `dateline fsck` lists all"
        raise CatalogError(message) from error


def _create_tables(connection: duckdb.DuckDBPyConnection, live: dict[str, list[LiveFile]]) -> None:
    for table in schema.TABLES:
        create_table_view(connection, table, live[table.name])


def create_table_view(
    connection: duckdb.DuckDBPyConnection, table: schema.Table, paths: Sequence[PathLike[str]]
) -> None:
    """Create a view named as `table` over Parquet files, which may be none, with every meaning as a comment."""
    columns = ", ".join(column.name for column in table.columns)
    connection.execute(f"CREATE VIEW {table.name} AS SELECT {columns} FROM {source(table, paths)}")
    connection.execute(f"COMMENT ON VIEW {table.name} IS {quoted(table.meaning)}")
    for column in table.columns:
        connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.meaning)}")


def source(table: schema.Table, paths: Sequence[PathLike[str]]) -> str:
    """Return a FROM item with the rows of `table` in Parquet files, which may be none or lack its newer columns."""
    nulls = ", ".join(f"NULL::{kind} AS {name}" for name, kind in duckdb_types(table))
    none = f"SELECT {nulls} WHERE false"
    if not paths:
        return f"({none})"
    listed = ", ".join(quoted(fspath(path)) for path in paths)
    # a folder above the home may be named `role=x`, which would fill the column
    options = "hive_partitioning = false"
    if any(isinstance(path, LiveFile) and path.is_older for path in paths):
        return f"({none} UNION ALL BY NAME FROM read_parquet([{listed}], {options}, union_by_name = true))"
    return f"read_parquet([{listed}], {options})"


@cache
def duckdb_types(table: schema.Table) -> list[tuple[str, str]]:
    """Return the column names of a table with DuckDB's names of their types."""
    with duckdb.connect() as connection:
        rows = connection.from_arrow(table.empty())
        return list(zip(rows.columns, map(str, rows.types), strict=True))


def quoted(value: str) -> str:
    """Return `value` as an SQL string literal."""
    return "'" + value.replace("'", "''") + "'"
