"""A commit over several tables is whole or not there, whoever kills, breaks or reads what when."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from tests.warehouse.storing import (
    Beside,
    all_said,
    awkward_rows,
    calls_into_c,
    change,
    commit_run,
    rows_of,
    run_ids,
    runs_shown,
    table_id,
)
from warehouse import catalog
from warehouse.commit import commit
from warehouse.database import refresh
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.schema import DOCUMENTS, ENTITIES, MENTIONS, RECORDS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home that nothing is in yet."""
    return Home.at(tmp_path / "home")


def is_whole(home: Home, acknowledged: list[str]) -> bool:
    """Whether all tables show the same runs, every acknowledged one among them, on sound files."""
    try:
        shown = runs_shown(home)
    except CatalogError:
        return not acknowledged  # killed before there was a warehouse
    runs = run_ids(home)
    return (
        shown["documents"] == shown["mentions"] == sorted(runs)
        and shown["entities"] == runs[-1:]
        and set(acknowledged) <= set(runs)
        and fsck(home) == []
    )


def test_rows_of_every_table_come_back(home: Home) -> None:
    """What was committed is what readers see, awkward values too."""
    rows = {table: awkward_rows(table) for table in TABLES}

    commit(home, "one", [change(home, table, found) for table, found in rows.items()], "all tables")

    for table, found in rows.items():
        assert rows_of(home, table).equals(table.rows(found).sort_by([(name, "ascending") for name in table.key]))


def test_growing_tables_grow_and_replaced_ones_are_replaced(home: Home) -> None:
    """`replaces` puts a file in the place of all before it; everything else adds up."""
    commit_run(home, "a")
    commit_run(home, "b")

    assert runs_shown(home) == {"documents": ["a", "b"], "mentions": ["a", "b"], "entities": ["b"]}
    assert rows_of(home, ENTITIES)["name"].to_pylist() == ["Kyiv b"]


def test_older_snapshots_stay_as_they_were(home: Home) -> None:
    """Every commit can be looked back at: no file of it was touched."""
    snapshots = [commit_run(home, name) for name in "abc"]

    for number, snapshot in enumerate(snapshots, start=1):
        runs = list("abc"[:number])
        assert runs_shown(home, snapshot) == {"documents": runs, "mentions": runs, "entities": runs[-1:]}
    assert runs_shown(home, 1) == {"documents": [], "mentions": [], "entities": []}


def test_a_run_commits_once(home: Home) -> None:
    """A run that is tried again after its commit changes nothing, and learns its snapshot."""
    first = commit_run(home, "a")
    commit_run(home, "b")
    before = rows_of(home, DOCUMENTS)

    assert commit_run(home, "a") == first

    assert run_ids(home) == ["a", "b"]
    assert rows_of(home, DOCUMENTS).equals(before)


@pytest.mark.parametrize(
    "where",
    [
        "ducklake_data_file WHEN NEW.data_file_id = 5",
        "ducklake_file_column_stats WHEN NEW.data_file_id = 4",
        "dateline_file WHEN NEW.data_file_id = 3",
        "ducklake_snapshot",
        "ducklake_snapshot_changes",
        "dateline_commit",
    ],
)
def test_an_error_anywhere_in_the_transaction_undoes_all_of_it(home: Home, where: str) -> None:
    """No table shows a row of a commit that failed, at its first file or at its very end."""
    commit_run(home, "a")
    before = {table: rows_of(home, table) for table in (DOCUMENTS, MENTIONS, ENTITIES)}
    table, _, condition = where.partition(" ")
    with closing(sqlite3.connect(home.catalog)) as connection:
        connection.execute(
            f"CREATE TRIGGER full BEFORE INSERT ON {table} {condition} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )

    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        commit_run(home, "b")

    assert is_whole(home, ["a"])
    assert {table: rows_of(home, table) for table in before} == before
    with closing(sqlite3.connect(home.catalog)) as connection:
        connection.execute("DROP TRIGGER full")
    commit_run(home, "b")
    assert is_whole(home, ["a", "b"])


def test_a_table_that_is_never_committed_takes_the_commit_down(home: Home) -> None:
    """A slip in the caller does not leave half a commit either."""
    commit_run(home, "a")
    changes = [change(home, DOCUMENTS, awkward_rows(DOCUMENTS)), change(home, RECORDS, awkward_rows(RECORDS))]

    with pytest.raises(KeyError):
        commit(home, "b", changes, "b")

    assert is_whole(home, ["a"])


def test_the_log_tells_what_happened(home: Home) -> None:
    """Newest first: which run made which snapshot, when, and what it did."""
    commit_run(home, "a")
    commit_run(home, "b")

    with catalog.connect(home) as connection:
        log = catalog.snapshots(connection)

    assert [snapshot.snapshot_id for snapshot in log] == [3, 2, 1, 0]
    assert [snapshot.run_id for snapshot in log] == ["b", "a", None, None]
    assert [snapshot.message for snapshot in log] == ["run b", "run a", "tables declared", "created"]
    documents, mentions, entities = map(table_id, (DOCUMENTS, MENTIONS, ENTITIES))
    assert log[0].changes == (
        f"inserted_into_table:{documents},inserted_into_table:{mentions},"
        f"deleted_from_table:{entities},inserted_into_table:{entities}"
    )
    assert all(snapshot.committed_at.endswith("+00") for snapshot in log)
    assert [snapshot.committed_at for snapshot in log] == sorted((s.committed_at for s in log), reverse=True)


def test_the_catalog_counts_rows_and_bytes(home: Home) -> None:
    """Table statistics are of live rows; row numbers are never given twice."""
    for name in "abc":
        commit_run(home, name)

    with catalog.connect(home) as connection:
        stats = dict(
            connection.execute(
                "SELECT table_name, (record_count, next_row_id) = (?1, 9) "
                "FROM ducklake_table_stats JOIN ducklake_table USING (table_id) WHERE table_name = 'documents'",
                (9,),
            ).fetchall()
        )
        entities = connection.execute(
            "SELECT record_count, next_row_id FROM ducklake_table_stats WHERE table_id = ?", (table_id(ENTITIES),)
        ).fetchone()
        live = catalog.live_files(connection, home, catalog.head(connection))
        size = connection.execute("SELECT file_size_bytes FROM ducklake_table_stats WHERE table_id = 1").fetchone()

    assert stats == {"documents": 1}
    assert entities == (1, 3)
    assert size == (sum(file.path.stat().st_size for file in live["documents"]),)


def writer(home: Home, name: str, count: int) -> Callable[[Callable[[str], None]], None]:
    """Return the work of a process that commits `count` runs and says each one it was told is done."""

    def work(say: Callable[[str], None]) -> None:
        for run_id in (f"{name}{number:03}" for number in range(count)):
            commit_run(home, run_id)
            say(run_id)

    return work


def test_four_writers_at_once_all_get_their_commits(home: Home) -> None:
    """Writers queue instead of failing, from the very first commit of a fresh home on."""
    writers = [Beside(writer(home, name, 10)) for name in "abcd"]

    said = all_said(writers)

    assert len(said) == 40
    assert sorted(run_ids(home)) == sorted(said)
    assert is_whole(home, said)


def test_a_reader_beside_a_writer_sees_only_whole_commits(home: Home) -> None:
    """All tables show the same runs at every look, and no look goes back behind an earlier one."""
    commit_run(home, "a")
    refresh(home)
    looks = []

    def work(say: Callable[[str], None]) -> None:
        for number in range(10):
            commit_run(home, f"b{number:02}")
            refresh(home)
            say("done")

    beside = Beside(work)
    while "writing":
        looks.append(runs_shown(home))
        ready, _, _ = select.select([beside.said], [], [], 0)
        if ready and not beside.said.readline():
            break

    assert all_said([beside]) == []
    assert all(look["documents"] == look["mentions"] for look in looks)
    assert all(look["entities"] == look["documents"][-1:] for look in looks)
    counts = [len(look["documents"]) for look in looks]
    assert counts == sorted(counts)
    assert len(runs_shown(home)["documents"]) == 11


@pytest.mark.parametrize("seed", range(12))
def test_a_kill_at_any_moment_leaves_the_last_commit_whole(home: Home, seed: int) -> None:
    """Nothing acknowledged is lost, nothing half done shows, and the next run goes on from there."""
    moment = random.Random(seed)  # noqa: S311 - moments, not secrets
    if seed % 2:
        commit_run(home, "a")
    beside = Beside(writer(home, "b", 1_000))

    time.sleep(moment.uniform(0, 0.15))  # the moment is the subject of the test
    os.kill(beside.pid, signal.SIGKILL)
    acknowledged, code = beside.wait()

    assert code == -signal.SIGKILL
    assert is_whole(home, acknowledged)
    unfinished = f"b{len(acknowledged):03}"
    commit_run(home, unfinished)
    commit_run(home, unfinished)
    assert is_whole(home, [*acknowledged, unfinished])
    assert run_ids(home).count(unfinished) == 1


def test_a_kill_at_each_stretch_of_a_commit_leaves_the_last_one_whole(home: Home) -> None:
    """Twenty points spread evenly over writing, committing and swapping the views in."""

    def run(name: str) -> None:
        commit_run(home, name)
        refresh(home)

    run("a")
    total = int(all_said([Beside(lambda say: say(str(calls_into_c(lambda: run("b")))))])[0])
    ends = set()
    for point in range(1, total, total // 20):

        def die(_say: object, point: int = point) -> None:
            calls_into_c(lambda: run(f"c{point:05}"), point)

        ends.add(Beside(die).wait()[1])
        assert is_whole(home, ["a", "b"])
    assert -signal.SIGKILL in ends
    assert run_ids(home)[2:] != []
    run("d")
    assert is_whole(home, ["a", "b", "d"])


def test_a_moved_home_is_the_same_warehouse(home: Home, tmp_path: Path) -> None:
    """The next commit tells DuckLake the new place of the files."""
    commit_run(home, "a")
    moved = Home.at(home.root.rename(tmp_path / "moved"))

    commit_run(moved, "b")

    assert is_whole(moved, ["a", "b"])
    with catalog.connect(moved) as connection:
        path = connection.execute("SELECT value FROM ducklake_metadata WHERE key = 'data_path'").fetchone()
    assert path == (f"{moved.root}/tables/",)


def test_reporting_views_travel_in_the_catalog(home: Home) -> None:
    """They are stored with the first commit, and anew where a later Dateline has others."""
    live = "FROM ducklake_view WHERE end_snapshot IS NULL"
    commit_run(home, "a")
    with catalog.connect(home) as connection:
        first = connection.execute(f"SELECT view_name, sql {live} ORDER BY view_name").fetchall()
        connection.execute("UPDATE ducklake_view SET sql = 'SELECT 1' WHERE view_name = 'totals'")
        connection.execute("UPDATE ducklake_view SET view_name = 'of_old' WHERE view_name = 'coverage'")

    commit_run(home, "b")
    commit_run(home, "c")

    with catalog.connect(home) as connection:
        last = connection.execute(f"SELECT view_name, sql {live} ORDER BY view_name").fetchall()
        anew = connection.execute(f"SELECT view_name, begin_snapshot {live} AND begin_snapshot > 2 ORDER BY 1")
        begun = anew.fetchall()
        versions = [row[0] for row in connection.execute("SELECT schema_version FROM ducklake_snapshot ORDER BY 1")]
        ids = [row[0] for row in connection.execute("SELECT view_id FROM ducklake_view")]
    assert last == first
    assert begun == [("coverage", 3), ("totals", 3)]
    assert versions == [0, 1, 2, 3, 3]
    assert len(ids) == len(set(ids)) == len(first) + 2


def test_two_commits_with_the_same_files_differ_only_in_their_run(home: Home) -> None:
    """The rows of a run are as they were given, in the order they were given."""
    rows = awkward_rows(MENTIONS)
    commit(home, "a", [change(home, MENTIONS, rows)], "a")
    commit(home, "b", [change(home, MENTIONS, rows)], "b")

    assert rows_of(home, MENTIONS).num_rows == 2 * len(rows)
    assert pa.compute.count_distinct(rows_of(home, MENTIONS)["article_id"]).as_py() == len(rows)
