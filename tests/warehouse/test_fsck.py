"""`fsck` names every file that is not as it was written, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.storing import commit_run, copied
from warehouse import catalog
from warehouse.fsck import Fault, fsck
from warehouse.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a sound warehouse of two runs."""
    home = Home.at(tmp_path_factory.mktemp("stored"))
    commit_run(home, "a")
    commit_run(home, "b")
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a sound warehouse, to be spoilt."""
    return copied(stored, tmp_path / "home")


def a_file(home: Home, table: str = "mentions", snapshot: int = 3) -> Path:
    """Return the last file of a table at a snapshot, made writable."""
    with catalog.connect(home) as connection:
        path = catalog.live_files(connection, home, snapshot)[table][-1].path
    path.chmod(0o644)
    return path


def only_problem(home: Home, path: Path) -> str:
    """Return what is wrong with the one file that is wrong."""
    (fault,) = fsck(home)
    assert fault.path == str(path)
    assert "\n" not in fault.problem
    return fault.problem


def test_a_sound_warehouse_has_no_faults(home: Home) -> None:
    """Not even with files that a killed run left: no snapshot shows them."""
    (home.data / "mentions" / "left.parquet").write_bytes(b"half a file")

    assert fsck(home) == []


def test_a_missing_file_is_named(home: Home) -> None:
    """Deleted by hand, or lost in a copy."""
    path = a_file(home)
    path.unlink()

    assert only_problem(home, path) == "missing"


def test_a_folder_in_the_place_of_a_file_is_named(home: Home) -> None:
    """A folder is not a file."""
    path = a_file(home)
    path.unlink()
    path.mkdir()

    assert only_problem(home, path) == "missing"


@pytest.mark.parametrize("length", [0, 3, -1])
def test_a_truncated_file_is_named(home: Home, length: int) -> None:
    """Cut to nothing, to its magic bytes, or by its last byte."""
    path = a_file(home)
    data = path.read_bytes()
    path.write_bytes(data[:length])

    assert only_problem(home, path) == f"size: the catalog says {len(data)} bytes, the file has {len(data[:length])}"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, 0.999])
def test_a_single_changed_byte_is_named(home: Home, share: float) -> None:
    """In the data, in the footer or in its length: all bytes are covered."""
    path = a_file(home)
    data = bytearray(path.read_bytes())
    data[int(len(data) * share)] ^= 0x01
    path.write_bytes(data)

    assert only_problem(home, path).startswith("checksum: the catalog says ")


def test_a_foreign_parquet_file_is_named(home: Home) -> None:
    """A sound file of other columns, of whatever length, is not ours."""
    path = a_file(home)
    pq.write_table(pa.table({"x": ["y"] * 7}), path)

    assert only_problem(home, path).startswith("size: the catalog says ")


def test_the_file_of_another_table_is_named(home: Home) -> None:
    """Files mixed up by a restore are told apart."""
    path = a_file(home)
    path.write_bytes(a_file(home, "documents").read_bytes())

    assert only_problem(home, path).startswith(("size: ", "checksum: "))


def test_files_that_only_older_snapshots_show_are_checked_too(home: Home) -> None:
    """Time travel stands on them."""
    path = a_file(home, "entities", snapshot=2)
    path.unlink()

    assert only_problem(home, path) == "missing"


def test_every_fault_is_named(home: Home) -> None:
    """One report for all there is to mend."""
    paths = sorted(str(a_file(home, table)) for table in ("documents", "mentions", "entities"))
    for path in paths:
        type(home.root)(path).unlink()

    assert sorted(fsck(home)) == [Fault(path, "missing") for path in paths]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("same", None),
        ("rows", "rows: the catalog says 3, the file has 1"),
        ("rubbish", "unreadable: "),
    ],
)
def test_files_of_other_ducklake_programs_are_read_instead(home: Home, content: str, problem: str | None) -> None:
    """They come without a checksum; their footer must open and count the same rows."""
    path = a_file(home)
    if content == "rows":
        pq.write_table(pa.table({"x": [1]}), path)
    if content == "rubbish":
        path.write_bytes(b"PAR1" * 100)
    with closing(sqlite3.connect(home.catalog, isolation_level=None)) as connection:
        connection.execute("DELETE FROM dateline_file")
        connection.execute(
            "UPDATE ducklake_data_file SET file_size_bytes = ? WHERE path = ?", (path.stat().st_size, path.name)
        )

    if problem is None:
        assert fsck(home) == []
    else:
        assert only_problem(home, path).startswith(problem)


def test_quick_leaves_checksums_out_and_looks_at_the_ends(home: Home) -> None:
    """A changed byte in the middle is not seen; one in the footer's length, or another file of that size, is."""
    path = a_file(home)
    sound = path.read_bytes()
    path.write_bytes(sound[:100] + bytes([sound[100] ^ 1]) + sound[101:])
    assert fsck(home, quick=True) == []
    assert only_problem(home, path).startswith("checksum: ")

    path.write_bytes(sound[:-8] + bytes([sound[-8] ^ 1]) + sound[-7:])
    (fault,) = fsck(home, quick=True)
    assert fault.path == str(path)


def test_a_catalog_that_says_otherwise_is_seen(home: Home) -> None:
    """Row count and footer of a file that is as it was written."""
    path = a_file(home)
    for column, problem in (("record_count", "rows: "), ("footer_size", "footer: ")):
        with closing(sqlite3.connect(home.catalog, isolation_level=None)) as connection:
            connection.execute(f"UPDATE ducklake_data_file SET {column} = {column} + 1 WHERE path = ?", (path.name,))
            assert only_problem(home, path).startswith(problem)
            connection.execute(f"UPDATE ducklake_data_file SET {column} = {column} - 1 WHERE path = ?", (path.name,))
