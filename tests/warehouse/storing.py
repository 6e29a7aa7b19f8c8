"""What the tests of the storage layer share: awkward rows, commits of them, and processes to run beside the test."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from warehouse import catalog
from warehouse.commit import Change, commit
from warehouse.database import open_warehouse
from warehouse.parquet import write_file
from warehouse.revision import revise, revised
from warehouse.schema import DOCUMENTS, ENTITIES, MENTIONS, REPLACED, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from warehouse.home import Home

TEXTS = (
    "",
    " ",
    "Київ",
    "Zelens’kyj",
    "مرفأ",
    "\u202egnp.exe",
    "😀 e\u0301",
    "a\r\nb\tc",
    "\x00nul",
    "\ufeffbom",
    "NULL",
    "nan",
    "'; DROP TABLE articles; --",
    '"',
    "{{ 7 * 7 }}",
    "%s {0}",
    "</script><img src=x onerror=alert(1)>",
    "z" * 5_000,
    "../../etc/passwd",
    "\U0010ffff",
    "{}",
)

VALUES: dict[pa.DataType, tuple[Any, ...]] = {
    pa.string(): TEXTS,
    pa.int32(): (0, -1, 2**31 - 1, -(2**31)),
    pa.int64(): (0, -1, 2**63 - 1, -(2**63)),
    pa.uint8(): (0, 255),
    pa.uint32(): (0, 2**31, 2**32 - 1),
    pa.uint64(): (0, 2**63, 2**64 - 1),
    pa.float64(): (0.0, -0.0, 0.1, 1e-7, 1e300, math.inf, -math.inf),
    pa.bool_(): (True, False),
    pa.date32(): (dt.date(2026, 2, 28), dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    pa.timestamp("us", tz="UTC"): (
        dt.datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=dt.UTC),
        dt.datetime(33, 4, 3, 15, tzinfo=dt.UTC),
    ),
    pa.binary(): (b"", b"\x00\xff", b"'); --"),
}


def awkward_rows(table: Table, count: int = 40) -> list[dict[str, Any]]:
    """Make rows with the edges of every type, a null here and there, and a key of their own each."""
    return [
        {
            column.name: _key_value(column.type, n)
            if column.name in table.key
            else None
            if column.nullable and (n + place) % 5 == 0
            else _value(column.type, n + place)
            for place, column in enumerate(table.columns)
        }
        for n in range(count)
    ]


def _key_value(kind: pa.DataType, number: int) -> Any:
    text = TEXTS[number % len(TEXTS)][:20].replace("\0", "")  # keys are hashes and names, and SQL has no NUL
    return number if pa.types.is_integer(kind) else f"{number:06d} {text}"


def _value(kind: pa.DataType, number: int) -> Any:
    if pa.types.is_list(kind):
        return [None if n % 7 == 6 else _value(kind.value_type, n) for n in range(number, number + number % 4)]
    if pa.types.is_struct(kind):
        return {field.name: _value(field.type, number + n) for n, field in enumerate(kind)}
    return VALUES[kind][number % len(VALUES[kind])]


def change(home: Home, table: Table, rows: list[dict[str, Any]], *, replaces: bool | None = None) -> Change:
    """Write rows to a file of their own; a commit makes it part of the table, or all of it."""
    path = home.data / table.name / f"{uuid4().hex}.parquet"
    return Change(
        table,
        write_file(path, table.arrow, table.rows(rows).to_batches()),
        table in REPLACED if replaces is None else replaces,
    )


def commit_run(home: Home, run_id: str, count: int = 3) -> int:
    """Commit one run: rows to two growing tables, and one table anew."""
    documents = [
        {
            "article_id": f"{run_id}-{n}",
            "uri": f"{n}.txt",
            "media_type": "text/plain",
            "status": "accepted",
            "raw_text": "Kyiv",
            "run_id": run_id,
        }
        for n in range(count)
    ]
    mentions = [
        {
            "article_id": f"{run_id}-{n}",
            "raw_start": 0,
            "raw_end": 4,
            "surface": "Kyiv",
            "role": "body",
            "label": "GPE",
            "entity_key": "gpe:kyiv",
            "key_rule": "own_name",
            "source": "model",
            "run_id": run_id,
        }
        for n in range(count)
    ]
    entities = [{"entity_id": "kyiv", "name": f"Kyiv {run_id}", "type": "GPE", "run_id": run_id}]
    changes = [change(home, DOCUMENTS, documents), change(home, MENTIONS, mentions), change(home, ENTITIES, entities)]
    return commit(home, run_id, changes, f"run {run_id}")


def table_id(table: Table) -> int:
    """Return the number that a new catalog gives a table."""
    return TABLES.index(table) + 1


def live_mentions(home: Home) -> list[Path]:
    """Return the live files of mentions."""
    with catalog.connect(home) as connection:
        return [file.path for file in catalog.live_files(connection, home, catalog.head(connection))["mentions"]]


def asking(article_ids: Iterable[str], rows: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """Return a connection that shows the articles to revise, and the rows a run has for them."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA run; CREATE TABLE forgotten (article_id VARCHAR)")
    connection.executemany("INSERT INTO forgotten VALUES (?)", [[article_id] for article_id in article_ids])
    connection.register("fresh", MENTIONS.rows(rows))
    connection.execute("CREATE VIEW run.mentions AS FROM fresh")
    return connection


def revision_of(home: Home, run_id: str, article_ids: Iterable[str], rows: list[dict[str, Any]]) -> Change:
    """Write what a commit puts in the place of the rows of some articles."""
    with asking(article_ids, rows) as connection:
        revision = revise(connection, MENTIONS, live_mentions(home), "forgotten")
        path = home.data / "mentions" / f"{run_id}.parquet"
        file = write_file(path, MENTIONS.arrow, revised(connection, MENTIONS, run_id, revision))
    return Change(MENTIONS, file, retired=tuple(Path(path).name for path in revision.retired))


def runs_shown(home: Home, as_of: int | None = None) -> dict[str, list[str]]:
    """Return which runs each of the three tables holds rows of, as a reader sees them."""
    with open_warehouse(home, as_of) as opened:
        return {
            name: [
                row[0]
                for row in opened.connection.execute(
                    f"SELECT run_id FROM {name} GROUP BY run_id ORDER BY run_id"
                ).fetchall()
            ]
            for name in ("documents", "mentions", "entities")
        }


def rows_of(home: Home, table: Table, as_of: int | None = None) -> pa.Table:
    """Return a table in key order, as a reader sees it."""
    with open_warehouse(home, as_of) as opened:
        found = opened.connection.execute(f"FROM {table.name} ORDER BY {', '.join(table.key)}").to_arrow_table()
    return found.cast(table.arrow)


def run_ids(home: Home) -> list[str]:
    """Return the runs in the catalog, oldest first."""
    with catalog.connect(home) as connection:
        return [snapshot.run_id for snapshot in reversed(catalog.snapshots(connection)) if snapshot.run_id]


def tree_hash(folder: Path) -> str:
    """Hash the names and bytes of all files in a folder."""
    digest = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)}\0{path.is_dir()}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def copied(home: Home, folder: Path) -> Home:
    """Return a copy of a warehouse, free to be spoilt."""
    return type(home).at(shutil.copytree(home.root, folder))


class Beside:
    """A process forked off the test; what it says comes through a pipe, and its end ends the pipe."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        """Start `work`, which is given a function to say a line with."""
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _work_and_leave(work, writing)
        os.close(writing)
        self.said = os.fdopen(reading, encoding="utf-8")

    def wait(self) -> tuple[list[str], int]:
        """Return the lines not read yet, and how the process ended: its exit code, or less than 0 for a signal."""
        with self.said:
            lines = self.said.read().splitlines()
        _, status = os.waitpid(self.pid, 0)
        return lines, os.waitstatus_to_exitcode(status)


def _work_and_leave(work: Callable[[Callable[[str], None]], None], writing: int) -> None:
    """Run in the child: never come back into the test."""
    code = 1
    try:
        work(lambda line: _say(writing, line))
        code = 0
    except Exception as error:  # noqa: BLE001 - whatever it was, the test is to see it
        _say(writing, f"{type(error).__name__}: {error}")
    finally:
        os._exit(code)


def _say(writing: int, line: str) -> None:
    os.write(writing, f"{line}\n".encode())


def all_said(processes: Iterable[Beside]) -> list[str]:
    """Wait for processes that are to end well; return all they said."""
    ends = [process.wait() for process in processes]
    assert all(code == 0 for _, code in ends), ends
    return [line for lines, _ in ends for line in lines]


def calls_into_c(work: Callable[[], Any], die_at: float = math.inf) -> int:
    """Run `work` and count its calls of built-in functions; at the one numbered `die_at` kill the process."""
    count = 0

    def on_event(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "c_call"
        if count == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
