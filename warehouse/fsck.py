"""`dateline fsck`: see that every file the catalog names is there, and as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import catalog
from warehouse.home import Home
from warehouse.parquet import checksum, footer_size


class Fault(NamedTuple):
    """One thing wrong with the warehouse."""

    path: str
    problem: str


def fsck(home: Home, *, quick: bool = False) -> list[Fault]:
    """Check the catalog, and every file that some snapshot shows: existence, size, checksum, footer, row count.

    `quick` leaves the checksums out, so that only the end of each file is read.
    """
    with catalog.connect(home) as connection:
        faults = [Fault(str(home.catalog), problem) for problem in _catalog_problems(connection)]
        files = catalog.all_files(connection, home)
    problems = ((file.path, _problem(file, quick=quick)) for file in files)
    return faults + [Fault(str(path), problem) for path, problem in problems if problem]


def _catalog_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"damaged: {said}"


def _problem(file: catalog.LiveFile, *, quick: bool) -> str | None:
    if not file.path.is_file():
        return "missing"
    size = file.path.stat().st_size
    if size != file.byte_count:
        return f"size: the catalog says {file.byte_count} bytes, the file has {size}"
    if file.checksum and not quick:
        found = checksum(file.path)
        if found != file.checksum:
            return f"checksum: the catalog says {file.checksum}, the file has {found}"
    return _problem_inside(file)


def _problem_inside(file: catalog.LiveFile) -> str | None:
    try:
        footer, rows = footer_size(file.path), pq.read_metadata(file.path).num_rows
    except (pa.ArrowException, OSError) as error:
        return f"unreadable: {' '.join(str(error).split())}"
    if rows != file.record_count:
        return f"rows: the catalog says {file.record_count}, the file has {rows}"
    if footer != file.footer_size:
        return f"footer: the catalog says {file.footer_size} bytes, the file has {footer}"
    return None
