"""The stock DuckLake extension opens our catalog and sees what our views show.

Set DATELINE_DUCKLAKE_PYTHON to a Python that has `duckdb==1.5.5 duckdb-extension-ducklake==1.5.5
duckdb-extension-sqlite-scanner==1.5.5` (they do not go with the DuckDB that Dateline runs on).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.warehouse import ducklake_probe
from tests.warehouse.small_world import small_world
from tests.warehouse.storing import awkward_rows, change, commit_run, copied, revision_of, runs_shown, tree_hash
from warehouse.commit import commit
from warehouse.compact import compact
from warehouse.database import open_warehouse, refresh
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.rollback import rollback
from warehouse.schema import ARTICLES, ENTITIES, MENTIONS, ORIGINALS, TABLES, Table
from warehouse.vacuum import vacuum
from warehouse.views import model_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PYTHON = os.environ.get("DATELINE_DUCKLAKE_PYTHON", sys.executable)
SNAPSHOTS = range(1, 7)


def has_ducklake() -> bool:
    """Whether PYTHON can import the packages that carry the extension."""
    names = ", ".join(ducklake_probe.EXTENSIONS)
    return subprocess.run([PYTHON, "-c", f"import duckdb, {names}"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not has_ducklake(), reason="no DuckLake extension: set DATELINE_DUCKLAKE_PYTHON to a Python that has its packages"
)


def asked(home: Home, *statements: str) -> list[Any]:
    """Return what DuckLake answers to statements on our catalog."""
    done = subprocess.run(
        [PYTHON, ducklake_probe.__file__, str(home.catalog)],
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    answers: list[Any] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a warehouse of five runs: awkward values, again, a small world, a few rows, and some of them taken out."""
    home = Home.at(tmp_path_factory.mktemp("stored"))
    world = small_world()
    for run_id, count in (("awkward", 40), ("awkward again", 7)):
        commit(home, run_id, [change(home, table, awkward_rows(table, count)) for table in TABLES], run_id)
    commit(
        home,
        "world",
        [change(home, table, table.rows(world[table.name]).to_pylist()) for table in TABLES if world.get(table.name)],
        "world",
    )
    commit_run(home, "few")
    commit(home, "revised", [revision_of(home, "revised", ["few-1", "post"], [])], "revised")
    refresh(home)
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to be written to; its first commit tells DuckLake the new place."""
    home = copied(stored, tmp_path / "home")
    commit_run(home, "moved")
    return home


def assert_the_same_in_both(home: Home, snapshots: Iterable[int], folder: Path) -> None:
    """Hold what DuckLake writes out of each table at each snapshot against what our views show of it."""
    asked(
        home,
        *(
            f"COPY (FROM {table.name} AT (VERSION => {snapshot})) TO '{folder}/{table.name}-{snapshot}.parquet'"
            for table in TABLES
            for snapshot in snapshots
        ),
    )

    for snapshot in snapshots:
        with open_warehouse(home, snapshot) as opened:
            for table in TABLES:
                theirs = opened.connection.read_parquet(f"{folder}/{table.name}-{snapshot}.parquet")
                ours = opened.connection.view(table.name)
                assert theirs.types == ours.types
                assert theirs.columns == ours.columns
                assert theirs.except_(ours).fetchall() == []
                assert ours.except_(theirs).fetchall() == []
                assert theirs.count("*").fetchall() == ours.count("*").fetchall()


def test_every_row_of_every_snapshot_is_equal(stored: Home, tmp_path: Path) -> None:
    """Each table at each version, written out by DuckLake, is what our views show of that snapshot."""
    assert_the_same_in_both(stored, SNAPSHOTS, tmp_path)


def test_upkeep_leaves_a_sound_lake(home: Home, tmp_path: Path) -> None:
    """After files were merged, a snapshot brought back and old ones let go, both see the same."""
    compact(home)
    rollback(home, 4)
    vacuum(home, "2")

    assert_the_same_in_both(home, (8, 9), tmp_path)
    (snapshots,) = asked(home, "SELECT snapshot_id FROM ducklake_snapshots('lake') ORDER BY 1")
    assert snapshots == [[8], [9]]


def test_what_was_brought_back_outlives_a_clean_up_by_ducklake(home: Home, tmp_path: Path) -> None:
    """It deletes the files of the snapshots it expires by name."""
    rollback(home, 3)

    asked(
        home,
        "CREATE TEMP TABLE gone AS SELECT count(*) FROM ducklake_expire_snapshots('lake', older_than => now())",
        "CREATE TEMP TABLE deleted AS SELECT count(*) FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
    )

    assert fsck(home) == []
    assert_the_same_in_both(home, (8,), tmp_path)
    commit_run(home, "after")
    assert vacuum(home, "1").snapshots == 1


def filters(table: Table, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Ask for values that are there, in ways that let a reader skip files by their bounds."""
    for column, kind in zip(table.columns, connection.view(table.name).types, strict=True):
        yield f"SELECT count(*) FROM {table.name} WHERE {column.name} IS NULL"
        yield f"SELECT count(*) FROM {table.name} WHERE {column.name} IS NOT NULL"
        values = connection.execute(
            f"SELECT DISTINCT {column.name}::VARCHAR AS v FROM {table.name} WHERE v IS NOT NULL ORDER BY v"
        ).fetchall()
        spread = [] if "[" in str(kind) else values[:: max(1, len(values) // 2)]
        for value in (value for (value,) in spread if "\0" not in value):  # SQL has no NUL
            literal = "'" + value.replace("'", "''") + "'"
            for comparison in ("=", "<"):
                yield f"SELECT count(*) FROM {table.name} WHERE {column.name} {comparison} {literal}::{kind}"


def test_bounds_in_the_catalog_hide_no_row(home: Home) -> None:
    """Every filter counts the same rows, although DuckLake skips files by our statistics and then adds its own."""
    asked(
        home,
        "INSERT INTO entities (entity_id, name, type) VALUES ('m', 'm', 'm')",
        "INSERT INTO originals (article_id, content) VALUES ('m', 'm'::BLOB)",
        "INSERT INTO articles FROM articles LIMIT 1",
    )
    with open_warehouse(home) as opened:
        statements = [
            statement for table in (ENTITIES, ORIGINALS, ARTICLES) for statement in filters(table, opened.connection)
        ]
        ours = [opened.connection.execute(statement).fetchone() for statement in statements]

    theirs = [tuple(rows[0]) for rows in asked(home, *statements)]

    answers = zip(statements, ours, theirs, strict=True)
    assert [answer for answer in answers if answer[1] != answer[2]] == []
    assert len(statements) > 100


def test_meanings_arrive(stored: Home) -> None:
    """The words of schema.py stand where DuckDB's users look for them."""
    tables, columns = asked(
        stored,
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'lake'",
        """SELECT table_name, column_name, duckdb_columns.comment FROM duckdb_columns() JOIN duckdb_tables()
           USING (database_name, table_name) WHERE database_name = 'lake'""",
    )

    assert dict(tables) == {table.name: table.meaning for table in TABLES}
    assert {tuple(row) for row in columns} == {
        (table.name, column.name, column.meaning) for table in TABLES for column in table.columns
    }


def test_snapshots_arrive(stored: Home) -> None:
    """The log is the same in both."""
    (snapshots,) = asked(stored, "SELECT snapshot_id, commit_message FROM ducklake_snapshots('lake') ORDER BY 1")

    assert snapshots == [
        [0, "created"],
        [1, "tables declared"],
        [2, "awkward"],
        [3, "awkward again"],
        [4, "world"],
        [5, "run few"],
        [6, "revised"],
    ]


def test_reporting_views_arrive_and_answer_the_same(stored: Home) -> None:
    """Whoever attaches the lake has the reports, with their titles."""
    names = [model.name for model in model_files()]

    titles, *counts = asked(
        stored,
        "SELECT view_name, comment FROM duckdb_views() WHERE database_name = 'lake' AND NOT internal",
        *(f"SELECT count(*) FROM {name}" for name in names),
    )

    assert dict(titles) == {model.name: model.title for model in model_files()}
    with open_warehouse(stored) as opened:
        ours = [opened.connection.execute(f'SELECT count(*) FROM "{name}"').fetchall() for name in names]
    assert [[tuple(row) for row in rows] for rows in counts] == ours


def test_looking_changes_nothing(stored: Home) -> None:
    """DuckLake has no upgrade of its own to make."""
    before = tree_hash(stored.data)

    asked(stored, "FROM entities", "FROM totals")

    assert tree_hash(stored.data) == before
    assert fsck(stored) == []


def test_rows_that_ducklake_adds_are_seen_and_kept(home: Home) -> None:
    """An insert becomes a file, never a row inside the catalog; our next commits go on from there."""
    row = "'m', 0, 0, 'x', 'body', 'ORG', 'k', 'own_name', 'model', 'theirs'"
    columns = "article_id, raw_start, raw_end, surface, role, label, entity_key, key_rule, source, run_id"
    asked(home, f"INSERT INTO mentions ({columns}) VALUES ({row})")

    assert "theirs" in runs_shown(home)["mentions"]
    assert fsck(home) == []
    commit_run(home, "ours")
    assert {"theirs", "ours"} <= set(runs_shown(home)["mentions"])
    (rows,) = asked(home, "SELECT count(*), count(DISTINCT rowid) FROM mentions")
    with open_warehouse(home) as opened:
        assert tuple(rows[0])[:1] == opened.connection.execute("SELECT count(*) FROM mentions").fetchone()
    assert rows[0][0] == rows[0][1]


def test_rows_that_ducklake_deletes_are_never_shown(home: Home) -> None:
    """A delete file is refused, with the call that settles it; after that call all is read again."""
    commit(home, "two", [change(home, ENTITIES, [{"entity_id": n, "name": n, "type": "GPE"} for n in "ab"])], "two")
    asked(home, "DELETE FROM entities WHERE entity_id = 'a'")

    with pytest.raises(CatalogError, match="CALL ducklake_rewrite_data_files"):
        runs_shown(home)

    asked(home, "CALL ducklake_rewrite_data_files('lake', delete_threshold => 0)")
    with open_warehouse(home) as opened:
        assert opened.connection.execute("SELECT name FROM entities").fetchall() == [("b",)]


def test_files_that_ducklake_merges_hold_the_same_rows(home: Home) -> None:
    """Its compaction keeps the newest snapshot; an older one that it took apart is refused, not shown wrongly."""
    query = f"FROM mentions ORDER BY {', '.join(MENTIONS.key)}, run_id"
    with open_warehouse(home) as opened:
        before = opened.connection.execute(query).fetchall()

    asked(home, "CALL ducklake_merge_adjacent_files('lake')")

    with open_warehouse(home) as opened:
        assert opened.connection.execute(query).fetchall() == before
    with pytest.raises(CatalogError, match="merged with later ones by another program"):
        runs_shown(home, 2)
    commit_run(home, "after")
    assert "after" in runs_shown(home)["documents"]
