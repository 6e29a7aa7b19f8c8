"""Looking after a warehouse: what came and went, going back, merging files, letting go of what is old."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from tests.warehouse.storing import (
    Beside,
    change,
    commit_run,
    copied,
    live_mentions,
    revision_of,
    rows_of,
    run_ids,
    runs_shown,
    table_id,
    tree_hash,
)
from warehouse import catalog
from warehouse.commit import commit
from warehouse.compact import LARGE_BYTES, SMALL_BYTES, compact, groups
from warehouse.database import open_warehouse, refresh
from warehouse.diff import TableDiff, diff
from warehouse.errors import CatalogError, HomeBusyError, SettingsError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.lock import held
from warehouse.parquet import ROW_GROUP_ROWS
from warehouse.relink import relink
from warehouse.rollback import rollback
from warehouse.schema import BLOCKS, ENTITIES, MENTIONS, TABLES
from warehouse.vacuum import Vacuumed, find_orphans, vacuum

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEWEST = 4


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a warehouse of three runs, made once."""
    home = Home.at(tmp_path_factory.mktemp("stored") / "home")
    for name in "abc":
        commit_run(home, name)
    refresh(home)
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a warehouse of three runs, to be changed."""
    return copied(stored, tmp_path / "home")


def everything(home: Home, as_of: int | None = None) -> dict[str, list[dict[str, object]]]:
    """Return the rows of all tables at a snapshot, read from its files."""
    with catalog.connect(home) as connection:
        files = catalog.live_files(connection, home, newest(home) if as_of is None else as_of)
    return {
        table.name: sorted(
            (row for file in files[table.name] for row in pq.read_table(file.path).to_pylist()), key=repr
        )
        for table in TABLES
    }


def spoil(home: Home, statement: str) -> None:
    """Change the catalog by hand."""
    with closing(sqlite3.connect(home.catalog, isolation_level=None)) as connection:
        connection.execute(statement)


def newest(home: Home) -> int:
    """Return the newest snapshot."""
    with catalog.connect(home) as connection:
        return catalog.head(connection)


UPKEEP: dict[str, Callable[[Home], object]] = {
    "rollback": lambda home: rollback(home, 2),
    "compact": compact,
    "vacuum": lambda home: vacuum(home, "1"),
    "relink": relink,
}


@pytest.mark.parametrize("name", UPKEEP)
def test_whoever_writes_waits_for_nobody_and_disturbs_nobody(home: Home, name: str) -> None:
    """While a run is under way there is one clear refusal, and nothing changes."""
    before = tree_hash(home.data)
    with held(home), pytest.raises(HomeBusyError, match="another run is writing to"):
        UPKEEP[name](home)

    assert tree_hash(home.data) == before
    assert newest(home) == NEWEST


@pytest.mark.parametrize("name", UPKEEP)
def test_where_there_is_no_warehouse_none_is_made(tmp_path: Path, name: str) -> None:
    """A slip in --home leaves no file behind."""
    with pytest.raises(CatalogError, match="no warehouse in"):
        UPKEEP[name](Home.at(tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_diff_of_growing_and_replaced_tables(home: Home) -> None:
    """Rows of growing tables are those of the new files; of replaced ones only what really differs counts."""
    same = [{"entity_id": "kyiv", "name": "Kyiv c", "type": "GPE", "run_id": "d"}]
    more = [*same, {"entity_id": "lviv", "name": "Lviv", "type": "GPE", "run_id": "d"}]
    commit(home, "d", [change(home, ENTITIES, more)], "d")

    assert diff(home, 2, 4) == [
        TableDiff("documents", 2, 0, 6, 0, ["b", "c"]),
        TableDiff("mentions", 2, 0, 6, 0, ["b", "c"]),
        TableDiff("entities", 1, 1, 1, 1, ["b", "c"]),
    ]
    assert diff(home, 4, 2)[0] == TableDiff("documents", 0, 2, 0, 6, ["b", "c"])
    assert diff(home, 4, 5) == [TableDiff("entities", 1, 1, 1, 0, ["d"])]
    assert diff(home, 3, 3) == []
    with pytest.raises(CatalogError, match="no snapshot 9"):
        diff(home, 2, 9)


def test_diff_sees_through_files_written_anew(home: Home) -> None:
    """A file that repeats most rows of another adds none of them."""
    commit(home, "d", [revision_of(home, "d", ("a-1",), [])], "d")

    assert diff(home, 4, 5) == [TableDiff("mentions", 1, 1, 0, 1, ["d"])]


def test_rollback_is_a_new_commit_that_shows_the_old_one(home: Home) -> None:
    """Tables that grew shrink, replaced ones come back; what lay between can still be looked at."""
    then, now = everything(home, 2), everything(home)

    assert rollback(home, 2) == 5

    assert everything(home) == then
    assert everything(home, NEWEST) == now
    assert runs_shown(home, 3)["documents"] == ["a", "b"]
    assert fsck(home) == []
    with catalog.connect(home) as connection:
        assert catalog.snapshots(connection)[0].message == "rolled back to snapshot 2"


def test_rollback_twice_is_rollback_once(home: Home) -> None:
    """Where nothing differs nothing is committed, and rolling back the rollback leads to the newest again."""
    now = everything(home)
    rollback(home, 2)
    files = sorted(home.data.rglob("*.parquet"))

    assert rollback(home, 2) == rollback(home, 5) == 5
    assert sorted(home.data.rglob("*.parquet")) == files

    assert rollback(home, NEWEST) == 6
    assert everything(home) == now
    assert fsck(home) == []


def test_rollback_over_a_revision_brings_the_rows_back(home: Home) -> None:
    """Files taken out by name come back as they were."""
    before = everything(home)
    commit(home, "d", [revision_of(home, "d", ("a-1", "b-2"), [])], "d")

    rollback(home, NEWEST)

    assert everything(home) == before


def test_rollback_to_the_empty_warehouse(home: Home) -> None:
    """Snapshot 1 is a snapshot like any other."""
    rollback(home, 1)

    assert runs_shown(home) == {"documents": [], "mentions": [], "entities": []}
    commit_run(home, "d")
    assert runs_shown(home) == {"documents": ["d"], "mentions": ["d"], "entities": ["d"]}


def test_rollback_refuses_what_is_gone(home: Home) -> None:
    """It says whether a vacuum took the snapshot, or a file is missing, and changes nothing."""
    vacuum(home, "2")
    with pytest.raises(CatalogError, match="no snapshot 2: removed by vacuum, this warehouse has 3 to 4"):
        rollback(home, 2)

    with catalog.connect(home) as connection:
        lost = catalog.live_files(connection, home, 3)["entities"][0].path
    lost.unlink()
    with pytest.raises(CatalogError, match="is gone; nothing was rolled back"):
        rollback(home, 3)
    lost.write_bytes(live_mentions(home)[0].read_bytes())
    with pytest.raises(CatalogError, match="is not as it was written; nothing was rolled back"):
        rollback(home, 3)
    assert newest(home) == NEWEST
    assert runs_shown(home)["entities"] == ["c"]


def test_compact_merges_files_and_no_row_changes(home: Home) -> None:
    """One sorted file a table; older snapshots keep theirs; a second time there is nothing to do."""
    now, then = everything(home), everything(home, 3)

    assert compact(home) == (6, 2)

    assert everything(home) == now
    assert everything(home, 3) == then
    assert fsck(home) == []
    (merged,) = live_mentions(home)
    rows = pq.read_table(merged).select(list(MENTIONS.key)).to_pylist()
    assert rows == sorted(rows, key=lambda row: tuple(row.values()))
    assert diff(home, NEWEST, 5) == [
        TableDiff(name, 1, 3, 0, 0, [run_ids(home)[-1]]) for name in ("documents", "mentions")
    ]
    assert compact(home) == (0, 0)
    assert newest(home) == 5
    assert not list(home.staging.iterdir())


def test_compacted_files_have_row_groups_like_all_others(tmp_path: Path) -> None:
    """Readers skip and share row groups; one of all rows would be neither."""
    home = Home.at(tmp_path)
    for name in "ab":
        rows = [
            {
                "article_id": f"{number:06}",
                "block_number": number,
                "raw_start": 0,
                "raw_end": 1,
                "role": name,
                "rule": "x",
            }
            for number in range(ROW_GROUP_ROWS * 3 // 4)
        ]
        commit(home, name, [change(home, BLOCKS, rows)], name)

    assert compact(home) == (2, 1)

    with catalog.connect(home) as connection:
        (file,) = catalog.live_files(connection, home, catalog.head(connection))["blocks"]
    metadata = pq.read_metadata(file.path)
    assert metadata.num_row_groups == 2
    assert metadata.row_group(0).num_rows <= ROW_GROUP_ROWS


def test_compact_keeps_whose_row_it_was(home: Home) -> None:
    """A row without a run, as other programs write them, is not taken for one of the compaction."""
    commit(home, "d", [change(home, ENTITIES, [{"entity_id": "x", "name": "X", "type": "ORG"}], replaces=False)], "d")

    compact(home)

    assert sorted(rows_of(home, ENTITIES)["run_id"].to_pylist(), key=str) == [None, "c"]


def test_which_files_are_merged() -> None:
    """Files that are large already stay; merged ones stay within bounds."""

    def sizes(*megabytes: int) -> list[list[int]]:
        files = [catalog.LiveFile(n, "mentions", n, 1, size << 20, 1, None) for n, size in enumerate(megabytes)]  # type: ignore[arg-type]
        return [[file.byte_count >> 20 for file in group] for group in groups(files)]

    assert (SMALL_BYTES >> 20, LARGE_BYTES >> 20) == (64, 256)
    assert sizes() == sizes(1) == sizes(100) == sizes(1, 100, 64) == []
    assert sizes(1, 100, 2) == [[1, 2]]
    assert sizes(*[60] * 9) == [[60] * 4, [60] * 4]
    assert sizes(*[60] * 10) == [[60] * 4, [60] * 4, [60] * 2]


def test_vacuum_keeps_the_newest_and_takes_what_only_older_ones_show(home: Home) -> None:
    """The files of expired snapshots go, and the catalog's rows of them; kept snapshots do not change."""
    kept = {snapshot: everything(home, snapshot) for snapshot in (3, 4)}
    with catalog.connect(home) as connection:
        gone = catalog.live_files(connection, home, 2)["entities"][0]

    done = vacuum(home, "2")

    assert done == Vacuumed(3, 1, gone.byte_count)
    assert not gone.path.exists()
    assert {snapshot: everything(home, snapshot) for snapshot in kept} == kept
    assert fsck(home) == []
    assert run_ids(home) == ["b", "c"]
    with pytest.raises(CatalogError, match="no snapshot 2: removed by vacuum, this warehouse has 3 to 4; see"):
        runs_shown(home, 2)
    commit_run(home, "d")
    assert runs_shown(home)["documents"] == ["a", "b", "c", "d"]
    assert vacuum(home, "3") == Vacuumed(0, 0, 0)


def test_vacuum_by_age(home: Home) -> None:
    """Snapshots of the time kept stay; the newest stays however old it is."""
    assert vacuum(home, "30d").snapshots == 0
    spoil(home, "UPDATE ducklake_snapshot SET snapshot_time = '2020-01-01 00:00:00.000+00' WHERE snapshot_id < 3")
    assert vacuum(home, "30d").snapshots == 3
    spoil(home, "UPDATE ducklake_snapshot SET snapshot_time = '2020-01-01 00:00:00.000+00'")
    assert vacuum(home, "1h").snapshots == 1
    assert runs_shown(home)["documents"] == ["a", "b", "c"]


@pytest.mark.parametrize("keep", ["0", "-1", "", "3w", "d", "1.5", "٣", "30 d", "9" * 30, "1; DROP TABLE x"])
def test_vacuum_refuses_to_guess_what_to_keep(home: Home, keep: str) -> None:
    """Nothing is deleted on a slip."""
    with pytest.raises(SettingsError, match="give a number of snapshots, as 10, or an age, as 12h or 30d"):
        vacuum(home, keep)

    assert newest(home) == NEWEST


def test_vacuum_takes_what_killed_runs_left(home: Home) -> None:
    """Table files that no snapshot shows, staged rows, and files that were to be swapped in; a run's note stays."""
    lost = home.data / "mentions" / "20260101T000000Z-00000000-0000.parquet"
    foreign = home.data / "mentions" / "ducklake-new.parquet"
    old = home.data / "entities" / "ducklake-old.parquet"
    staged = home.staging / "run" / "articles" / "000000.parquet"
    beside, note = home.staging / "killed" / "records" / "000000.parquet", home.staging / "killed" / "run.json"
    views, page = home.root / "warehouse.duckdb.ab.new", home.reports / ".report.html.ab.new"
    for path in (lost, foreign, old, staged, beside, note, views, page):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")
    yesterday = time.time() - 25 * 60 * 60
    os.utime(old, (yesterday, yesterday))
    before = everything(home)
    assert find_orphans(home) == [old, lost]
    assert fsck(home) == []

    assert vacuum(home, "99") == Vacuumed(0, 6, 30)

    assert [path for path in (lost, foreign, old, staged, beside, note, views, page) if path.exists()] == [
        foreign,
        note,
    ]
    assert everything(home) == before


def test_vacuum_deletes_nothing_outside_the_tables(home: Home, tmp_path: Path) -> None:
    """A path in the catalog that leads elsewhere is let go of, not followed."""
    outside = tmp_path / "precious.parquet"
    outside.write_text("precious")
    for path, relative in (("../../precious.parquet", 1), (str(outside), 0), ("../catalog.sqlite", 1)):
        spoil(home, f"INSERT INTO ducklake_files_scheduled_for_deletion VALUES (7, '{path}', {relative}, '')")

    vacuum(home, "1")

    assert outside.exists()
    assert runs_shown(home)["documents"] == ["a", "b", "c"]


def test_after_rollback_and_vacuum_the_files_brought_back_are_there(home: Home) -> None:
    """A file that is live again under another name does not go with the name it had."""
    then = everything(home, 2)
    rollback(home, 2)

    vacuum(home, "1")

    assert everything(home) == then
    assert fsck(home) == []
    assert {path.name for path in home.data.rglob("*.parquet")} == {
        file.path.name for files in live(home).values() for file in files
    }


def live(home: Home) -> dict[str, list[catalog.LiveFile]]:
    """Return the live files of the newest snapshot."""
    with catalog.connect(home) as connection:
        return catalog.live_files(connection, home, catalog.head(connection))


def test_nothing_of_vacuumed_rows_is_left_in_the_home(home: Home) -> None:
    """Neither in files nor in the catalog's bounds, its free pages or its log."""
    commit(home, "d", [change(home, ENTITIES, [{"entity_id": "x", "name": "Zanzibar's secret", "type": "GPE"}])], "d")
    commit_run(home, "e")
    refresh(home)

    vacuum(home, "1")

    found = [path for path in home.root.rglob("*") if path.is_file() and b"Zanzibar" in path.read_bytes()]
    assert found == []
    with catalog.connect(home) as connection:
        bounds = connection.execute(
            "SELECT min_value, max_value FROM ducklake_table_column_stats WHERE table_id = ? AND column_id = 2",
            (table_id(ENTITIES),),
        ).fetchall()
    assert bounds == [("Kyiv e", "Kyiv e")]


@pytest.mark.parametrize("name", ["rollback", "compact", "vacuum"])
def test_killed_at_any_moment_upkeep_is_done_again(stored: Home, tmp_path: Path, name: str) -> None:
    """After each kill the last commit is whole; a second try ends where an undisturbed one does."""
    moments = random.Random(name)  # noqa: S311 - moments, not secrets
    undisturbed = copied(stored, tmp_path / "undisturbed")
    began = time.monotonic()
    UPKEEP[name](undisturbed)
    length = time.monotonic() - began
    expected = everything(undisturbed)
    for number in range(6):
        home = copied(stored, tmp_path / f"home{number}")
        beside = Beside(lambda _, home=home: (UPKEEP[name](home), None)[1])  # type: ignore[misc]
        time.sleep(moments.uniform(0, length))  # the moment is the subject of the test
        os.kill(beside.pid, signal.SIGKILL)
        beside.wait()

        assert fsck(home) == []
        assert everything(home) in (expected, everything(stored))
        UPKEEP[name](home)
        assert everything(home) == expected
        vacuum(home, "1")
        assert {path.name for path in home.data.rglob("*.parquet")} == {
            file.path.name for files in live(home).values() for file in files
        }


def test_relink_leads_catalog_and_views_to_the_new_place(home: Home, tmp_path: Path) -> None:
    """For programs that read them without asking us."""
    moved = Home.at(home.root.rename(tmp_path / "moved"))

    assert relink(moved) == NEWEST

    with catalog.connect(moved) as connection:
        (place,) = connection.execute("SELECT value FROM ducklake_metadata WHERE key = 'data_path'").fetchone()
    assert place == f"{moved.data.parent}/"
    with open_warehouse(moved) as opened:
        assert opened.files
    assert str(home.root / "tables").encode() not in moved.database.read_bytes()


def test_snapshots_of_a_long_life_stay_apart(home: Home) -> None:
    """Compaction, rollback, runs and vacuum in any order: each kept snapshot shows what it showed."""
    seen = {newest(home): everything(home)}
    steps: tuple[Callable[[], object], ...] = (
        lambda: compact(home),
        lambda: commit_run(home, "d"),
        lambda: rollback(home, 3),
        lambda: commit_run(home, "e"),
        lambda: compact(home),
        lambda: rollback(home, 6),
        lambda: vacuum(home, "4"),
        lambda: commit_run(home, "f"),
        lambda: compact(home),
    )
    for step in steps:
        step()
        seen.setdefault(newest(home), everything(home))
        with catalog.connect(home) as connection:
            kept = [snapshot.snapshot_id for snapshot in catalog.snapshots(connection)]
        assert {snapshot: everything(home, snapshot) for snapshot in seen if snapshot in kept} == {
            snapshot: rows for snapshot, rows in seen.items() if snapshot in kept
        }
        assert fsck(home) == []
    assert all(one - 1 == other for one, other in pairwise(kept))
