"""`dateline fsck`: see that every file the catalog names is there, and as it was written."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import catalog
from warehouse.home import Home
from warehouse.parquet import checksum


class Fault(NamedTuple):
    """One thing wrong with the warehouse."""

    path: str
    problem: str


def fsck(home: Home) -> list[Fault]:
    """Check every file that some snapshot shows: existence, size, and checksum or else row count."""
    with catalog.connect(home) as connection:
        files = catalog.all_files(connection, home)
    problems = ((file.path, _problem(file)) for file in files)
    return [Fault(str(path), problem) for path, problem in problems if problem]


def _problem(file: catalog.LiveFile) -> str | None:
    if not file.path.is_file():
        return "missing"
    size = file.path.stat().st_size
    if size != file.byte_count:
        return f"size: the catalog says {file.byte_count} bytes, the file has {size}"
    if file.checksum is None:
        return _problem_inside(file)
    found = checksum(file.path)
    return None if found == file.checksum else f"checksum: the catalog says {file.checksum}, the file has {found}"


def _problem_inside(file: catalog.LiveFile) -> str | None:
    """Look into a file without a known checksum: one that another DuckLake program wrote."""
    try:
        rows = pq.read_metadata(file.path).num_rows
    except (pa.ArrowException, OSError) as error:
        return f"unreadable: {error}"
    return None if rows == file.record_count else f"rows: the catalog says {file.record_count}, the file has {rows}"
