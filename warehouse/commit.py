"""The commit: new files become part of every table at once, or not at all."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from warehouse import catalog, schema
from warehouse.columns import Place, Stored, numbered, stored_columns
from warehouse.errors import CatalogError
from warehouse.home import Home
from warehouse.parquet import DataFile, write_file
from warehouse.stored_views import store_views


class Change(NamedTuple):
    """What a commit does to one table: add a file, if there is one, and take live ones out.

    `replaces` takes out all; `retired` names the files to take out, whose rows `file` repeats as far as they stay.
    """

    table: schema.Table
    file: DataFile | None
    replaces: bool = False
    retired: tuple[str, ...] = ()


def new_run_id(now: datetime | None = None) -> str:
    """Return an id for a commit: its start in UTC, now unless given, and a random part."""
    return f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def new_path(home: Home, table: schema.Table, run_id: str) -> Path:
    """Return a new name at each call: a step that is tried again must not touch what it may have committed."""
    return home.data / table.name / f"{run_id}-{secrets.token_hex(2)}.parquet"


def new_file(home: Home, table: schema.Table, run_id: str, batches: Iterable[pa.RecordBatch]) -> DataFile:
    """Write rows to a new file of a table, its columns numbered as in the catalog."""
    with catalog.connect(home, create=True) as connection:
        columns = numbered(connection, table)
    return write_file(new_path(home, table, run_id), columns, batches)


def commit(home: Home, run_id: str, changes: Sequence[Change], message: str, forgotten: Iterable[str] = ()) -> int:
    """Make finished files live in one SQLite transaction and return the snapshot.

    Articles that are `forgotten` with it are known by their ids from then on, so that no run takes them in again.
    A run commits once: where `run_id` is already in the catalog nothing is written and its snapshot is returned.
    Raises CatalogError where a file to take out is no longer live: another commit came in between.
    """
    with catalog.connect(home, create=True) as connection, catalog.transaction(connection):
        done = connection.execute("SELECT snapshot_id FROM dateline_commit WHERE run_id = ?", (run_id,)).fetchone()
        if done:
            return int(done[0])
        catalog.set_place(connection, home)
        snapshot = _record(connection, run_id, changes, message)
        catalog.remember_forgotten(connection, snapshot, forgotten)
        return snapshot


def _record(connection: sqlite3.Connection, run_id: str, changes: Sequence[Change], message: str) -> int:
    previous = catalog.head(connection)
    snapshot = previous + 1
    version, next_catalog_id, next_file_id = connection.execute(
        "SELECT schema_version, next_catalog_id, next_file_id FROM ducklake_snapshot WHERE snapshot_id = ?",
        (previous,),
    ).fetchone()
    columns = stored_columns(connection)
    altered, next_catalog_id = catalog.add_missing(connection, columns, snapshot, version + 1, next_catalog_id)
    if altered:
        columns = stored_columns(connection)
    viewed, next_catalog_id = store_views(connection, snapshot, next_catalog_id)
    done = altered + viewed
    version += bool(done)  # views are schema
    table_ids = dict(connection.execute("SELECT table_name, table_id FROM ducklake_table WHERE end_snapshot IS NULL"))
    for number, change in enumerate(changes):
        if change.file:
            _require_its_numbers(columns[change.table.name], change.file)
        done += _apply(connection, table_ids[change.table.name], snapshot, next_file_id + number, change)
    counters = (version, next_catalog_id, next_file_id + len(changes))
    catalog.insert_snapshot(connection, snapshot, counters, ",".join(dict.fromkeys(done)), message)
    connection.execute("INSERT INTO dateline_commit VALUES (?, ?)", (run_id, snapshot))
    return snapshot


def _apply(connection: sqlite3.Connection, table_id: int, snapshot: int, file_id: int, change: Change) -> Iterator[str]:
    """Take files out of one table and add one; yield what was done in DuckLake's words."""
    if change.replaces:
        live = "SELECT path FROM ducklake_data_file WHERE table_id = ? AND end_snapshot IS NULL"
        _retire(connection, table_id, snapshot, [path for (path,) in connection.execute(live, (table_id,))])
    else:
        _retire(connection, table_id, snapshot, change.retired)
    if change.replaces or change.retired:
        yield f"deleted_from_table:{table_id}"
    if change.file:
        _add(connection, file_id, table_id, snapshot, change.file)
        yield f"inserted_into_table:{table_id}"


def _require_its_numbers(stored: Mapping[Place, Stored], file: DataFile) -> None:
    """Raise CatalogError where a file numbers its columns otherwise: DuckLake would read one for another."""
    for name, number in file.numbers.items():
        if (name,) in stored and stored[(name,)].column_id != number:
            raise CatalogError(
                f"{file.path}: {name} has another number in the catalog; nothing was committed, run again"
            )


def _retire(connection: sqlite3.Connection, table_id: int, snapshot: int, names: Iterable[str]) -> None:
    for name in names:
        place = "WHERE table_id = ? AND path = ? AND end_snapshot IS NULL"
        query = f"SELECT data_file_id, record_count, file_size_bytes FROM ducklake_data_file {place}"
        file = connection.execute(query, (table_id, name)).fetchone()
        if file is None:
            raise CatalogError(f"{name}: another commit took this file out; nothing was committed, run again")
        connection.execute("UPDATE ducklake_data_file SET end_snapshot = ? WHERE data_file_id = ?", (snapshot, file[0]))
        connection.execute(
            """UPDATE ducklake_table_stats SET record_count = record_count - ?, file_size_bytes = file_size_bytes - ?
               WHERE table_id = ?""",
            (*file[1:], table_id),
        )


def _add(connection: sqlite3.Connection, file_id: int, table_id: int, snapshot: int, file: DataFile) -> None:
    query = "SELECT next_row_id FROM ducklake_table_stats WHERE table_id = ?"
    stats = connection.execute(query, (table_id,)).fetchone()
    row_id = stats[0] if stats else 0
    if not stats:
        connection.execute("INSERT INTO ducklake_table_stats VALUES (?, 0, 0, 0)", (table_id,))
    connection.execute(
        """INSERT INTO ducklake_data_file
           VALUES (?, ?, ?, NULL, NULL, ?, 1, 'parquet', ?, ?, ?, ?, NULL, NULL, NULL, NULL)""",
        (file_id, table_id, snapshot, file.path.name, file.record_count, file.byte_count, file.footer_size, row_id),
    )
    connection.execute("INSERT INTO dateline_file VALUES (?, ?)", (file_id, file.checksum))
    connection.execute(
        """UPDATE ducklake_table_stats SET record_count = record_count + ?, next_row_id = next_row_id + ?,
           file_size_bytes = file_size_bytes + ? WHERE table_id = ?""",
        (file.record_count, file.record_count, file.byte_count, table_id),
    )
    connection.executemany(
        "INSERT INTO ducklake_file_column_stats VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [(file_id, table_id, *column) for column in file.columns],
    )
    _widen_statistics(connection, table_id, file)


def _widen_statistics(connection: sqlite3.Connection, table_id: int, file: DataFile) -> None:
    query = "SELECT column_id, contains_null, min_value, max_value FROM ducklake_table_column_stats WHERE table_id = ?"
    known = {column_id: tuple(stats) for column_id, *stats in connection.execute(query, (table_id,))}
    types = _types(connection, table_id)
    for column_id, _, _, null_count, *bounds in file.columns:
        if column_id in types:
            known[column_id] = _widened(known.get(column_id, _NOTHING), (null_count, *bounds), types[column_id])
    _set_statistics(connection, table_id, known)


def widened_statistics(connection: sqlite3.Connection) -> None:
    """Derive the statistics of all tables anew from those of the files that are left."""
    for (table_id,) in connection.execute("SELECT table_id FROM ducklake_table_stats").fetchall():
        types = _types(connection, table_id)
        known: dict[int, _Statistics] = {}
        query = "SELECT column_id, null_count, min_value, max_value FROM ducklake_file_column_stats WHERE table_id = ?"
        for column_id, *column in connection.execute(query, (table_id,)):
            if column_id in types:
                known[column_id] = _widened(known.get(column_id, _NOTHING), column, types[column_id])
        _set_statistics(connection, table_id, known)


_Statistics = tuple[bool, str | None, str | None]


def _types(connection: sqlite3.Connection, table_id: int) -> dict[int, str]:
    query = "SELECT column_id, column_type FROM ducklake_column WHERE table_id = ? AND end_snapshot IS NULL"
    return dict(connection.execute(query, (table_id,)))


def _set_statistics(connection: sqlite3.Connection, table_id: int, columns: Mapping[int, _Statistics]) -> None:
    connection.execute("DELETE FROM ducklake_table_column_stats WHERE table_id = ?", (table_id,))
    rows = [(table_id, column_id, *statistics) for column_id, statistics in columns.items()]
    connection.executemany("INSERT INTO ducklake_table_column_stats VALUES (?, ?, ?, NULL, ?, ?, NULL)", rows)


_NOTHING: _Statistics = (False, None, None)
_ORDERS: dict[str, Callable[[str], Any]] = {
    "int32": int,
    "int64": int,
    "uint8": int,
    "uint32": int,
    "uint64": int,
    "float64": float,
}


def _widened(known: _Statistics, column: Sequence[Any], kind: str) -> _Statistics:
    """Return a table's statistics of a column with a file's null count and bounds; no bounds mean no values."""
    contains_null, low, high = known
    null_count, file_low, file_high = column
    order = _ORDERS.get(kind, str)
    lows = [value for value in (low, file_low) if value is not None]
    highs = [value for value in (high, file_high) if value is not None]
    return bool(contains_null or null_count), min(lows, key=order, default=None), max(highs, key=order, default=None)
