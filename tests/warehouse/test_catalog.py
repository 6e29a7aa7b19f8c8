"""The catalog is read only where all that stands in it is understood; else it says what is in the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.storing import commit_run, copied, runs_shown, table_id
from warehouse import catalog, columns
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.schema import MENTIONS, TABLES, Column, Table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a warehouse of two runs, made once."""
    home = Home.at(tmp_path_factory.mktemp("stored"))
    commit_run(home, "a")
    commit_run(home, "b")
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a warehouse of two runs, to be spoilt."""
    return copied(stored, tmp_path / "home")


def spoil(home: Home, statement: str) -> None:
    """Change the catalog as another program might."""
    with closing(sqlite3.connect(home.catalog, isolation_level=None)) as connection:
        connection.execute(statement)


def refusal(home: Home) -> str:
    """Return what a reader is told, which is one line."""
    with pytest.raises(CatalogError) as refused:
        runs_shown(home)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_live_files_are_those_of_the_snapshot(stored: Home) -> None:
    """Time travel is a list of files: replaced ones show only where they were live."""
    with catalog.connect(stored) as connection:
        by_snapshot = [catalog.live_files(connection, stored, snapshot) for snapshot in range(4)]

    counts = [{name: len(files) for name, files in live.items() if files} for live in by_snapshot]
    assert counts == [
        {},
        {},
        {"documents": 1, "mentions": 1, "entities": 1},
        {"documents": 2, "mentions": 2, "entities": 1},
    ]
    assert by_snapshot[2]["entities"] != by_snapshot[3]["entities"]
    assert by_snapshot[3]["documents"][:1] == by_snapshot[2]["documents"]
    assert list(by_snapshot[0]) == [table.name for table in TABLES]


def test_a_live_file_is_described_as_it_stands_on_disk(stored: Home) -> None:
    """The catalog knows size, rows and checksum of each file."""
    with catalog.connect(stored) as connection:
        files = catalog.all_files(connection, stored)

    assert len(files) == 6
    for file in files:
        assert file.path.stat().st_size == file.byte_count
        assert file.path.parent == stored.data / file.table
        assert file.record_count == (1 if file.table == "entities" else 3)
        assert file.checksum


@pytest.mark.parametrize("snapshot", [-1, 4, 99])
def test_a_snapshot_that_never_was_is_named_with_those_that_are(stored: Home, snapshot: int) -> None:
    """The message says which there are and where to see them."""
    with catalog.connect(stored) as connection, pytest.raises(CatalogError) as refused:
        catalog.require_snapshot(connection, snapshot)

    assert str(refused.value) == f"no snapshot {snapshot}: this warehouse has 0 to 3; see `dateline log`"


def test_delete_files_are_refused(home: Home) -> None:
    """Rows deleted elsewhere would come back to life here."""
    spoil(
        home,
        """INSERT INTO ducklake_delete_file (delete_file_id, table_id, begin_snapshot, data_file_id)
                   VALUES (9, 1, 3, 0)""",
    )

    assert "delete files" in refusal(home)
    assert "ducklake_rewrite_data_files" in refusal(home)


def test_inlined_rows_are_refused(home: Home) -> None:
    """Rows kept inside the catalog would be missed."""
    spoil(home, "CREATE TABLE ducklake_inlined_data_1_1 (row_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT)")
    spoil(home, "INSERT INTO ducklake_inlined_data_1_1 VALUES (0, 3, NULL)")
    spoil(home, "INSERT INTO ducklake_inlined_data_tables VALUES (1, 'ducklake_inlined_data_1_1', 1)")

    assert "inlined rows" in refusal(home)
    assert "ducklake_flush_inlined_data" in refusal(home)
    spoil(home, "DELETE FROM ducklake_inlined_data_1_1")  # as that call leaves it
    assert runs_shown(home)["documents"] == ["a", "b"]


def test_encrypted_files_are_refused(home: Home) -> None:
    """They could not be read."""
    spoil(home, "UPDATE ducklake_data_file SET encryption_key = 'c2VjcmV0' WHERE data_file_id = 0")

    assert "encrypted files" in refusal(home)
    assert "COPY FROM DATABASE lake TO plain" in refusal(home)


def test_a_lake_that_would_encrypt_is_refused(home: Home) -> None:
    """Before its first encrypted file as well: ours would lie beside them unencrypted."""
    spoil(home, "UPDATE ducklake_metadata SET value = 'true' WHERE key = 'encrypted'")

    assert "encrypted files" in refusal(home)


def test_files_merged_with_later_rows_are_refused_where_they_would_show_too_much(home: Home) -> None:
    """DuckLake may put the rows of several snapshots into one file; only the newest can take it whole."""
    spoil(home, "UPDATE ducklake_data_file SET partial_max = 3 WHERE data_file_id = 0")

    assert runs_shown(home)["documents"] == ["a", "b"]
    with pytest.raises(CatalogError, match="snapshot 2: its files were merged with later ones"):
        runs_shown(home, 2)


def test_another_layout_is_refused(home: Home) -> None:
    """A catalog that DuckLake has migrated is not guessed at."""
    spoil(home, "UPDATE ducklake_metadata SET value = '1.1' WHERE key = 'version'")

    assert refusal(home) == (
        f"{home.catalog}: layout 1.1, this Dateline reads DuckLake 1.0: use a Dateline or a DuckLake extension that "
        "reads it, or choose another folder with --home"
    )
    with pytest.raises(CatalogError, match=r"layout 1\.1"):
        commit_run(home, "c")


def test_other_columns_are_refused_and_named(home: Home) -> None:
    """A warehouse of another Dateline is not half read."""
    column = f"column_name = 'confidence' AND table_id = {table_id(MENTIONS)}"
    spoil(home, f"UPDATE ducklake_column SET column_name = 'tone' WHERE {column}")

    told = refusal(home)
    assert "made by another version of Dateline: mentions.tone is unknown: " in told
    assert "ALTER TABLE lake.mentions DROP COLUMN tone; use that version, or attach the catalog as lake" in told
    with pytest.raises(CatalogError, match=r"mentions\.tone is unknown"):
        commit_run(home, "c")


def test_a_column_of_another_type_is_refused_and_named(home: Home) -> None:
    """A changed type is a changed column."""
    column = f"column_name = 'raw_start' AND table_id = {table_id(MENTIONS)}"
    spoil(home, f"UPDATE ducklake_column SET column_type = 'int64' WHERE {column}")

    assert "mentions.raw_start is int64, not int32: no statement changes that; fill a new warehouse" in refusal(home)


def test_a_part_of_a_column_counts_as_well(home: Home) -> None:
    """A list of something else is another column."""
    spoil(home, "UPDATE ducklake_column SET column_type = 'int32' WHERE column_name = 'edit'")

    assert "articles.segments.element.edit is int32, not varchar: no statement" in refusal(home)


def test_a_table_of_somebody_else_is_refused_and_named(home: Home) -> None:
    """Nothing of it would be shown, and nothing of it may be lost."""
    spoil(home, "INSERT INTO ducklake_table VALUES (99, 'x', 3, NULL, 0, 'notes', 'notes/', 1)")

    assert "notes is unknown: DROP TABLE lake.notes;" in refusal(home)


def test_a_home_without_a_warehouse_says_how_to_make_one(tmp_path: Path) -> None:
    """Reading makes nothing: no folder, no file."""
    home = Home.at(tmp_path / "nowhere")

    assert refusal(home) == f"no warehouse in {home.root}: run `dateline run INPUT --home {home.root}` first"
    assert list(tmp_path.iterdir()) == []


def test_a_catalog_whose_first_commit_was_killed_is_no_warehouse_yet(tmp_path: Path) -> None:
    """SQLite has made the file and nothing in it: the next run starts afresh."""
    home = Home.at(tmp_path)
    home.catalog.touch()

    assert refusal(home).startswith("no warehouse in ")
    assert commit_run(home, "a") == 2


def test_a_file_that_is_no_catalog_is_named(tmp_path: Path) -> None:
    """Whatever stands there is left alone."""
    home = Home.at(tmp_path)
    home.catalog.write_text("this is not a database, but it is long enough to look like one at first" * 20)

    assert refusal(home).startswith(f"{home.catalog}: cannot be opened: ")


def test_a_damaged_catalog_is_told_in_a_line(home: Home) -> None:
    """A page of noise in the middle of it is no crash, for readers and for fsck."""
    with closing(sqlite3.connect(home.catalog)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ducklake_data_file'").fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    with home.catalog.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x5a" * size)

    assert refusal(home).startswith(f"{home.catalog}: damaged: ")
    with pytest.raises(CatalogError, match="damaged"):
        fsck(home)


def test_a_catalog_with_other_tables_only_is_named(tmp_path: Path) -> None:
    """A SQLite file of some other program is not written to."""
    home = Home.at(tmp_path)
    spoil(home, "CREATE TABLE notes (note VARCHAR)")

    assert refusal(home).startswith(f"{home.catalog}: a SQLite file of another program")
    with pytest.raises(CatalogError, match="another program"):
        commit_run(home, "a")
    with closing(sqlite3.connect(home.catalog)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def test_every_column_and_table_of_the_schema_is_stored_with_its_meaning(stored: Home) -> None:
    """Whoever attaches the catalog elsewhere finds the same words."""
    with catalog.connect(stored) as connection:
        tables = dict(
            connection.execute(
                "SELECT table_name, value FROM ducklake_table JOIN ducklake_tag ON object_id = table_id"
            ).fetchall()
        )
        columns = {
            tuple(row)
            for row in connection.execute(
                """SELECT table_name, column_name, t.value
               FROM ducklake_column_tag AS t JOIN ducklake_table USING (table_id)
               JOIN ducklake_column USING (table_id, column_id)"""
            )
        }

    assert tables == {table.name: table.meaning for table in TABLES}
    assert columns == {(table.name, column.name, column.meaning) for table in TABLES for column in table.columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_type_in_the_schema_has_a_name_in_ducklake(table: Table) -> None:
    """A new column type is met here first, not by a user."""

    def name(column: Column) -> str:
        return columns.type_name(column.type)

    assert all(name(column) for column in table.columns)
