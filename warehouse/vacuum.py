"""`dateline vacuum`: forget old snapshots, then delete the files that no snapshot shows."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from warehouse import catalog
from warehouse.commit import widened_statistics
from warehouse.database import refresh
from warehouse.errors import SettingsError
from warehouse.home import NOTE, Home
from warehouse.lock import maintained
from warehouse.parquet import sync_folder

_KEEP = re.compile(r"([1-9]\d{0,8})([smhd]?)", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FOREIGN = "ducklake-"
_FOREIGN_SECONDS = 24 * 60 * 60.0
_ENDED = (
    "ducklake_schema",
    "ducklake_table",
    "ducklake_view",
    "ducklake_column",
    "ducklake_tag",
    "ducklake_column_tag",
    "ducklake_data_file",
    "ducklake_delete_file",
    "ducklake_partition_info",
    "ducklake_sort_info",
    "ducklake_macro",
)
_OF_FILES = (
    "ducklake_file_column_stats",
    "ducklake_file_variant_stats",
    "ducklake_file_partition_value",
    "dateline_file",
)


class Vacuumed(NamedTuple):
    """What a vacuum took away: snapshots, files, and their bytes."""

    snapshots: int
    files: int
    byte_count: int


def vacuum(home: Home, keep: str) -> Vacuumed:
    """Forget all snapshots but the newest `keep` ("3", or "30d": those of 30 days), and delete what none shows.

    The newest snapshot always stays; those that still show forgotten articles always go. First the catalog no longer
    names a file, then the file goes: killed in between, the next vacuum finishes the work. Raises SettingsError for a
    `keep` that is neither.
    """
    condition = _oldest_kept(keep)
    with maintained(home), catalog.connect(home) as connection:
        with catalog.transaction(connection):
            newest = catalog.head(connection)
            found = connection.execute(f"SELECT min(snapshot_id) FROM ducklake_snapshot WHERE {condition}").fetchone()
            oldest = newest if found[0] is None else found[0]
            snapshots = _expire(connection, max([oldest, *catalog.forgotten(connection).values()]))
        refresh(home)  # the view file is the last that may name them
        gone = [*_scheduled(connection, home), *_orphans(home, connection), *_leftovers(home)]
        sizes = [_delete(path) for path in gone]
        for folder in {path.parent for path in gone if path.parent.is_dir()}:
            sync_folder(folder)
        connection.execute("DELETE FROM ducklake_files_scheduled_for_deletion")
        connection.execute("VACUUM")  # what was deleted from the catalog is not to be found in its pages either
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Vacuumed(snapshots, len(sizes), sum(sizes))


def _oldest_kept(keep: str) -> str:
    found = _KEEP.fullmatch(keep)
    if not found:
        raise SettingsError(f"--keep {keep}: give a number of snapshots, as 10, or an age, as 12h or 30d")
    if not found[2]:
        return f"snapshot_id > (SELECT max(snapshot_id) FROM ducklake_snapshot) - {found[1]}"
    age = f"-{found[1]} {_UNITS[found[2]]}"
    return f"snapshot_time >= strftime('%Y-%m-%d %H:%M:%f', 'now', '{age}')"


def _expire(connection: sqlite3.Connection, oldest: int) -> int:
    """Take all that ended before `oldest` out of the catalog, and schedule its files; return how many snapshots."""
    connection.execute(
        """
        INSERT INTO ducklake_files_scheduled_for_deletion
        SELECT data_file_id, CASE WHEN d.path_is_relative THEN s.path || t.path || d.path ELSE d.path END,
            d.path_is_relative, strftime('%Y-%m-%d %H:%M:%f', 'now') || '+00'
        FROM ducklake_data_file AS d JOIN ducklake_table AS t USING (table_id)
        JOIN ducklake_schema AS s USING (schema_id)
        WHERE d.end_snapshot <= ?
        """,
        (oldest,),
    )
    for table in _ENDED:
        connection.execute(f"DELETE FROM {table} WHERE end_snapshot <= ?", (oldest,))
    for table in _OF_FILES:
        named = "SELECT data_file_id FROM ducklake_data_file"
        connection.execute(f"DELETE FROM {table} WHERE data_file_id NOT IN ({named})")
    widened_statistics(connection)
    for table in ("ducklake_snapshot_changes", "dateline_commit"):
        connection.execute(f"DELETE FROM {table} WHERE snapshot_id < ?", (oldest,))
    return connection.execute("DELETE FROM ducklake_snapshot WHERE snapshot_id < ?", (oldest,)).rowcount


def _scheduled(connection: sqlite3.Connection, home: Home) -> Iterator[Path]:
    """Yield the files that the catalog no longer names, as far as they are in the home."""
    for (path,) in connection.execute("SELECT path FROM ducklake_files_scheduled_for_deletion"):
        place = (home.data.parent / path).resolve()
        if home.data in place.parents and place.exists():
            yield place


def find_orphans(home: Home) -> list[Path]:
    """Return the files that a vacuum would delete although it forgets no snapshot."""
    with catalog.connect(home) as connection:
        return _orphans(home, connection)


def _orphans(home: Home, connection: sqlite3.Connection) -> list[Path]:
    """Return the files among the tables that no snapshot shows: killed runs left them.

    Whoever writes here holds the lock of the home. The DuckLake extension does not: its files of the last day stay.
    """
    known = {file.path for file in catalog.all_files(connection, home)} | set(_scheduled(connection, home))
    found = (path for path in home.data.glob("*/*") if path.is_file() and path not in known)
    return sorted(path for path in found if not path.name.startswith(_FOREIGN) or _age(path) > _FOREIGN_SECONDS)


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _leftovers(home: Home) -> Iterable[Path]:
    """Return what killed runs left beside the tables: staged rows, and files not yet swapped in.

    Their notes stay: they hold nothing of an article, and the next run writes them down in `runs`.
    """
    staged = (path for folder in home.staging.glob("*") for path in _staged(folder))
    return [*staged, *home.root.glob(f"{home.database.name}.*"), *home.reports.glob(".*.new")]


def _staged(folder: Path) -> list[Path]:
    """Return a folder of staged rows, or all in it but the run's note."""
    return [path for path in folder.iterdir() if path.name != NOTE] if (folder / NOTE).exists() else [folder]


def _delete(path: Path) -> int:
    """Delete a file or folder and return its bytes."""
    if path.is_dir():
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        shutil.rmtree(path)
        return size
    size = path.stat().st_size
    path.unlink()
    return size
