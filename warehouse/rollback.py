"""`dateline rollback N`: a new commit that shows what snapshot N showed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.commit import Change, commit, new_path, new_run_id
from warehouse.database import refresh
from warehouse.errors import CatalogError
from warehouse.home import Home
from warehouse.lock import maintained
from warehouse.parquet import DataFile, describe, sync_file, sync_folder


def rollback(home: Home, snapshot: int) -> int:
    """Make the tables what they were at `snapshot` and return the newest snapshot, a new one if anything differs.

    Raises CatalogError where the snapshot is unknown, would bring forgotten articles back, or has lost a file.
    """
    with maintained(home):
        with catalog.connect(home) as connection:
            newest = catalog.head(connection)
            now = catalog.live_files(connection, home, newest)
            then = catalog.live_files(connection, home, catalog.require_snapshot(connection, snapshot))
            oldest = max(catalog.forgotten(connection).values(), default=0)
        if snapshot < oldest:
            raise CatalogError(
                f"snapshot {snapshot} shows articles that were forgotten at snapshot {oldest}: "
                f"the earliest to go back to is {oldest}"
            )
        run_id = new_run_id()
        changes = [
            change
            for table in schema.TABLES
            for change in _changes(home, table, run_id, now[table.name], then[table.name])
        ]
        if changes:
            newest = commit(home, run_id, changes, f"rolled back to snapshot {snapshot}")
        refresh(home)
    return newest


def _changes(
    home: Home, table: schema.Table, run_id: str, now: Sequence[LiveFile], then: Sequence[LiveFile]
) -> Iterator[Change]:
    gone = _without(now, then)
    back = _without(then, now)
    if gone:
        yield Change(table, None, retired=tuple(catalog.stored_path(home, file) for file in gone))
    for file in back:
        yield Change(table, _again(file, new_path(home, table, run_id)))


def _without(files: Sequence[LiveFile], others: Sequence[LiveFile]) -> list[LiveFile]:
    """Return the files whose content no file of `others` has, so that one brought back is known again."""
    known = {file.checksum or str(file.path) for file in others}
    return [file for file in files if (file.checksum or str(file.path)) not in known]


def _again(file: LiveFile, path: Path) -> DataFile:
    """Give a file a second name, since whoever cleans up after the first would take its rows from the new snapshot."""
    try:
        _link(file.path, path)
        again = describe(path)
    except FileNotFoundError:
        raise CatalogError(f"{file.path}: is gone; nothing was rolled back, see `dateline fsck`") from None
    if file.checksum not in (None, again.checksum):
        path.unlink()
        raise CatalogError(f"{file.path}: is not as it was written; nothing was rolled back, see `dateline fsck`")
    return again


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(old, new)
        sync_file(new)
    sync_folder(new.parent)
