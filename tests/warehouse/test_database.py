"""Readers find every snapshot under the tables' names, whatever happened to the view file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import duckdb
import pytest

import warehouse
from tests.warehouse.storing import Beside, all_said, awkward_rows, change, commit_run, copied, rows_of, runs_shown
from warehouse.commit import commit
from warehouse.database import open_warehouse, refresh
from warehouse.errors import SettingsError
from warehouse.home import Home
from warehouse.query import select
from warehouse.schema import ARTICLES, DOCUMENTS, ENTITIES, MENTIONS, TABLES
from warehouse.views import model_files

NOBODY = 65_534


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a warehouse of two runs whose view file is up to date."""
    home = Home.at(tmp_path_factory.mktemp("stored"))
    commit_run(home, "a")
    commit_run(home, "b")
    refresh(home)
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a warehouse of two runs, to be changed."""
    return copied(stored, tmp_path / "home")


def test_the_view_file_opens_in_plain_duckdb(stored: Home) -> None:
    """Analysts type `duckdb warehouse.duckdb` and find tables and reports, from any folder."""
    with duckdb.connect(str(stored.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM mentions").fetchall() == [(6,)]
        assert connection.execute("SELECT count(*) FROM totals").fetchall() == [(1,)]


def test_the_view_file_holds_no_rows_of_its_own(stored: Home) -> None:
    """It can be thrown away: the only table in it says what it was made for."""
    with duckdb.connect(str(stored.database), read_only=True) as connection:
        tables = connection.execute("SELECT table_name, estimated_size FROM duckdb_tables()").fetchall()

    assert tables == [("dateline_snapshot", 1)]


def test_tables_and_columns_carry_their_meanings(stored: Home) -> None:
    """DESCRIBE's neighbours say what each table and column is."""
    with open_warehouse(stored) as opened:
        views = dict(
            opened.connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
        )
        columns = {
            tuple(row)
            for row in opened.connection.execute(
                "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        }

    assert {table.name: views[table.name] for table in TABLES} == {table.name: table.meaning for table in TABLES}
    assert {model.name: views[model.name] for model in model_files()} == {m.name: m.title for m in model_files()}
    assert {(table.name, column.name, column.meaning) for table in TABLES for column in table.columns} <= columns


def test_a_view_file_that_is_behind_heals_itself(home: Home) -> None:
    """A run killed between commit and swap costs the next reader a moment, no more."""
    commit_run(home, "c")

    assert runs_shown(home)["documents"] == ["a", "b", "c"]
    with duckdb.connect(str(home.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(9,)]


@pytest.mark.parametrize("content", [b"", b"not a database", None], ids=["empty", "rubbish", "missing"])
def test_a_view_file_that_is_spoilt_heals_itself(home: Home, content: bytes | None) -> None:
    """It is derived, so its loss is no loss."""
    home.database.unlink()
    if content is not None:
        home.database.write_bytes(content)

    assert runs_shown(home)["documents"] == ["a", "b"]
    with duckdb.connect(str(home.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(6,)]


def test_a_moved_home_is_read_where_it_is_now(home: Home, tmp_path: Path) -> None:
    """The view file names files by their whole path; it is made anew at the new place."""
    before = rows_of(home, MENTIONS)
    moved = Home.at(home.root.rename(tmp_path / "moved"))

    assert rows_of(moved, MENTIONS).equals(before)
    with duckdb.connect(str(moved.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(6,)]


def test_a_copied_home_does_not_read_the_files_of_the_first(home: Home, tmp_path: Path) -> None:
    """A backup answers by itself."""
    copy = copied(home, tmp_path / "copy")

    with open_warehouse(copy) as opened:
        assert all(path.is_relative_to(copy.root) for path in opened.files)
        views = opened.connection.execute("SELECT sql FROM duckdb_views()").fetchall()
    assert str(home.root / "tables") not in str(views)


def test_an_open_reader_keeps_its_snapshot_through_a_commit(home: Home) -> None:
    """Readers never see the ground move, and never block a writer."""
    with open_warehouse(home) as opened:
        commit_run(home, "c")
        refresh(home)
        assert opened.connection.execute("SELECT count(*) FROM documents").fetchall() == [(6,)]
        assert opened.connection.execute("SELECT name FROM entities").fetchall() == [("Kyiv b",)]
    assert rows_of(home, ENTITIES)["name"].to_pylist() == ["Kyiv c"]


def test_a_refresh_leaves_nothing_beside_the_view_file(home: Home) -> None:
    """The new file is swapped in under its name."""
    refresh(home)
    refresh(home)

    assert [path.name for path in home.root.glob("warehouse.duckdb*")] == ["warehouse.duckdb"]


def test_older_snapshots_have_tables_reports_and_comments(stored: Home) -> None:
    """Looking back is the same warehouse, earlier."""
    with open_warehouse(stored, 2) as opened:
        assert opened.snapshot == 2
        assert opened.connection.execute("SELECT count(*) FROM mentions").fetchall() == [(3,)]
        assert opened.connection.execute("FROM totals").fetchall()
        comment = opened.connection.execute(
            "SELECT comment FROM duckdb_views() WHERE view_name = 'mentions'"
        ).fetchone()
    assert comment == (MENTIONS.meaning,)


def test_an_empty_warehouse_answers_everything(stored: Home) -> None:
    """Before the first rows all tables are there, empty, with the types they will have."""
    with open_warehouse(stored, 1) as empty, open_warehouse(stored) as full:
        for table in (DOCUMENTS, MENTIONS, ENTITIES):
            assert empty.connection.view(table.name).types == full.connection.view(table.name).types
        for table in TABLES:
            assert empty.connection.execute(f"FROM {table.name}").fetchall() == []
        for model in model_files():
            empty.connection.execute(f'FROM "{model.name}"').fetchall()


def test_all_column_types_are_the_same_empty_and_full(tmp_path: Path) -> None:
    """A query that binds on the first day binds ever after."""
    home = Home.at(tmp_path)
    commit(home, "a", [change(home, table, awkward_rows(table)) for table in TABLES], "all")

    with open_warehouse(home, 1) as empty, open_warehouse(home) as full:
        for table in TABLES:
            assert empty.connection.view(table.name).types == full.connection.view(table.name).types


def test_instants_are_shown_in_utc(tmp_path: Path) -> None:
    """The same rows on every machine, wherever it stands."""
    home = Home.at(tmp_path)
    commit(home, "a", [change(home, ARTICLES, awkward_rows(ARTICLES))], "a")

    with open_warehouse(home) as opened:
        newest = opened.connection.execute("SELECT max(modified_at)::VARCHAR FROM articles").fetchone()

    assert newest == ("2026-02-28 23:59:59.999999+00",)


@pytest.mark.parametrize("name", ["o'clock", "zwei Wörter", "role=x", "article_id=1/run_id=2", "$HOME %s {}", "a;b--"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Quotes, spaces and `column=value` folders are just names."""
    home = Home.at(tmp_path / name)
    commit_run(home, "a")
    refresh(home)

    assert runs_shown(home)["mentions"] == ["a"]
    assert select(home, "SELECT DISTINCT role FROM mentions").to_pylist() == [{"role": "body"}]
    assert runs_shown(home, 2)["mentions"] == ["a"]


@pytest.mark.parametrize("name", ["a*b", "wh?t", "[x]"])
def test_a_home_that_duckdb_would_take_for_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    """The message says which characters and what to do."""
    with pytest.raises(SettingsError, match="choose another with --home"):
        Home.at(tmp_path / name)


def as_nobody(home: Home) -> list[str]:
    """Read a home in a process that may not write there; root would be stopped by no mode."""

    def work(say: object) -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        assert not os.access(home.root, os.W_OK)
        assert callable(say)
        say(json.dumps([runs_shown(home), runs_shown(home, 2)]))

    return all_said([Beside(work)])


@pytest.mark.parametrize("state", ["fresh", "behind", "without views"])
def test_a_home_that_may_only_be_read_can_be_read(stored: Home, state: str) -> None:
    """A warehouse on a read-only share answers, with the view file or without."""
    if os.geteuid() == 0 and any(parent.stat().st_mode & 0o5 != 0o5 for parent in Path(warehouse.__path__[0]).parents):
        pytest.skip("root would have to read the code as another user, who may not")
    with tempfile.TemporaryDirectory() as folder:
        home = copied(stored, Path(folder) / "home")
        refresh(home)
        runs = ["a", "b"]
        if state == "behind":
            commit_run(home, "c")
            runs.append("c")
        if state == "without views":
            home.database.unlink()
        folders = [Path(folder), home.root, *(path for path in home.root.rglob("*") if path.is_dir())]
        for path in folders:
            path.chmod(0o555)
        try:
            said = as_nobody(home)
        finally:
            for path in folders:
                path.chmod(0o755)

    shown, older = json.loads(said[0])
    assert shown == {"documents": runs, "mentions": runs, "entities": runs[-1:]}
    assert older == {"documents": ["a"], "mentions": ["a"], "entities": ["a"]}
