"""The reporting views inside the catalog, for whoever attaches it with the DuckLake extension."""

from __future__ import annotations

import sqlite3
from uuid import uuid4

from warehouse.views import model_files


def store_views(connection: sqlite3.Connection, snapshot: int, next_catalog_id: int) -> tuple[list[str], int]:
    """Make the views of the catalog those of this Dateline from `snapshot` on.

    Returns what was done, as DuckLake words it, and the next free catalog id.
    """
    declared = {(model.name, model.sql, model.title) for model in model_files()}
    stored = {
        tuple(row[1:]): row[0]
        for row in connection.execute(
            """SELECT view_id, view_name, sql, value FROM ducklake_view LEFT JOIN ducklake_tag ON object_id = view_id
           WHERE ducklake_view.end_snapshot IS NULL"""
        )
    }
    gone = sorted(stored[view] for view in stored.keys() - declared)
    for view_id in gone:
        _drop(connection, snapshot, view_id)
    fresh = sorted(declared - stored.keys())
    for view_id, view in enumerate(fresh, start=next_catalog_id):
        _add(connection, snapshot, view_id, view)
    done = [f"dropped_view:{view_id}" for view_id in gone] + [f'created_view:"main"."{name}"' for name, *_ in fresh]
    return done, next_catalog_id + len(fresh)


def _drop(connection: sqlite3.Connection, snapshot: int, view_id: int) -> None:
    for table, column in (("ducklake_view", "view_id"), ("ducklake_tag", "object_id")):
        connection.execute(
            f"UPDATE {table} SET end_snapshot = ? WHERE {column} = ? AND end_snapshot IS NULL", (snapshot, view_id)
        )


def _add(connection: sqlite3.Connection, snapshot: int, view_id: int, view: tuple[str, str, str]) -> None:
    name, sql, title = view
    connection.execute(
        "INSERT INTO ducklake_view VALUES (?, ?, ?, NULL, 0, ?, 'duckdb', ?, '')",
        (view_id, str(uuid4()), snapshot, name, sql),
    )
    connection.execute("INSERT INTO ducklake_tag VALUES (?, ?, NULL, 'comment', ?)", (view_id, snapshot, title))
