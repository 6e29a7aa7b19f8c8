"""The catalog: which Parquet files make up each table at each snapshot.

Layout: DuckLake 1.0 in SQLite (https://ducklake.select/docs), written with `sqlite3`.
A row is live at snapshot v when begin_snapshot <= v and (end_snapshot is null or v < end_snapshot).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pyarrow as pa

from warehouse import schema
from warehouse.errors import CatalogError
from warehouse.home import Home

FORMAT = "1.0"
BUSY_SECONDS = 60.0


class LiveFile(NamedTuple):
    """A data file that is part of a table at some snapshot."""

    data_file_id: int
    table: str
    path: Path
    record_count: int
    byte_count: int
    footer_size: int
    checksum: str | None


class Snapshot(NamedTuple):
    """One commit, as `dateline log` shows it."""

    snapshot_id: int
    committed_at: str
    run_id: str | None
    message: str | None
    changes: str


@contextmanager
def connect(home: Home, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the catalog of `home`; with `create`, make an empty one where there is none.

    Raises CatalogError when it is missing, of another layout, or holds what Dateline does not read.
    """
    if create:
        home.root.mkdir(parents=True, exist_ok=True)
    elif not home.catalog.exists():
        raise no_warehouse(home)
    connection = _open(home)
    try:
        if create:
            _create(connection, home)
        _require_readable(connection, home)
        yield connection
    finally:
        connection.close()


def _open(home: Home) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(home.catalog, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError as error:
        pending = home.catalog.with_name(f"{home.catalog.name}-wal")
        if os.access(home.root, os.W_OK) or pending.exists():
            raise CatalogError(f"{home.catalog}: cannot be opened: {error}") from error
        # SQLite wants to make files beside a catalog it reads; where it may not, nobody writes there either
        return sqlite3.connect(f"{home.catalog.as_uri()}?immutable=1", uri=True, isolation_level=None)
    return connection


def no_warehouse(home: Home) -> CatalogError:
    """Return the error that says how to make a warehouse where there is none."""
    return CatalogError(f"no warehouse in {home.root}: run `dateline run INPUT --home {home.root}` first")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the write lock at once, so that writers queue instead of failing; commit or roll back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def head(connection: sqlite3.Connection) -> int:
    """Return the newest snapshot."""
    return int(connection.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone()[0])


def require_snapshot(connection: sqlite3.Connection, snapshot: int) -> int:
    """Return `snapshot` if the catalog has it; raises CatalogError if not."""
    if not connection.execute("SELECT 1 FROM ducklake_snapshot WHERE snapshot_id = ?", (snapshot,)).fetchone():
        oldest = int(connection.execute("SELECT min(snapshot_id) FROM ducklake_snapshot").fetchone()[0])
        removed = "removed by vacuum, " if 0 <= snapshot < oldest else ""
        has = f"this warehouse has {oldest} to {head(connection)}"
        raise CatalogError(f"no snapshot {snapshot}: {removed}{has}; see `dateline log`")
    return snapshot


def live_files(connection: sqlite3.Connection, home: Home, snapshot: int) -> dict[str, list[LiveFile]]:
    """Return the live files of each table at `snapshot`, in commit order.

    Raises CatalogError where a file holds rows of later snapshots too.
    """
    if connection.execute(
        "SELECT 1 FROM ducklake_data_file WHERE begin_snapshot <= ?1 AND ?1 < partial_max", (snapshot,)
    ).fetchone():
        raise CatalogError(
            f"snapshot {snapshot}: its files were merged with later ones by another program; "
            "read it with the DuckLake extension, or a newer one here"
        )
    live: dict[str, list[LiveFile]] = {table.name: [] for table in schema.TABLES}
    condition = "d.begin_snapshot <= ?1 AND (d.end_snapshot IS NULL OR ?1 < d.end_snapshot)"
    for file in _files(connection, home, condition, snapshot):
        live[file.table].append(file)
    return live


def all_files(connection: sqlite3.Connection, home: Home) -> list[LiveFile]:
    """Return the files of every snapshot."""
    return list(_files(connection, home, "true"))


def _files(connection: sqlite3.Connection, home: Home, condition: str, *values: int) -> Iterator[LiveFile]:
    rows = connection.execute(
        f"""
        SELECT data_file_id, table_name, d.path, record_count, file_size_bytes, footer_size, checksum
        FROM ducklake_data_file AS d JOIN ducklake_table AS t USING (table_id)
        LEFT JOIN dateline_file USING (data_file_id)
        WHERE {condition} ORDER BY data_file_id
        """,
        values,
    )
    for data_file_id, name, path, *rest in rows:
        yield LiveFile(data_file_id, name, home.data / name / path, *rest)


def stored_path(home: Home, file: LiveFile) -> str:
    """Return a file's path as the catalog has it: below the folder of its table, where it lies there."""
    folder = home.data / file.table
    return str(file.path.relative_to(folder) if file.path.is_relative_to(folder) else file.path)


def set_place(connection: sqlite3.Connection, home: Home) -> None:
    """Tell DuckLake where the files are."""
    connection.execute("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'", (f"{home.data.parent}/",))


def snapshots(connection: sqlite3.Connection) -> list[Snapshot]:
    """Return every snapshot, newest first."""
    rows = connection.execute(
        """
        SELECT snapshot_id, snapshot_time, run_id, commit_message, changes_made
        FROM ducklake_snapshot JOIN ducklake_snapshot_changes USING (snapshot_id)
        LEFT JOIN dateline_commit USING (snapshot_id) ORDER BY snapshot_id DESC
        """,
    )
    return [Snapshot(*row) for row in rows]


def _require_readable(connection: sqlite3.Connection, home: Home) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        raise no_warehouse(home)  # its first commit did not come to an end
    if "ducklake_metadata" not in tables:
        raise CatalogError(f"{home.catalog}: a SQLite file of another program; choose another folder with --home")
    version = connection.execute("SELECT value FROM ducklake_metadata WHERE key = 'version'").fetchone()
    if version is None or version[0] != FORMAT:
        raise CatalogError(f"{home.catalog}: layout {version and version[0]}, this Dateline reads DuckLake {FORMAT}")
    inlined = connection.execute("SELECT table_name FROM ducklake_inlined_data_tables").fetchall()
    unread = (
        "ducklake_delete_file WHERE end_snapshot IS NULL",
        "ducklake_data_file WHERE encryption_key IS NOT NULL",
        *(name for (name,) in inlined),
    )
    if any(connection.execute(f"SELECT 1 FROM {rows} LIMIT 1").fetchone() for rows in unread):
        raise CatalogError(
            f"{home.catalog}: holds delete files, inlined rows or encrypted files written by another program; "
            "rewrite them there with CALL ducklake_rewrite_data_files and ducklake_flush_inlined_data",
        )
    _require_same_columns(connection, home)


def _require_same_columns(connection: sqlite3.Connection, home: Home) -> None:
    stored = connection.execute(
        """
        SELECT table_name, column_name, column_type FROM ducklake_column JOIN ducklake_table USING (table_id)
        WHERE ducklake_column.end_snapshot IS NULL AND parent_column IS NULL
        """,
    ).fetchall()
    declared = {(t.name, column.name, type_name(column.type)) for t in schema.TABLES for column in t.columns}
    odd = sorted(".".join(column[:2]) for column in declared ^ set(stored))
    if odd:
        differ = ", ".join(odd)
        raise CatalogError(f"{home.catalog}: made by another version of Dateline; columns that differ: {differ}")


def _create(connection: sqlite3.Connection, home: Home) -> None:
    """Lay out an empty catalog: snapshot 0 holds the schema `main`, snapshot 1 every table of schema.py."""
    with transaction(connection):
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        for statement in files("warehouse").joinpath("catalog.sql").read_text("utf-8").split(";"):
            connection.execute(statement)
        _insert(
            connection,
            "ducklake_metadata",
            [
                ("version", FORMAT, None, None),
                ("created_by", "dateline", None, None),
                ("data_path", f"{home.data.parent}/", None, None),
                ("encrypted", "false", None, None),
                ("data_inlining_row_limit", "0", None, None),
            ],
        )
        insert_snapshot(connection, 0, (0, 1, 0), 'created_schema:"main"', message="created")
        _insert(connection, "ducklake_schema", [(0, str(uuid4()), 0, None, "main", "main/", 1)])
        created = ",".join(f'created_table:"main"."{table.name}"' for table in schema.TABLES)
        counters = (1, 1 + len(schema.TABLES), 0)
        insert_snapshot(connection, 1, counters, created, message="tables declared")
        for table_id, table in enumerate(schema.TABLES, start=1):
            _insert_table(connection, table_id, table)


def insert_snapshot(
    connection: sqlite3.Connection,
    snapshot: int,
    counters: tuple[int, int, int],
    changes: str,
    message: str,
) -> None:
    """Record a snapshot; `counters` are schema version, next catalog id and next file id."""
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '+00'"
    connection.execute(f"INSERT INTO ducklake_snapshot VALUES (?, {now}, ?, ?, ?)", (snapshot, *counters))
    _insert(connection, "ducklake_snapshot_changes", [(snapshot, changes, "dateline", message, None)])


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Insert whole rows into a catalog table (`table` is a name of catalog.sql, never input)."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _insert_table(connection: sqlite3.Connection, table_id: int, table: schema.Table) -> None:
    _insert(connection, "ducklake_table", [(table_id, str(uuid4()), 1, None, 0, table.name, f"{table.name}/", 1)])
    _insert(connection, "ducklake_schema_versions", [(1, 1, table_id)])
    _insert(connection, "ducklake_tag", [(table_id, 1, None, "comment", table.meaning)])
    columns = [column for field in table.arrow for column in _column_rows(table_id, field, None)]
    _insert(connection, "ducklake_column", columns)
    _insert(
        connection,
        "ducklake_column_tag",
        [
            (table_id, field_id(table.arrow.field(column.name)), 1, None, "comment", column.meaning)
            for column in table.columns
        ],
    )


def _column_rows(table_id: int, field: pa.Field, parent: int | None) -> Iterator[tuple[object, ...]]:
    number = field_id(field)
    yield (
        number,
        1,
        None,
        table_id,
        number,
        field.name,
        type_name(field.type),
        None,
        "NULL",
        int(field.nullable),
        parent,
        "" if pa.types.is_nested(field.type) else "literal",
        "duckdb",
    )
    if pa.types.is_list(field.type):
        yield from _column_rows(table_id, field.type.value_field, number)
    elif pa.types.is_struct(field.type):
        for child in field.type:
            yield from _column_rows(table_id, child, number)


def field_id(field: pa.Field) -> int:
    """Return a field's number, which is its DuckLake column id and its Parquet field id."""
    return int(field.metadata[b"PARQUET:field_id"])


_TYPE_NAMES = {
    pa.string(): "varchar",
    pa.int32(): "int32",
    pa.int64(): "int64",
    pa.uint64(): "uint64",
    pa.float64(): "float64",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "timestamptz",
    pa.binary(): "blob",
}


def type_name(kind: pa.DataType) -> str:
    """Return DuckLake's name of an Arrow type."""
    if pa.types.is_list(kind):
        return "list"
    return "struct" if pa.types.is_struct(kind) else _TYPE_NAMES[kind]
