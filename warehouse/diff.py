"""`dateline diff A B`: what came and went between two snapshots, table by table."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import duckdb

from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.database import source
from warehouse.home import Home


class TableDiff(NamedTuple):
    """What B has of a table and A has not (added), what A has and B has not (removed), and the runs that did it."""

    table_name: str
    files_added: int
    files_removed: int
    rows_added: int
    rows_removed: int
    run_ids: list[str]


def diff(home: Home, one: int, other: int) -> list[TableDiff]:
    """Compare two snapshots; tables with the same files are left out.

    Rows are compared by their values, so that a file written anew does not count; run_id is one of these values only
    where it is part of the key. Raises CatalogError where a snapshot is unknown.
    """
    with catalog.connect(home) as connection:
        before, after = (
            catalog.live_files(connection, home, catalog.require_snapshot(connection, snapshot))
            for snapshot in (one, other)
        )
        runs = _runs(connection, *sorted((one, other)))
    return [
        _compared(table, before[table.name], after[table.name], runs.get(table.name, []))
        for table in schema.TABLES
        if before[table.name] != after[table.name]
    ]


def _compared(table: schema.Table, before: list[LiveFile], after: list[LiveFile], runs: list[str]) -> TableDiff:
    added = [file for file in after if file not in before]
    removed = [file for file in before if file not in after]
    return TableDiff(
        table.name, len(added), len(removed), _only(table, added, removed), _only(table, removed, added), runs
    )


def _only(table: schema.Table, these: list[LiveFile], those: list[LiveFile]) -> int:
    """Return how many rows of some files have no equal in others."""
    if not these or not those:
        return sum(file.record_count for file in these)
    names = ", ".join(c.name for c in table.columns if c.name != "run_id" or c.name in table.key)
    rows = [f"SELECT {names} FROM {source(table, files)}" for files in (these, those)]
    with duckdb.connect() as connection:
        counted = connection.execute(f"SELECT count(*) FROM ({' EXCEPT ALL '.join(rows)})").fetchall()
    return int(counted[0][0])


def _runs(connection: sqlite3.Connection, first: int, last: int) -> dict[str, list[str]]:
    """Return the runs that added or took out files after `first` up to `last`, oldest first, by table."""
    rows = connection.execute(
        """
        SELECT DISTINCT table_name, c.snapshot_id, run_id FROM dateline_commit AS c
        JOIN ducklake_data_file AS d ON c.snapshot_id IN (d.begin_snapshot, d.end_snapshot)
        JOIN ducklake_table USING (table_id)
        WHERE ? < c.snapshot_id AND c.snapshot_id <= ? ORDER BY c.snapshot_id
        """,
        (first, last),
    )
    runs: dict[str, list[str]] = {}
    for table_name, _, run_id in rows:
        runs.setdefault(table_name, []).append(run_id)
    return runs
