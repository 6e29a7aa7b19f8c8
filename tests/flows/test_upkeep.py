"""The commands that look after a warehouse: what they say, and that runs go on from what they leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from flows.execute import Finished
from flows.publish import note
from flows.run import Run
from flows.settings import Settings
from tests.flows.conftest import Ingest
from tests.helpers import ask, assert_same, contents, counted
from tests.warehouse.storing import copied
from warehouse.home import Home
from warehouse.lock import held
from warehouse.schema import RECORDS

LATER = "northwire/cup-final.txt"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, articles: Path, ingest: Ingest) -> Home:
    """Return a home with two runs, made once: one article, then some more."""
    home = Home.at(tmp_path_factory.mktemp("stored") / "two")
    ingest(home, articles / LATER)
    ingest(home, articles / "northwire")
    return home


@pytest.fixture
def two(stored: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to be changed."""
    return copied(stored, tmp_path / "two")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command that ends well prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_what_a_run_did_and_undid(
    two: Home, articles: Path, ingest: Ingest, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run is seen in `diff`, undone by `rollback`, and done again by the next run with the same rows."""
    home = ["--home", str(two.root)]
    before, rows = contents(two), counted(two)

    tables = {row["table_name"]: row for row in json.loads(said(capsys, "diff", "2", "3", *home, "--format", "json"))}
    assert tables["articles"]["rows_added"] == rows["articles"] - 1
    assert tables["articles"]["rows_removed"] == 0
    assert len(tables["articles"]["run_ids"]) == 1
    assert "rows_added" in said(capsys, "diff", "2", "3", *home)

    assert said(capsys, "rollback", "2", *home) == "snapshot 4 shows what snapshot 2 showed\n"
    assert counted(two)["articles"] == 1
    ingest(two, articles / "northwire")
    assert_same(contents(two), before)


def test_runs_go_on_from_merged_files(two: Home, stored: Home, tmp_path: Path, articles: Path, ingest: Ingest) -> None:
    """What a later run makes of its articles does not hang on how older rows lie in files."""
    plain = copied(stored, tmp_path / "plain")
    assert main(["compact", "--home", str(two.root)]) == 0
    assert main(["vacuum", "--keep", "1", "--home", str(two.root)]) == 0

    ingest(two, articles)
    ingest(plain, articles)

    assert_same(contents(two), contents(plain))


def test_merged_and_vacuumed(two: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Each says in a line what it did; `fsck` finds nothing wrong before or after."""
    home = ["--home", str(two.root)]
    before = contents(two)
    (two.data / "articles" / "20260101T000000Z-00000000-0000.parquet").write_bytes(b"half a file")

    told = said(capsys, "fsck", *home)
    assert told == (
        "1 files that no snapshot shows, left by killed runs: `dateline vacuum --keep 30d` deletes them\n"
        "every file is there and as it was written\n"
    )
    assert "files replaced by" in said(capsys, "compact", *home)
    assert "no files to merge" in said(capsys, "compact", *home)
    assert said(capsys, "vacuum", "--keep", "1", *home).startswith("4 snapshots forgotten, ")
    assert said(capsys, "fsck", "--quick", *home) == "every file is there and as it was written\n"
    assert_same(contents(two), before)


def test_a_killed_run_is_written_down_after_a_vacuum(
    two: Home, articles: Path, ingest: Ingest, small_model: str
) -> None:
    """What it staged is gone; that it crashed is still known to the run after it."""
    killed = Run.start(two, Settings(model=small_model), ["inbox"])
    note(killed)
    killed.write(RECORDS, RECORDS.empty())

    assert main(["vacuum", "--keep", "1", "--home", str(two.root)]) == 0
    assert not killed.staged(RECORDS)
    ingest(two, articles / LATER)

    assert ask(two, f"SELECT status, inputs FROM runs WHERE run_id = '{killed.run_id}'") == [("crashed", ["inbox"])]


@pytest.mark.parametrize("command", [["rollback", "2"], ["compact"], ["vacuum", "--keep", "1"], ["relink"]])
def test_a_busy_home_is_refused_in_one_line(
    first: Finished, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two writers at once are told apart, not mixed."""
    home = first.run.home
    with held(home):
        assert main([*command, "--home", str(home.root)]) == 1

    assert capsys.readouterr().err == (
        f"dateline: another run is writing to {home.root}: wait for it, or use another --home\n"
    )
