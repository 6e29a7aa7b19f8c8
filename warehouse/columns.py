"""Columns in the catalog: their DuckLake names, their numbers, and what a warehouse of an older Dateline lacks.

A column keeps the number it was given first, in the catalog and in every file, wherever `schema.py` lists it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from warehouse import schema

Place = tuple[str, ...]
"""A column, or a part of one, by the names that lead to it: ("segments", "element", "edit")."""


class Stored(NamedTuple):
    """A column as the catalog has it: its number, DuckLake's name of its type, and the snapshot it begins with."""

    column_id: int
    type_name: str
    begin_snapshot: int


StoredColumns = Mapping[str, Mapping[Place, Stored]]
"""The columns of each table."""


def stored_columns(connection: sqlite3.Connection) -> StoredColumns:
    """Return the live columns of each table in the catalog, parts of columns among them."""
    rows = connection.execute(
        """
        SELECT table_name, column_id, parent_column, column_name, column_type, c.begin_snapshot
        FROM ducklake_table AS t LEFT JOIN ducklake_column AS c ON c.table_id = t.table_id AND c.end_snapshot IS NULL
        WHERE t.end_snapshot IS NULL ORDER BY t.table_id, column_id
        """
    ).fetchall()
    return _stored(tuple(rows))


@lru_cache(8)  # a commit asks more than once, and seldom has anything changed
def _stored(rows: tuple[tuple[Any, ...], ...]) -> StoredColumns:
    tables: dict[str, dict[Place, Stored]] = {name: {} for name, *_ in rows}
    places: dict[tuple[str, int], Place] = {}
    for table_name, column_id, parent, name, kind, begin in (row for row in rows if row[1] is not None):
        place = (*(places[table_name, parent] if parent is not None else ()), name)
        places[table_name, column_id] = place
        tables[table_name][place] = Stored(column_id, kind, begin)
    return tables


@cache
def declared_columns(table: schema.Table) -> Mapping[Place, str]:
    """Return DuckLake's type name of each column of a table, and of each part of one."""
    return {place: type_name(field.type) for column in table.arrow for place, field in _parts(column, ())}


def _parts(field: pa.Field, parent: Place) -> Iterator[tuple[Place, pa.Field]]:
    place = (*parent, field.name)
    yield place, field
    for child in children(field.type):
        yield from _parts(child, place)


def children(kind: pa.DataType) -> list[pa.Field]:
    """Return the fields that a nested type is made of."""
    if pa.types.is_list(kind):
        return [kind.value_field]
    return list(kind) if pa.types.is_struct(kind) else []


def numbered(connection: sqlite3.Connection, table: schema.Table) -> pa.Schema:
    """Return the columns of a table with their numbers in the catalog; those it lacks get the next ones."""
    stored = stored_columns(connection).get(table.name, {})
    query = "SELECT max(column_id) FROM ducklake_column JOIN ducklake_table USING (table_id) WHERE table_name = ?"
    highest = connection.execute(query, (table.name,)).fetchone()[0]
    if highest is None:
        return table.arrow
    fresh = iter(range(highest + 1, 10_000))
    return pa.schema([_numbered(field, (), stored, fresh) for field in table.arrow])


def _numbered(field: pa.Field, parent: Place, stored: Mapping[Place, Stored], fresh: Iterator[int]) -> pa.Field:
    place = (*parent, field.name)
    number = stored[place].column_id if place in stored else next(fresh)
    parts = [_numbered(child, place, stored, fresh) for child in children(field.type)]
    kind = field.type
    if pa.types.is_list(kind):
        kind = pa.list_(parts[0])
    elif parts:
        kind = pa.struct(parts)
    return pa.field(field.name, kind, field.nullable, {**field.metadata, b"PARQUET:field_id": str(number)})


def field_id(field: pa.Field) -> int:
    """Return a field's number, which is its DuckLake column id and its Parquet field id."""
    return int(field.metadata[b"PARQUET:field_id"])


def insert_columns(
    connection: sqlite3.Connection, table_id: int, snapshot: int, table: schema.Table, fields: list[pa.Field]
) -> None:
    """Record columns of a table, which begin with `snapshot`, and their meanings."""
    rows = [row for field in fields for row in _rows(table_id, snapshot, field, None)]
    connection.executemany(f"INSERT INTO ducklake_column VALUES ({', '.join('?' * 13)})", rows)
    meanings = {column.name: column.meaning for column in table.columns}
    connection.executemany(
        "INSERT INTO ducklake_column_tag VALUES (?, ?, ?, NULL, 'comment', ?)",
        [(table_id, field_id(field), snapshot, meanings[field.name]) for field in fields],
    )


def _rows(table_id: int, snapshot: int, field: pa.Field, parent: int | None) -> Iterator[tuple[object, ...]]:
    number = field_id(field)
    parts = children(field.type)
    yield (
        number,
        snapshot,
        None,
        table_id,
        number,
        field.name,
        type_name(field.type),
        None,
        "NULL",
        int(field.nullable),
        parent,
        "" if parts else "literal",
        "duckdb",
    )
    for child in parts:
        yield from _rows(table_id, snapshot, child, number)


_TYPE_NAMES = {
    pa.string(): "varchar",
    pa.int32(): "int32",
    pa.int64(): "int64",
    pa.uint8(): "uint8",
    pa.uint32(): "uint32",
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
