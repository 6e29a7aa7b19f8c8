"""Every table says what it holds, under names that can be typed into a query as they are."""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa
import pytest

from warehouse.columns import field_id
from warehouse.schema import CLUES, EXPRESSIONS, QUOTATIONS, RECORDS, REPLACED, REVISED, TABLES, Table

ALL = (*TABLES, RECORDS, EXPRESSIONS, CLUES, QUOTATIONS)
EACH_TABLE = pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
SNAKE = re.compile(r"[a-z]+(_[a-z]+)*")
PLURAL_TEXT = {"sources", "changes", "clues", "counts", "versions", "settings", "steps", "details", "sample_keys"}
"""Columns that hold many things as one text."""
SINGULAR_WITH_S = {"status", "basis", "success"}
WHOLE = (pa.int32(), pa.int64())
ENDINGS = {
    "at": (pa.timestamp("us", tz="UTC"),),
    "on": (pa.date32(),),
    "count": WHOLE,
    "number": WHOLE,
    "start": WHOLE,
    "end": WHOLE,
    "share": (pa.float64(),),
    "confidence": (pa.float64(),),
}


def fields(parent: pa.Field) -> list[pa.Field]:
    """Return a field and all the fields inside it."""
    kind = parent.type
    inner = [kind.value_field] if pa.types.is_list(kind) else list(kind) if pa.types.is_struct(kind) else []
    return [parent, *(field for child in inner for field in fields(child))]


@pytest.fixture(scope="module")
def reserved() -> set[str]:
    """Return the words DuckDB does not take as a bare column name."""
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'")
        return {name for (name,) in rows.fetchall()} | {"end", "check"}


@EACH_TABLE
def test_a_table_says_what_a_row_is(table: Table) -> None:
    """The meaning is a sentence: it stands in the docs and in DuckDB's comments."""
    assert table.meaning[0].isupper()
    assert table.meaning.endswith(".")


@EACH_TABLE
def test_a_column_says_what_it_means(table: Table) -> None:
    """No column goes without, and the meaning travels with the Arrow field."""
    for column in table.columns:
        assert len(column.meaning) > 5, column.name
        assert column.meaning.endswith("."), column.name
        assert table.arrow.field(column.name).metadata[b"meaning"].decode() == column.meaning


@EACH_TABLE
def test_a_row_can_be_named_and_belongs_to_a_run(table: Table) -> None:
    """Quarantine names rows by key; every row says who wrote it."""
    names = [column.name for column in table.columns]

    assert table.key
    assert set(table.key) <= set(names)
    assert "run_id" in names
    assert len(names) == len(set(names))


@EACH_TABLE
def test_key_columns_are_never_null_but_for_the_run(table: Table) -> None:
    """`run_id` is filled in by the commit; whatever else names a row is there from the start."""
    nullable = {column.name for column in table.columns if column.nullable}

    assert nullable & set(table.key) <= {"run_id"}


@EACH_TABLE
def test_table_names_are_plural(table: Table) -> None:
    """A table is many rows; a map is one map."""
    assert SNAKE.fullmatch(table.name)
    assert table.name.endswith("s") or table.name in {"entity_map", "quarantine"}


@EACH_TABLE
def test_a_column_name_needs_no_quotes(table: Table, reserved: set[str]) -> None:
    """`end` and `check` are words of SQL, so offsets are called raw_end and text_end."""
    names = [column.name for column in table.columns]

    assert [name for name in names if not SNAKE.fullmatch(name)] == []
    assert reserved.isdisjoint(names)
    with duckdb.connect() as connection:
        connection.register(table.name, table.empty())
        assert connection.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall() == []


@EACH_TABLE
def test_a_column_is_plural_when_a_value_is_many(table: Table) -> None:
    """A list is named as many things, a single value as one."""
    plural = {column.name for column in table.columns if column.name.endswith("s")} - SINGULAR_WITH_S
    lists = {column.name for column in table.columns if pa.types.is_list(column.type)}

    assert lists <= plural <= lists | PLURAL_TEXT


@EACH_TABLE
def test_the_ending_of_a_name_tells_the_type(table: Table) -> None:
    """`*_at` is an instant with zone, `*_on` a day, `is_*` yes or no, `*_count` whole, `*_share` a fraction."""
    for column in table.columns:
        ending = column.name.rpartition("_")[2]
        if ending in ENDINGS and column.name not in {"date_start", "date_end"}:
            assert column.type in ENDINGS[ending], column.name
        assert column.name.startswith("is_") <= (column.type == pa.bool_()), column.name


@EACH_TABLE
def test_field_ids_are_unique_down_to_the_leaves(table: Table) -> None:
    """DuckLake finds columns by these numbers, nested ones too."""
    ids = [field_id(field) for column in table.arrow for field in fields(column)]

    assert ids == list(range(1, len(ids) + 1))


def test_what_has_a_surface_has_its_place() -> None:
    """Rows that quote the source all say where, in the same columns."""
    with_surface = {table.name for table in TABLES if table.has_spans}

    assert {"dates", "mentions", "quotes"} <= with_surface
    for table in TABLES:
        if table.has_spans:
            assert {"raw_start", "raw_end", "text_start", "text_end", "role"} <= set(table.arrow.names)


def test_table_names_are_unique_and_staged_tables_are_not_committed() -> None:
    """A table is replaced or grows; what only a run needs is not among them."""
    names = [table.name for table in ALL]

    assert len(names) == len(set(names))
    assert set(REPLACED) <= set(TABLES)
    assert set(REVISED) <= set(TABLES) - set(REPLACED)
    assert not {RECORDS, EXPRESSIONS, CLUES, QUOTATIONS} & set(TABLES)


@EACH_TABLE
def test_rows_of_absent_columns_are_null(table: Table) -> None:
    """Stages leave `run_id` to the commit."""
    column = next(column.name for column in table.columns if column.nullable or column.name == "run_id")

    assert table.rows([{}])[column].to_pylist() == [None]
    assert table.empty().num_rows == 0
