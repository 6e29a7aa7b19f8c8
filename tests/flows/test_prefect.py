"""A run through Prefect: the same rows, with progress and a summary to see, retries, and errors in one line."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest

from flows.execute import Finished
from flows.prefect_settings import prepare_prefect
from flows.serve import server
from tests.flows.hooked import listening
from tests.helpers import ask, assert_same, contents, counted, dateline, eventually, one_line, start
from warehouse.home import Home

PROJECT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """A run through Prefect: its home and what it said."""

    home: Home
    said: str
    errors: str


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server for the tests of this module; yield its address."""
    home = Home.at(tmp_path_factory.mktemp("server"))
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)
        patch.setenv("DO_NOT_TRACK", "1")
        patch.setenv("PREFECT_HOME", str(home.prefect))
        prepare_prefect(home)
        with server(home):
            yield os.environ["PREFECT_API_URL"]


@pytest.fixture(scope="module")
def ran(api: str, tmp_path_factory: pytest.TempPathFactory, articles: Path, small_model: str) -> Ran:
    """Run the articles through Prefect on that server."""
    home = Home.at(tmp_path_factory.mktemp("through_prefect"))
    done = dateline("run", articles, "--home", home.root, "--model", small_model, environment={"PREFECT_API_URL": api})
    assert done.returncode == 0, done.stderr
    return Ran(home, done.stdout, done.stderr)


def from_server(api: str, method: str, **arguments: Any) -> Any:
    """Ask the server with Prefect's own client."""
    from prefect.client.orchestration import PrefectClient

    async def asked() -> Any:
        async with PrefectClient(api=api) as client:
            return await getattr(client, method)(**arguments)

    return asyncio.run(asked())


def test_a_run_through_prefect_finds_the_same(ran: Ran, first: Finished) -> None:
    """Who drives the steps makes no difference to the rows; nothing but the summary is said."""
    assert_same(contents(ran.home), contents(first.run.home))
    assert "committed, snapshot 2" in ran.said
    assert ran.errors == ""


def test_what_takes_too_long_is_rejected(api: str, home: Home, slow_feed: Path, small_model: str) -> None:
    """The time limit ends a worker process, not the flow."""
    done = dateline(
        *("run", slow_feed, "--home", home.root, "--model", small_model, "--max-seconds-per-document", "0.5"),
        environment={"PREFECT_API_URL": api},
    )

    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT status, count(*) FROM documents GROUP BY 1 ORDER BY 1") == [
        ("accepted", 10),
        ("rejected", 2),
    ]


def test_a_run_leaves_progress_and_summary(ran: Ran, api: str) -> None:
    """Prefect keeps the flow run, its tasks in order, the progress of the long ones, and the summary."""
    flow_runs = from_server(api, "read_flow_runs")
    [flow_run] = [flow_run for flow_run in flow_runs if flow_run.name == f"dateline {ran.home.root}"]
    # the server is told of tasks a little later than of the run
    assert eventually(lambda: len(tasks_of(api, flow_run)) == len(STEPS), 60)
    artifacts = [a for a in from_server(api, "read_artifacts") if a.flow_run_id == flow_run.id]

    assert flow_run.state.is_completed()
    assert tasks_of(api, flow_run) == STEPS
    assert {(a.description, a.data) for a in artifacts if a.type == "progress"} == {
        ("Cleaning", 100.0),
        ("Extracting", 100.0),
        ("Resolving", 100.0),
    }
    links = {artifact.key: artifact.data for artifact in artifacts if artifact.key != "dateline-summary"}
    for key, name in (("dateline-report-page", "report.html"), ("dateline-report-data", "report.json")):
        assert (ran.home.reports / name).as_uri() in links[key]
        assert (ran.home.reports / name).exists()
    [summary] = [artifact for artifact in artifacts if artifact.key == "dateline-summary"]
    assert "8 articles, 0 records rejected" in summary.data
    assert ran.said.splitlines()[2] in summary.data


STEPS = [
    "Reading",
    "Cleaning",
    "Comparing",
    "Extracting",
    "Linking",
    "Resolving",
    "Checking",
    "Sorting out",
    "Committing",
    "Reporting",
]


def tasks_of(api: str, flow_run: Any) -> list[str]:
    """Return the names of a flow run's tasks in the order they began, as far as the server knows."""
    runs = [run for run in from_server(api, "read_task_runs") if run.flow_run_id == flow_run.id and run.start_time]
    return [run.name.rpartition("-")[0] for run in sorted(runs, key=lambda run: run.start_time)]


def test_without_a_server_one_is_started_for_the_while(
    home: Home,
    articles: Path,
    first: Finished,
    small_model: str,
) -> None:
    """A single run through Prefect needs no service: it brings its own, and ends it."""
    done = dateline(
        "run",
        articles,
        "--home",
        home.root,
        "--model",
        small_model,
        environment={"PREFECT_API_URL": "", "PREFECT_HOME": str(home.prefect)},
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert (home.prefect / "prefect.db").exists()
    assert_same(contents(home), contents(first.run.home))


def workers_of(running: psutil.Process) -> list[psutil.Process]:
    """Return the worker processes of a run."""
    return [process for process in running.children(recursive=True) if "spawn_main" in " ".join(process.cmdline())]


def test_a_task_whose_worker_is_killed_is_tried_again(  # noqa: PLR0917 - fixtures
    api: str,
    home: Home,
    articles: Path,
    small_model: str,
    first: Finished,
    tmp_path: Path,
) -> None:
    """A dead worker may pass: Prefect runs the task again, and the run ends as if nothing had been."""
    said = tmp_path / "said.txt"
    running = start(
        "run",
        articles,
        "--home",
        home.root,
        "--model",
        small_model,
        "--batch-bytes",
        "9000",
        output=said,
        environment={"PREFECT_API_URL": api},
    )
    process = psutil.Process(running.pid)
    assert eventually(lambda: running.poll() is not None or workers_of(process)), said.read_text()
    for worker in workers_of(process):
        worker.kill()

    assert running.wait(180) == 0, said.read_text()
    assert_same(contents(home), contents(first.run.home))
    assert max(task.run_count for task in from_server(api, "read_task_runs")) > 1


@pytest.mark.parametrize(
    ("inputs", "flags", "told"),
    [
        ("articles", ("--model", "no_such_model"), "NER model 'no_such_model' is not installed: run `make model`"),
        ("nowhere", (), "no such file or folder"),
        ("articles", ("--workers", "-1"), "must not be below 0"),
    ],
)
def test_an_error_of_the_user_is_one_line(  # noqa: PLR0917 - fixtures
    inputs: str,
    flags: tuple[str, ...],
    told: str,
    api: str,
    home: Home,
    articles: Path,
) -> None:
    """What the user must mend is told once, without a traceback, and not tried again."""
    given = articles if inputs == "articles" else articles / inputs
    done = dateline("run", given, "--home", home.root, *flags, environment={"PREFECT_API_URL": api})

    assert done.returncode == 1
    assert told in one_line(done.stderr)
    assert not home.catalog.exists()


def test_a_failed_flow_run_is_told_to_the_webhook(api: str, home: Home, articles: Path) -> None:
    """By the flow's own hook; what the server keeps of the run does not hold the address."""
    with listening() as hook:
        done = dateline(
            *("run", articles, "--home", home.root, "--model", "no_such_model"),
            environment={"PREFECT_API_URL": api, "DATELINE_WEBHOOK": hook.address},
        )
    assert done.returncode == 1
    [body] = hook.told
    assert body["state"] == "failed"
    assert "no_such_model" in body["message"]
    parameters = [flow_run.parameters for flow_run in from_server(api, "read_flow_runs")]
    assert hook.address not in str(parameters)


def test_a_second_run_through_prefect_changes_nothing(ran: Ran, api: str, articles: Path, small_model: str) -> None:
    """Known articles stay as they are; only the run itself is added."""
    rows = counted(ran.home)

    done = dateline(
        "run", articles, "--home", ran.home.root, "--model", small_model, environment={"PREFECT_API_URL": api}
    )

    assert done.returncode == 0, done.stderr
    assert "unchanged" in done.stdout
    assert counted(ran.home) == rows | {"runs": rows["runs"] + 1}


def prefect(folder: Path, api: str, *arguments: str) -> None:
    """Run Prefect's own command in a folder, as users with a server of their own do."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        cwd=folder,
        env=os.environ | {"PREFECT_API_URL": api, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_prefect_yaml_deploys_and_a_worker_runs_it(
    api: str, home: Home, articles: Path, small_model: str, tmp_path: Path
) -> None:
    """By the commands that the file names; of the deployment one run may go on at a time, others wait."""
    text = (PROJECT / "prefect.yaml").read_text("utf-8")
    text = text.replace("/srv/dateline/inbox", str(articles)).replace("/srv/dateline/data", str(home.root))
    text = text.replace("{settle_seconds: 2}", f"{{model: {small_model}}}")
    (tmp_path / "prefect.yaml").write_text(text, "utf-8")

    prefect(tmp_path, api, "work-pool", "create", "--type", "process", "dateline")
    prefect(tmp_path, api, "deploy", "--all")
    deployment = from_server(api, "read_deployment_by_name", name="dateline/inbox")
    flow_run = from_server(api, "create_flow_run_from_deployment", deployment_id=deployment.id)
    prefect(tmp_path, api, "worker", "start", "--pool", "dateline", "--run-once")

    assert from_server(api, "read_flow_run", flow_run_id=flow_run.id).state.is_completed()
    assert counted(home)["articles"] == 8
    assert (deployment.global_concurrency_limit.limit, deployment.concurrency_options.collision_strategy) == (
        1,
        "ENQUEUE",
    )
