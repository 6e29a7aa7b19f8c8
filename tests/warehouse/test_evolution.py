"""A newer Dateline with more columns reads and goes on with what an older one wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.warehouse.storing import change, commit_run, copied, rows_of, table_id
from tests.warehouse.test_interop import asked, assert_the_same_in_both, has_ducklake
from warehouse import catalog, schema
from warehouse.commit import Change, commit, new_file
from warehouse.compact import compact
from warehouse.database import open_warehouse, refresh
from warehouse.diff import diff
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.rollback import rollback
from warehouse.schema import MENTIONS, SEGMENTS, STRING, STRINGS, TABLES, Column, Table

if TYPE_CHECKING:
    from pathlib import Path

TONE = Column("tone", STRING, "How it is said.")
TAGS = Column("tags", STRINGS, "What it is about.")
PARTS = Column("parts", SEGMENTS, "What it is made of.")
WIDER = replace(MENTIONS, columns=(TAGS, *MENTIONS.columns[:4], TONE, *MENTIONS.columns[4:], PARTS))
NOTES = Table("notes", "One note.", ("note",), (Column("note", STRING, "The note.", nullable=False),))
NEW = {
    "article_id": "d-0",
    "raw_start": 0,
    "raw_end": 4,
    "surface": "Kyiv",
    "role": "body",
    "label": "GPE",
    "entity_key": "gpe:kyiv",
    "key_rule": "own_name",
    "source": "model",
    "run_id": "d",
    "tone": "dry",
    "tags": ["war", None],
    "parts": [{"text_start": 1, "text_end": 2, "raw_start": 3, "raw_end": 4, "edit": "space"}],
}


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a warehouse of two runs of the Dateline of today."""
    home = Home.at(tmp_path_factory.mktemp("older") / "home")
    for name in "ab":
        commit_run(home, name)
    refresh(home)
    return home


@pytest.fixture
def home(older: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of it, in the hands of a Dateline with three more columns and one more table."""
    home = copied(older, tmp_path / "home")
    declare(monkeypatch, WIDER, NOTES)
    return home


def declare(monkeypatch: pytest.MonkeyPatch, mentions: Table, *more: Table) -> None:
    """Be a Dateline of other tables."""
    monkeypatch.setattr(schema, "TABLES", (*(mentions if t == MENTIONS else t for t in TABLES), *more))


def add(home: Home, table: Table, row: dict[str, Any]) -> int:
    """Commit one row."""
    file = new_file(home, table, "d", table.rows([row]).to_batches())
    return commit(home, f"d {row}", [Change(table, file)], "d")


def test_new_columns_of_old_files_read_as_null(home: Home) -> None:
    """Before the first commit of the newer Dateline, and beside its rows."""
    before = rows_of(home, WIDER)
    assert before.num_rows == 6
    assert before["surface"].to_pylist() == ["Kyiv"] * 6
    assert {before[name].null_count for name in ("tone", "tags", "parts")} == {6}

    snapshot = add(home, WIDER, NEW)

    assert rows_of(home, WIDER).slice(0, 6).equals(before)
    assert rows_of(home, WIDER).slice(6).to_pylist() == [
        {"text_start": None, "text_end": None, "confidence": None} | NEW
    ]
    assert rows_of(home, WIDER, snapshot - 1).equals(before)
    assert rows_of(home, NOTES).num_rows == 0
    add(home, NOTES, {"note": "x"})
    assert rows_of(home, NOTES).to_pylist() == [{"note": "x"}]
    assert fsck(home) == []


def test_a_column_keeps_its_number(home: Home) -> None:
    """Wherever the newer Dateline lists it: DuckLake reads files by numbers."""
    with catalog.connect(home) as connection:
        query = "SELECT column_name, column_id FROM ducklake_column WHERE table_id = ? AND parent_column IS NULL"
        before = dict(connection.execute(query, (table_id(MENTIONS),)).fetchall())
        snapshot = add(home, WIDER, NEW)
        after = dict(connection.execute(query, (table_id(MENTIONS),)).fetchall())
        changes = catalog.snapshots(connection)[0].changes
        version = connection.execute(
            "SELECT count(*) FROM ducklake_schema_versions JOIN ducklake_snapshot USING (schema_version) "
            "WHERE table_id = ? AND begin_snapshot = snapshot_id AND snapshot_id = ?",
            (table_id(MENTIONS), snapshot),
        ).fetchone()

    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"tone", "tags", "parts"}
    assert f"altered_table:{table_id(MENTIONS)}" in changes
    assert version == (1,)


def test_a_file_of_other_numbers_is_refused(home: Home) -> None:
    """One that was written without looking at the catalog would be read wrongly."""
    with pytest.raises(CatalogError, match="has another number in the catalog"):
        commit(home, "d", [change(home, WIDER, [NEW])], "d")


def test_upkeep_over_files_of_both_kinds(home: Home) -> None:
    """They are merged, told apart, and brought back."""
    before = rows_of(home, WIDER)
    snapshot = add(home, WIDER, NEW)
    after = rows_of(home, WIDER)

    assert [(table.rows_added, table.rows_removed) for table in diff(home, 3, snapshot)] == [(1, 0)]
    compact(home)
    assert rows_of(home, WIDER).equals(after)
    rollback(home, 3)
    assert rows_of(home, WIDER).equals(before)
    rollback(home, snapshot)
    assert rows_of(home, WIDER).equals(after)
    assert fsck(home) == []


def test_reports_are_made_anew_for_the_newer_dateline(home: Home) -> None:
    """The view file of the older one, though of the same snapshot, is not used."""
    with open_warehouse(home) as opened:
        assert opened.connection.execute("SELECT count(tone) FROM mentions").fetchall() == [(0,)]


def test_the_older_dateline_does_not_half_read_what_the_newer_wrote(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what it does not know."""
    add(home, WIDER, NEW)
    declare(monkeypatch, MENTIONS)

    with pytest.raises(CatalogError, match=r"mentions\.tags is unknown: ALTER TABLE lake\.mentions DROP COLUMN tags"):
        rows_of(home, MENTIONS)


@pytest.mark.skipif(not has_ducklake(), reason="no DuckLake extension: see test_interop.py")
def test_ducklake_sees_the_same(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old files with nulls, each column with its own values; and its ALTER is the migration we name."""
    snapshot = add(home, WIDER, NEW)
    names = ", ".join(column.name for column in WIDER.columns)
    (rows,) = asked(home, f"SELECT {names} FROM mentions ORDER BY article_id")
    with open_warehouse(home) as opened:
        ours = opened.connection.execute(f"SELECT {names} FROM mentions ORDER BY article_id").fetchall()
    assert [tuple(row) for row in rows] == ours

    asked(home, *(f"ALTER TABLE lake.mentions DROP COLUMN {name}" for name in ("tone", "tags", "parts")))
    declare(monkeypatch, MENTIONS, NOTES)
    asked(home, "DROP TABLE lake.notes")
    declare(monkeypatch, MENTIONS)
    assert rows_of(home, MENTIONS).num_rows == 7
    commit_run(home, "e")
    assert rows_of(home, MENTIONS).num_rows == 10
    assert_the_same_in_both(home, [snapshot + 5], tmp_path)


@pytest.mark.skipif(not has_ducklake(), reason="no DuckLake extension: see test_interop.py")
def test_a_wider_type_is_the_same_table_after_its_migration(
    older: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with the statement; after it, old and new files are read as one."""
    home = copied(older, tmp_path / "home")
    commit_run(home, "moved")
    columns = tuple(replace(c, type=schema.BIGINT) if c.name == "raw_end" else c for c in MENTIONS.columns)
    wider = replace(MENTIONS, columns=columns)
    declare(monkeypatch, wider)
    with pytest.raises(CatalogError) as refused:
        rows_of(home, wider)
    statement = "ALTER TABLE lake.mentions ALTER raw_end SET DATA TYPE int64"
    assert f"mentions.raw_end is int32, not int64: {statement};" in str(refused.value)

    asked(home, statement)

    row = {name: value for name, value in NEW.items() if name in wider.arrow.names} | {"raw_end": 2**40}
    add(home, wider, row)
    assert sorted(rows_of(home, wider)["raw_end"].to_pylist()) == [4] * 9 + [2**40]
    assert asked(home, "SELECT raw_end, count(*) FROM mentions GROUP BY 1 ORDER BY 1")[0] == [[4, 9], [2**40, 1]]
