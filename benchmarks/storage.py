"""`python -m benchmarks.storage FIGURE... [--times N]`: how commits hold and what they and their views cost.

Figures: `kills` (SIGKILL inside commits of three tables: torn, broken, acknowledged lost), `reader` (reads of three
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
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tests.warehouse.storing import Beside, all_said, commit_run, run_ids
from warehouse import catalog
from warehouse.commit import Change, commit, new_file, new_run_id
from warehouse.database import open_warehouse, refresh
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.schema import DOCUMENTS, ENTITIES, MENTIONS, Table

KILLS_A_HOME = 50
LONGEST_SECONDS = 0.5
OTHER_FILES = 30_000
ROUNDS = 5
_TABLES = ("documents", "mentions", "entities")


def kills(times: int, folder: Path) -> None:
    """Kill a writer inside its commits, and look each time at what it left."""
    moments = random.Random(1)  # noqa: S311 - moments, not secrets
    torn = broken = lost = inside = done = 0
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
        broken += bool(acknowledged and fsck(home))
        shown = _shown(home)
        torn += not (shown["documents"] == shown["mentions"] and shown["entities"] == shown["documents"][-1:])
        lost += bool(set(acknowledged) - set(shown["documents"]))
    print(
        f"kills    {times} SIGKILLs, {inside} inside a commit, {done} commits acknowledged between them: "
        f"{torn} torn, {broken} broken, {lost} lost"
    )


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
    home = Home.at(folder / "reader")
    commit_run(home, "a")
    refresh(home)
    counts = ", ".join(f"(SELECT list(DISTINCT run_id ORDER BY run_id) FROM {name})" for name in _TABLES)

    def work(_say: Callable[[str], None]) -> None:
        for number in range(1_000_000):
            commit_run(home, f"b{number:07}")
            refresh(home)

    torn, seen = 0, set()
    while times > 0:
        beside = Beside(work)
        for _ in range(min(times, 500)):
            with open_warehouse(home) as opened:
                documents, mentions, entities = opened.connection.execute(f"SELECT {counts}").fetchall()[0]
            torn += not (documents == mentions and entities == documents[-1:])
            seen.add(len(documents))
        times -= 500
        os.kill(beside.pid, signal.SIGKILL)
        beside.wait()
    print(f"reader   {torn} torn reads; {len(seen)} different snapshots were seen")


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
        for table_id in (1, 10, 11):
            connection.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                INSERT INTO ducklake_data_file
                SELECT 1000000 + ?2 * 100000 + i, table_id, begin_snapshot, IIF(?2 = 11, begin_snapshot + 1, NULL),
                    NULL,
                    i || path, 1, 'parquet', record_count, file_size_bytes, footer_size, 0, NULL, NULL, NULL, NULL
                FROM ducklake_data_file, n WHERE ?1 > 0 AND data_file_id = (
                    SELECT min(data_file_id) FROM ducklake_data_file WHERE table_id = ?2)
                """,
                (count // 3, table_id),
            )
            connection.execute(
                """
                INSERT INTO ducklake_file_column_stats
                SELECT d.data_file_id, table_id, column_id, 9, 3, 0, 'a', 'b', NULL, NULL
                FROM ducklake_data_file AS d JOIN ducklake_column USING (table_id)
                WHERE table_id = ? AND d.data_file_id > 1000000
                """,
                (table_id,),
            )


_QUERIES = {
    "top entities a day": """SELECT uri, entity_key, count(*) AS n FROM {mentions} JOIN {documents} USING (article_id)
        GROUP BY ALL ORDER BY n DESC, entity_key LIMIT 10""",
    "3-way join": """SELECT type, media_type, count(*) FROM {mentions} JOIN {entities} ON entity_key = entity_id
        JOIN {documents} USING (article_id) GROUP BY ALL ORDER BY ALL""",
    "timeline": """SELECT uri, count(*) FROM {mentions} JOIN {documents} USING (article_id)
        WHERE entity_key = 'gpe:4711' GROUP BY ALL ORDER BY ALL""",
}


def views(millions: int, folder: Path) -> None:
    """Compare CPU seconds of queries over the views and over the files behind them, turn about."""
    home = Home.at(folder / "views")
    _fill(home, millions)
    with open_warehouse(home) as opened, catalog.connect(home) as connection:
        live = catalog.live_files(connection, home, opened.snapshot)
        bare = {
            name: f"read_parquet([{', '.join(repr(str(file.path)) for file in live[name])}])"
            for name in ("mentions", "documents", "entities")
        }
        for name, query in _QUERIES.items():
            spent: dict[str, list[float]] = {"views": [], "bare": []}
            for _ in range(ROUNDS):
                for kind, names in (("views", {n: n for n in bare}), ("bare", bare)):
                    spent[kind].append(_cpu(opened.connection, query.format(**names)))
            ratio = median(spent["views"]) / median(spent["bare"])
            print(f"views    {name}: {ratio:.2f} (CPU {median(spent['views']):.2f} / {median(spent['bare']):.2f} s)")


def _cpu(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    connection.execute(query).fetchall()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _fill(home: Home, millions: int) -> None:
    """Commit a tenth as many documents as mentions, a hundredth as many entities; uri stands for the day."""
    mention = """SELECT format('{{:08}}', i // 10) AS article_id, (i % 10)::INT * 100 AS raw_start, raw_start + 8
        AS raw_end, 'Name ' || i % 977 AS surface, 'body' AS role, 'GPE' AS label, 'gpe:' || hash(i) % {} AS entity_key,
        'own_name' AS key_rule, 'model' AS source, 0.9 AS confidence """
    for part in range(millions):
        rows = f"FROM (SELECT range AS i FROM range({part}000000, {part + 1}000000))"
        document = f"""SELECT format('{{:08}}', i) AS article_id, 'day ' || i % 365 AS uri, 'text/plain' AS media_type,
            'accepted' AS status FROM (SELECT range AS i FROM range({part}00000, {part + 1}00000))"""
        changes = [
            Change(
                MENTIONS, new_file(home, MENTIONS, "fill", _rows(MENTIONS, mention.format(millions * 10_000) + rows))
            ),
            Change(DOCUMENTS, new_file(home, DOCUMENTS, "fill", _rows(DOCUMENTS, document))),
        ]
        commit(home, new_run_id(), changes, "fill")
    entity = f"""SELECT 'gpe:' || range AS entity_id, 'Name' AS name, 'T' || range % 5 AS type
        FROM range({millions * 10_000})"""
    commit(home, "e", [Change(ENTITIES, new_file(home, ENTITIES, "fill", _rows(ENTITIES, entity)))], "fill")
    refresh(home)


def gate(millions: int, folder: Path) -> None:
    """Judge mentions by twelve rules on their columns, and look that the bad rows are found."""
    from expectations.gate import validate
    from expectations.rules import Suite, at_least, matches, not_null, one_of, share

    names = ("surface", "role", "label", "entity_key", "source")
    rules = (
        *map(not_null, names),
        *(at_least(name, 0) for name in ("raw_start", "raw_end")),
        *(one_of(name, values) for name, values in (("role", ("body",)), ("label", ("GPE",)), ("source", ("model",)))),
        share("confidence"),
        matches("entity_key", "gpe:[0-9]+", "is a key"),
    )
    home = Home.at(folder / "gate")
    _fill(home, millions)
    with open_warehouse(home) as opened, duckdb.connect() as connection:
        paths = [str(file) for file in opened.files if file.parent.name == "mentions"]
        connection.execute(f"""CREATE SCHEMA run; CREATE VIEW run.mentions AS
            SELECT * REPLACE (if(raw_end = 908 AND article_id[-3:] = '007', 2, confidence) AS confidence)
            FROM read_parquet({paths!r})""")
        list(validate(connection, [Suite(ENTITIES, ())]))
        for _ in range(ROUNDS):
            before = time.process_time()
            verdicts = list(validate(connection, [Suite(MENTIONS, rules)]))
            spent = time.process_time() - before
            bad = sum(len(verdict.bad_keys) for verdict in verdicts)
            print(
                f"gate     {verdicts[0].checked_count:,} rows x {len(verdicts)} checks, {bad:,} bad: CPU {spent:.2f} s"
            )


def _rows(table: Table, query: str) -> Iterator[object]:
    names = [column.name for column in table.columns]
    with duckdb.connect() as connection:
        made = connection.execute(query).to_arrow_table()
    missing = [name for name in names if name not in made.column_names]
    for name in missing:
        field = table.arrow.field(name)
        made = made.append_column(field, pa.nulls(made.num_rows, field.type))
    yield from made.select(names).cast(table.arrow).to_batches(max_chunksize=65_536)


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
    "reader": (reader, 10_000),
    "writers": (writers, 100),
    "latency": (latency, 100),
    "views": (views, 10),
    "gate": (gate, 1),
}


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("figures", nargs="+", choices=(*FIGURES, "rerun"), metavar="FIGURE")
    parser.add_argument("--times", type=int, help="kills, reads, commits a writer, or millions of mentions")
    parser.add_argument("--home", type=Path, help="for rerun: a warehouse that has all of --input")
    parser.add_argument("--input", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.figures:
            if name == "rerun":
                rerun(given.home, given.input)
                continue
            figure, times = FIGURES[name]
            figure(given.times or times, Path(folder))


if __name__ == "__main__":
    main()
