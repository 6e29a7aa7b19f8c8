"""`python -m benchmarks.storage FIGURE... [--times N]`: how commits hold and what they and their views cost.

Figures: `all` of these, or `kills` (SIGKILL inside commits of three tables: torn, broken, acknowledged lost), `points`
(SIGKILL at every Nth call into C of a commit and of the views made for it: the same), `reader` (reads of three
tables beside a writer), `writers` (four at once, N commits each), `latency` (of a commit of three tables with fsync,
alone and with 30,000 files in the catalog), `views` (CPU time of queries through the views over that of bare
`read_parquet` on the same files, N million mentions), `gate` (CPU time of twelve checks over N million mentions,
without imports), `rerun` (a run that finds nothing new: --home and --input).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq

from benchmarks.queries import gate, views
from tests.warehouse.storing import Beside, all_said, calls_into_c, commit_run, run_ids, table_id
from warehouse import catalog
from warehouse.database import open_warehouse, refresh
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.schema import DOCUMENTS, ENTITIES, MENTIONS, REPLACED

KILLS_A_HOME = 10
READS_A_HOME = 250
LONGEST_SECONDS = 0.5
OTHER_FILES = 30_000
_TABLES = ("documents", "mentions", "entities")


class Faults:
    """What kills left: a commit seen in part, files or a catalog that are not whole, commits acknowledged and lost."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.torn = self.broken = self.lost = 0

    def look(self, home: Home, acknowledged: list[str]) -> None:
        """Count what is wrong in a home after a kill."""
        shown = _shown(home)
        self.torn += not (shown["documents"] == shown["mentions"] and shown["entities"] == shown["documents"][-1:])
        self.broken += bool(acknowledged and fsck(home))
        self.lost += bool(set(acknowledged) - set(shown["documents"]))

    def __str__(self) -> str:
        """Return the counts in a line."""
        return f"{self.torn} torn, {self.broken} broken, {self.lost} lost"


def kills(times: int, folder: Path) -> None:
    """Kill a writer inside its commits, and look each time at what it left."""
    moments = random.Random(1)  # noqa: S311 - moments, not secrets
    faults = Faults()
    inside = done = 0
    acknowledged: list[str] = []
    for number in range(times):
        home = Home.at(folder / f"kills{number // KILLS_A_HOME}")
        if number % KILLS_A_HOME == 0:
            commit_run(home, "first")  # here too, so that the writers need not import anything
            acknowledged = ["first"]
        beside = Beside(_writer(home, f"w{number:05}", 10_000))
        time.sleep(moments.uniform(0, LONGEST_SECONDS))
        os.kill(beside.pid, signal.SIGKILL)
        said, _ = beside.wait()
        inside += bool(said and said[-1].startswith("begin"))
        done += sum(line.startswith("done") for line in said)
        acknowledged += [line.removeprefix("done ") for line in said if line.startswith("done")]
        faults.look(home, acknowledged)
    print(f"kills    {times} SIGKILLs, {inside} inside a commit, {done} commits acknowledged between them: {faults}")


def points(step: int, folder: Path) -> None:
    """Kill a commit, or the making of views for it, at each call into C."""
    first = Home.at(folder / "points")
    _publish(first, "first")
    total = calls_into_c(partial(_publish, first, "second"))
    faults, killed = Faults(), 0
    for number, point in enumerate(range(1, total + 1, step)):
        home = Home.at(folder / f"points{number // KILLS_A_HOME}")
        if number % KILLS_A_HOME == 0:
            _publish(home, "first")
            acknowledged = ["first"]
        run_id = f"p{point:05}"
        _, code = Beside(partial(_killed_at, point, partial(_publish, home, run_id))).wait()
        killed += code == -signal.SIGKILL
        acknowledged += [run_id] * (code == 0)
        faults.look(home, acknowledged)
        _publish(home, run_id)
        acknowledged += [run_id] * (code != 0)
        faults.look(home, acknowledged)
    print(f"points   {killed} SIGKILLs at {total} calls, each time the commit done again: {faults}")


def _publish(home: Home, run_id: str) -> None:
    commit_run(home, run_id)
    refresh(home)


def _killed_at(point: int, work: Callable[[], None], _say: object) -> None:
    calls_into_c(work, point)


def _writer(home: Home, name: str, count: int) -> Callable[[Callable[[str], None]], None]:
    def work(say: Callable[[str], None]) -> None:
        for run_id in (f"{name}-{number:05}" for number in range(count)):
            say(f"begin {run_id}")
            commit_run(home, run_id)
            say(f"done {run_id}")

    return work


def _shown(home: Home) -> dict[str, list[str]]:
    """Return which runs the live files of three tables hold, read from the files; none where there is no warehouse."""
    try:
        with catalog.connect(home) as connection:
            live = catalog.live_files(connection, home, catalog.head(connection))
    except CatalogError:
        return {name: [] for name in _TABLES}
    return {name: [pq.read_table(file)["run_id"][0].as_py() for file in live[name]] for name in _TABLES}


def reader(times: int, folder: Path) -> None:
    """Read three tables again and again, as a user does, while another process commits without a pause."""
    counts = ", ".join(f"(SELECT list(DISTINCT run_id ORDER BY run_id) FROM {name})" for name in _TABLES)
    torn = seen = 0
    for done in range(0, times, READS_A_HOME):
        home = Home.at(folder / f"reader{done}")
        _publish(home, "a")
        beside = Beside(partial(_publish_on, home))
        shown = set()
        for _ in range(min(times - done, READS_A_HOME)):
            with open_warehouse(home) as opened:
                documents, mentions, entities = opened.connection.execute(f"SELECT {counts}").fetchall()[0]
            torn += not (documents == mentions and entities == documents[-1:])
            shown.add(len(documents))
        os.kill(beside.pid, signal.SIGKILL)
        beside.wait()
        seen += len(shown)
    print(f"reader   {torn} torn of {times} reads; {seen} different snapshots were seen")


def _publish_on(home: Home, _say: object) -> None:
    for number in range(1_000_000):
        _publish(home, f"b{number:07}")


def writers(times: int, folder: Path) -> None:
    """Let four processes commit at once."""
    home = Home.at(folder / "writers")
    began = time.monotonic()
    beside = [Beside(_writer(home, name, times)) for name in "abcd"]
    done = [line for line in all_said(beside) if line.startswith("done")]
    spent = time.monotonic() - began
    print(f"writers  4 x {times}: {len(done)} acknowledged, {len(run_ids(home))} in the catalog, {spent:.1f} s")


def latency(times: int, folder: Path) -> None:
    """Time commits of three tables, files included, alone and beside many files."""
    home = Home.at(folder / "latency")
    commit_run(home, "first")
    for text, files in (("alone", 0), (f"with {OTHER_FILES:,} files", OTHER_FILES)):
        _pretend(home, files)
        walls, cpus = [], []
        for number in range(times):
            wall, cpu = time.perf_counter(), time.process_time()
            commit_run(home, f"{text} {number}")
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        print(
            f"latency  {text}: median {median(walls) * 1000:.1f} ms, least {min(walls) * 1000:.1f} ms, "
            f"CPU {median(cpus) * 1000:.1f} ms a commit"
        )


def _pretend(home: Home, count: int) -> None:
    """Put rows of files that are not there into the catalog, spread over three tables, with their statistics."""
    with catalog.connect(home) as connection, catalog.transaction(connection):
        for table in (DOCUMENTS, MENTIONS, ENTITIES):
            connection.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                INSERT INTO ducklake_data_file
                SELECT 1000000 + ?2 * 100000 + i, table_id, begin_snapshot, IIF(?3, begin_snapshot + 1, NULL),
                    NULL,
                    i || path, 1, 'parquet', record_count, file_size_bytes, footer_size, 0, NULL, NULL, NULL, NULL
                FROM ducklake_data_file, n WHERE ?1 > 0 AND data_file_id = (
                    SELECT min(data_file_id) FROM ducklake_data_file WHERE table_id = ?2)
                """,
                (count // 3, table_id(table), table in REPLACED),
            )
            connection.execute(
                """
                INSERT INTO ducklake_file_column_stats
                SELECT d.data_file_id, table_id, column_id, 9, 3, 0, 'a', 'b', NULL, NULL
                FROM ducklake_data_file AS d JOIN ducklake_column USING (table_id)
                WHERE table_id = ? AND d.data_file_id > 1000000
                """,
                (table_id(table),),
            )


def rerun(home: Path, given: Path) -> None:
    """Time a run in a process of its own that is to find nothing new."""
    command = [sys.executable, "-m", "flows.cli", "run", str(given), "--direct", "--home", str(home)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(said.splitlines()[0], said.splitlines()[1], sep="\n")
    print(f"rerun    {wall:.1f} s, CPU {cpu:.1f} s")


FIGURES = {
    "kills": (kills, 1_000),
    "points": (points, 1),
    "reader": (reader, 10_000),
    "writers": (writers, 100),
    "latency": (latency, 100),
    "views": (views, 10),
    "gate": (gate, 1),
}


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("figures", nargs="+", choices=("all", *FIGURES, "rerun"), metavar="FIGURE")
    parser.add_argument("--times", type=int, help="kills, calls, reads, commits a writer, or millions of mentions")
    parser.add_argument("--home", type=Path, help="for rerun: a warehouse that has all of --input")
    parser.add_argument("--input", type=Path)
    given = parser.parse_args()
    for name in FIGURES if "all" in given.figures else given.figures:
        began = time.monotonic()
        if name == "rerun":
            rerun(given.home, given.input)
        else:
            figure, times = FIGURES[name]
            with tempfile.TemporaryDirectory() as folder:
                figure(given.times or times, Path(folder))
        print(f"{name:8} took {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
