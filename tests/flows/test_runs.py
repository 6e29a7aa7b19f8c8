"""Runs over the same home: what is new is added, what is known stays, and the order of work leaves no trace."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.direct import run_direct
from flows.execute import Finished
from flows.ingest import ingest as ingest_step
from flows.publish import publish
from flows.run import Run
from flows.settings import Settings
from flows.workers import WorkerError
from tests.flows.conftest import Ingest
from tests.helpers import DEADLINE_SECONDS, ask, assert_same, contents, counted, one_line
from warehouse import catalog
from warehouse.home import Home
from warehouse.lock import held
from warehouse.schema import REPLACED, RUNS, TABLES

IMPORTED = """
import json, sys
from flows.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, [name for name in ("great_expectations", "spacy", "prefect") if name in sys.modules]]))
"""


def test_a_second_run_adds_nothing_but_itself(again: Home, articles: Path, small_model: str) -> None:
    """Everything is known already: no table but `runs` grows, and neither the checks nor a model are loaded."""
    before, rows = contents(again), counted(again)

    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            IMPORTED,
            "run",
            str(articles),
            "--home",
            str(again.root),
            "--direct",
            "--model",
            small_model,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=DEADLINE_SECONDS,
    )

    assert json.loads(ran.stdout.splitlines()[-1]) == [0, []]
    assert_same(contents(again), before)
    assert counted(again) == rows | {"runs": 2}
    assert ask(again, "SELECT status FROM runs ORDER BY run_id DESC LIMIT 1") == [("unchanged",)]


def test_a_run_says_what_it_was(first: Finished) -> None:
    """The row in `runs` tells inputs, counts, versions and every setting."""
    [(inputs, counts, versions, settings, status, in_order)] = ask(
        first.run.home,
        """
        SELECT inputs, counts, versions, settings, status, started_at <= finished_at FROM runs
    """,
    )

    assert inputs == list(first.run.inputs)
    assert (status, in_order) == ("committed", True)
    told = json.loads(str(counts))
    assert (told["files"], told["records"], told["accepted"], told["quarantined"]) == (8, 8, 8, 0)
    assert told["dates_rows"] == counted(first.run.home)["dates"] > 0
    assert told["mentions_rows"] == counted(first.run.home)["mentions"] > 0
    assert {"dateline", "duckdb", "spacy", "python", "great-expectations"} <= json.loads(str(versions)).keys()
    assert json.loads(str(versions))["model"]["version"]
    assert json.loads(str(settings)) == first.run.settings.recorded


def test_every_row_names_its_run(first: Finished) -> None:
    """No row of any table is without the id of the run that wrote it."""
    for table in TABLES:
        assert ask(first.run.home, f"SELECT DISTINCT run_id FROM {table.name}") in ([(first.run.run_id,)], [])


def test_rows_of_a_file_are_sorted_by_key(first: Finished) -> None:
    """Within a file the rows stand in the order of their key."""
    home = first.run.home
    with catalog.connect(home) as connection:
        live = catalog.live_files(connection, home, catalog.head(connection))
    for table in TABLES:
        for file in live[table.name]:
            keys = [tuple(row.values()) for row in pq.ParquetFile(file.path).read(columns=list(table.key)).to_pylist()]
            assert keys == sorted(keys), table.name


def test_changed_text_is_a_new_version(again: Home, articles: Path, tmp_path: Path, ingest: Ingest) -> None:
    """The old article stays as it was; the new one says which it supersedes; other pages are left alone."""
    pages = tmp_path / "pages"
    shutil.copytree(articles, pages)
    page = pages / "northwire/cup-final.txt"
    more = "The club later said that the trophy would tour the county."
    first, rest = page.read_text("utf-8").split(".\n", 1)
    page.write_text(f"{first}.\n\n{more}\n{rest}", "utf-8")
    before = ask(again, "SELECT article_id, text FROM articles ORDER BY ALL")

    finished = ingest(again, pages)

    assert finished.outcome.counts["accepted"] == 1
    assert finished.outcome.counts["known"] == 7
    assert set(before) < set(ask(again, "SELECT article_id, text FROM articles"))
    assert ask(
        again,
        """
        SELECT relation, old.uri, new.uri, new.run_id > old.run_id FROM duplicates AS d
        JOIN documents AS new USING (article_id) JOIN documents AS old ON old.article_id = other_article_id
        WHERE d.run_id = (SELECT max(run_id) FROM runs) AND relation = 'version'
    """,
    ) == [("version", "northwire/cup-final.txt", "northwire/cup-final.txt", True)]
    assert ask(again, "SELECT added, left_out FROM changes WHERE run_id = (SELECT max(run_id) FROM runs)") == [
        (more.removesuffix("."), None)
    ]
    assert ask(
        again,
        "SELECT count(DISTINCT story_id) FROM clusters JOIN documents USING (article_id) "
        "WHERE uri = 'northwire/cup-final.txt'",
    ) == [(1,)]


def test_one_run_at_a_time(again: Home, articles: Path, small_model: str, capsys: pytest.CaptureFixture[str]) -> None:
    """While one run holds the home, another is told so in one line, and changes nothing."""
    rows = counted(again)
    with held(again):
        code = main(["run", str(articles), "--home", str(again.root), "--direct", "--model", small_model])

    assert code == 1
    said = one_line(capsys.readouterr().err)
    assert "another run is writing to" in said
    assert str(again.root) in said
    assert counted(again) == rows


ELSEWHERE = {"TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}


def test_the_way_of_working_leaves_no_trace(
    first: Finished,
    articles: Path,
    home: Home,
    small_model: str,
    tmp_path: Path,
) -> None:
    """Two workers, tiny batches, another folder, zone, locale and hash seed: the same rows as one worker at home."""
    moved = tmp_path / "moved elsewhere"
    shutil.copytree(articles, moved)

    subprocess.run(
        [
            sys.executable,
            "-m",
            "flows.cli",
            "run",
            str(moved),
            "--home",
            str(home.root),
            "--direct",
            "--model",
            small_model,
            "--workers",
            "2",
            "--batch-bytes",
            "1000",
        ],
        env={**os.environ, **ELSEWHERE},
        check=True,
        capture_output=True,
        timeout=DEADLINE_SECONDS,
    )

    assert_same(contents(home), contents(first.run.home))


def test_a_run_in_two_parts_finds_the_same(first: Finished, articles: Path, home: Home, ingest: Ingest) -> None:
    """Between runs only ids may depend on arrival: texts, dates, mentions and the pairs stay the same."""
    ingest(home, f"{articles}/northwire*/*.txt")
    ingest(home, articles)

    for sql in (
        "SELECT article_id, text FROM articles ORDER BY ALL",
        "SELECT article_id, raw_start, surface, value, date_start FROM dates ORDER BY ALL",
        "SELECT article_id, raw_start, surface, label FROM mentions ORDER BY ALL",
        "SELECT list_sort([article_id, other_article_id]), relation FROM duplicates ORDER BY ALL",
        "SELECT * EXCLUDE (run_id) FROM changes ORDER BY ALL",
        "SELECT name, type FROM entities ORDER BY ALL",
    ):
        assert ask(home, sql) == ask(first.run.home, sql)


def kill_a_worker(stop: Event) -> int | None:
    """Kill the first worker process that appears; return its id."""
    while not stop.is_set():
        for child in multiprocessing.active_children():
            if child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)
                return child.pid
        stop.wait(0.005)
    return None


def test_a_killed_worker_is_told_and_the_rerun_does_the_work(
    home: Home,
    articles: Path,
    first: Finished,
    small_model: str,
    ingest: Ingest,
) -> None:
    """When a worker dies the run ends with one line of advice and no commit; the next run does it all."""
    stop = Event()
    with ThreadPoolExecutor(1) as watchers:
        killed = watchers.submit(kill_a_worker, stop)
        with pytest.raises(WorkerError, match=r"a worker process died.*fewer workers") as raised:
            run_direct(Run.start(home, Settings(model=small_model, workers=2), [str(articles)]))
        stop.set()
        assert killed.result() is not None

    assert "\n" not in str(raised.value)
    assert not home.catalog.exists()
    ingest(home, articles)
    assert_same(contents(home), contents(first.run.home))


def test_a_commit_tried_again_touches_nothing_it_committed(home: Home, articles: Path, small_model: str) -> None:
    """A step that fails after the commit may be run again: one commit, whole files, readable views."""
    run = Run.start(home, Settings(model=small_model, workers=1), [str(articles)])
    counts: dict[str, Any] = ingest_step(run).counts
    (home.database / "in the way").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the file system
        publish(run, counts, [])
    shutil.rmtree(home.database)

    outcome = publish(run, counts, [])

    assert outcome.snapshot == 2
    assert ask(home, "SELECT run_id FROM runs") == [(run.run_id,)]


def test_replaced_tables_hold_one_file_each(again: Home, tmp_path: Path, ingest: Ingest) -> None:
    """Tables that a commit rewrites have one live file; the others have one a run that added to them."""
    page = tmp_path / "extra.txt"
    page.write_text("Harbour walls hold\n\nThe sea wall at Lisbon held on Monday, the port said.\n", "utf-8")
    ingest(again, page)

    with catalog.connect(again) as connection:
        live = catalog.live_files(connection, again, catalog.head(connection))
    assert {table.name: len(live[table.name]) for table in REPLACED} == {table.name: 1 for table in REPLACED}
    assert len(live["articles"]) == len(live[RUNS.name]) == 2


def test_runs_of_one_second_are_told_apart() -> None:
    """Runs that begin together have different ids."""
    assert len({Run.start(Home.at("x"), Settings(), []).run_id for _ in range(50)}) == 50


def test_a_report_under_another_name(first: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page goes where it is told to, and its data beside it, with the time each step took."""
    assert main(["report", "--home", str(first.run.home.root), "--output", str(tmp_path / "mine.html")]) == 0
    data = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    assert data["run"]["run_id"] == first.run.run_id
    assert {"ingest", "clean", "compare", "extract", "link", "check"} <= {step["step"] for step in data["steps"]}
    assert all(step["wall_seconds"] >= 0 and step["cpu_seconds"] >= 0 for step in data["steps"])

    assert main(["report", "--home", str(first.run.home.root), "--output", str(tmp_path / "mine.json")]) == 1
    assert "give the name of the page" in one_line(capsys.readouterr().err)
