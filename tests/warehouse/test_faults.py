"""What a commit makes durable, in which order, and what a full or read-only disk leaves."""

from __future__ import annotations

import io
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.cli import main
from tests.helpers import COMMAND, one_line
from tests.warehouse.storing import Beside, commit_run, copied, run_ids, runs_shown, tree_hash
from tests.warehouse.test_commit import is_whole
from tests.warehouse.test_database import NOBODY
from warehouse import catalog
from warehouse.database import refresh
from warehouse.errors import CatalogError
from warehouse.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from flows.cli import main
sys.exit(main(sys.argv[1:]))
"""


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
    """Return a copy of it, to be changed."""
    return copied(stored, tmp_path / "home")


def test_files_are_durable_before_the_catalog_names_them(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each new file, whole, and then its folder, while no reader sees the commit yet."""
    synced: list[tuple[Path, int, int]] = []
    sync = os.fsync

    def watch(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        sync(descriptor)
        synced.append((path, path.stat().st_size, len(run_ids(home))))

    monkeypatch.setattr(os, "fsync", watch)
    commit_run(home, "d")

    with catalog.connect(home) as connection:
        new = [file for file in catalog.all_files(connection, home) if file.data_file_id > 8]
        (mode,) = connection.execute("PRAGMA synchronous").fetchone()
    assert len(new) == 3
    for file in new:
        number = synced.index((file.path, file.byte_count, 3))
        assert (file.path.parent, 3) in [(path, runs) for path, _, runs in synced[number + 1 :]]
        assert file.path.stat().st_mode & 0o222 == 0
    assert mode == 2, "SQLite syncs its log at each commit"


def limited(work: Callable[[], object], limit: int) -> tuple[list[str], int]:
    """Do something in a process that may write no file beyond a limit, as on a disk that fills up."""

    def limited_work(_say: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        work()

    return Beside(limited_work).wait()


@pytest.mark.parametrize("limit", [0, 1_000, 6_000, 20_000, 40_000, 90_000, 150_000, 200_000, 250_000])
def test_a_disk_that_fills_up_anywhere_in_a_commit_loses_nothing(home: Home, limit: int) -> None:
    """In a table file, in SQLite's log, or in its database: the commit is there whole, or not at all."""
    said, code = limited(lambda: commit_run(home, "d"), limit)

    runs = run_ids(home)
    assert runs in (["a", "b", "c"], ["a", "b", "c", "d"])
    assert code == 0 or said[-1].split(":")[0] in {"CatalogError", "OSError"}, said
    if code == 0:
        assert runs[-1] == "d", "what was acknowledged is there"
    assert is_whole(home, ["a", "b", "c"])
    commit_run(home, "d")
    assert is_whole(home, ["a", "b", "c", "d"])


@pytest.mark.parametrize("command", [["rollback", "2"], ["compact"], ["vacuum", "--keep", "1"], ["relink"]])
@pytest.mark.parametrize("limit", [0, 100_000])
def test_a_full_disk_is_said_in_one_line(home: Home, command: list[str], limit: int) -> None:
    """Whatever fails, nothing of it is seen, and it can be done again."""
    arguments = [sys.executable, "-c", LIMITED, str(limit), *command, "--home", str(home.root)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)

    if done.returncode:
        assert done.returncode == 1
        assert one_line(done.stderr).startswith("dateline: ")
    expected = {"rollback": ["a"]}.get(command[0], ["a", "b", "c"])
    assert runs_shown(home)["documents"] in (expected, ["a", "b", "c"])
    assert main([*command, "--home", str(home.root)]) == 0
    assert runs_shown(home)["documents"] == expected


@pytest.mark.parametrize("command", [["log"], ["fsck"], ["sql", "SELECT run_id FROM documents"], ["checks"]])
def test_a_warehouse_on_a_full_disk_can_be_read(home: Home, command: list[str]) -> None:
    """Not even the files that SQLite makes beside a catalog have room."""
    arguments = [*command, "--home", str(home.root)]
    unlimited = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=True)

    done = subprocess.run([sys.executable, "-c", LIMITED, "0", *arguments], capture_output=True, text=True, check=True)

    assert done.stdout == unlimited.stdout != ""
    assert not done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
@pytest.mark.parametrize("command", [["rollback", "2"], ["compact"], ["vacuum", "--keep", "1"], ["relink"]])
def test_a_home_that_may_only_be_read_is_left_alone(home: Home, command: list[str]) -> None:
    """One line says which file may not be written."""

    def work(say: Callable[[str], None]) -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        with redirect_stderr(io.StringIO()) as told:
            code = main([*command, "--home", str(home.root)])
        say(f"{code} {told.getvalue().strip()}")

    for parent in home.root.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    before = tree_hash(home.data)
    said, code = Beside(work).wait()

    assert code == 0, said
    assert said[0].startswith("1 dateline: "), said
    assert "ermission denied" in said[0] or "readonly" in said[0], said
    assert tree_hash(home.data) == before


def test_a_catalog_that_cannot_be_written_says_so(home: Home) -> None:
    """SQLite's own words, and what became of the commits."""
    with pytest.raises(CatalogError, match="All commits before stay as they were"), catalog.connect(home) as connection:
        raise sqlite3.OperationalError("disk I/O error")
    with catalog.connect(home) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
