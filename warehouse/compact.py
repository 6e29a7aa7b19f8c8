"""`dateline compact`: many small files of a table become one sorted file, in an ordinary commit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.commit import Change, commit, new_file, new_run_id
from warehouse.database import refresh, source
from warehouse.home import Home
from warehouse.lock import maintained
from warehouse.staged import in_key_order, spilling

SMALL_BYTES = 64 * 1024 * 1024
LARGE_BYTES = 256 * 1024 * 1024


def compact(home: Home) -> tuple[int, int]:
    """Replace the small files of each table by sorted ones of up to LARGE_BYTES; return how many by how many.

    Older snapshots keep their files until `vacuum`. Where nothing is to be gained, nothing is committed.
    """
    with maintained(home):
        with catalog.connect(home) as connection:
            live = catalog.live_files(connection, home, catalog.head(connection))
        run_id = new_run_id()
        temporary = home.staging / run_id
        temporary.mkdir(parents=True)
        try:
            changes = [
                _merged(home, table, run_id, files, temporary)
                for table in schema.TABLES
                for files in groups(live[table.name])
            ]
        finally:
            shutil.rmtree(temporary)
        before, after = sum(len(change.retired) for change in changes), len(changes)
        if changes:
            commit(home, run_id, changes, f"compacted {before} files into {after}")
        refresh(home)
    return before, after


def groups(files: Sequence[LiveFile]) -> Iterator[list[LiveFile]]:
    """Yield the small files that become one, in commit order: two at least, and no more bytes than a large one has."""
    group: list[LiveFile] = []
    for file in (file for file in files if file.byte_count < SMALL_BYTES):
        if sum(held.byte_count for held in group) + file.byte_count > LARGE_BYTES:
            yield group
            group = []
        group.append(file)
    if len(group) > 1:
        yield group


def _merged(home: Home, table: schema.Table, run_id: str, files: Sequence[LiveFile], temporary: Path) -> Change:
    with spilling(temporary) as connection:
        rows = in_key_order(connection, table, f"FROM {source(table, files)}")
        written = new_file(home, table, run_id, rows)
    return Change(table, written, retired=tuple(catalog.stored_path(home, file) for file in files))
