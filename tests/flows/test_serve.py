"""`dateline serve`: a schedule that fires on a real server, picks up what is dropped in, and stops cleanly."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows.cli import main
from tests.helpers import ask, eventually, start
from warehouse.errors import CatalogError
from warehouse.home import Home

Served = tuple[subprocess.Popen[bytes], Path, Path]


@pytest.fixture
def served(tmp_path: Path, home: Home, articles: Path, small_model: str) -> Iterator[Served]:
    """Serve an inbox with one article every ten seconds; yield the process, the inbox and what it says."""
    inbox, said = tmp_path / "inbox", tmp_path / "said.txt"
    inbox.mkdir()
    shutil.copy2(articles / "northwire/cup-final.txt", inbox)
    running = start(
        "serve",
        inbox,
        "--home",
        home.root,
        "--every",
        "10s",
        "--model",
        small_model,
        "--workers",
        "1",
        output=said,
        environment={"PREFECT_API_URL": ""},
    )
    family: list[psutil.Process] = []
    try:
        yield running, inbox, said
    finally:
        if running.poll() is None:
            family = psutil.Process(running.pid).children(recursive=True)
            running.kill()
        for process in family:
            process.kill()
        running.wait()


def uris(home: Home) -> set[object]:
    """Return where the committed documents came from; none before the first commit."""
    try:
        return {uri for (uri,) in ask(home, "SELECT uri FROM documents")}
    except CatalogError:
        return set()


def is_at_work(running: subprocess.Popen[bytes]) -> bool:
    """Whether a flow run of the server is reading articles just now."""
    return any("prefect.engine" in process.cmdline() for process in alive(running))


def alive(running: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the processes under a process that have not ended."""
    found = psutil.Process(running.pid).children(recursive=True)
    return [process for process in found if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def ended_by_signal(running: subprocess.Popen[bytes]) -> bool:
    """Send a process SIGTERM, once more if it was sent before; return whether it has ended."""
    running.send_signal(signal.SIGTERM)
    return running.poll() is not None


def test_a_schedule_fires_until_it_is_stopped(served: Served, home: Home, articles: Path) -> None:
    """A run comes by itself; a file dropped in later is read by a later one; SIGTERMs in mid-run end it all cleanly."""
    running, inbox, said = served
    assert eventually(lambda: uris(home) == {"cup-final.txt"} or running.poll() is not None), said.read_text()

    shutil.copy2(articles / "northwire/ferry-runs-aground.txt", inbox / "later.txt")
    assert eventually(lambda: len(uris(home)) == 2 or running.poll() is not None), said.read_text()
    assert uris(home) == {"cup-final.txt", "later.txt"}
    assert len(ask(home, "SELECT run_id FROM runs")) >= 2

    eventually(lambda: running.poll() is not None or is_at_work(running), 30)
    family = alive(running)
    assert eventually(lambda: ended_by_signal(running), 60)

    assert running.returncode == 0
    assert eventually(lambda: not any(process.is_running() for process in family), 30)
    assert uris(home) == {"cup-final.txt", "later.txt"}
    told = said.read_text()
    assert "serving" in told
    assert told.rstrip().endswith("the next run does what is left")
    assert "Traceback" not in told
    assert "Warning" not in told


def test_a_killed_server_leaves_no_process(served: Served) -> None:
    """Killed outright, it takes the Prefect server it started along."""
    running, _, said = served
    assert eventually(lambda: "serving" in said.read_text() or running.poll() is not None), said.read_text()
    family = alive(running)
    assert family

    os.kill(running.pid, signal.SIGKILL)
    running.wait()

    assert eventually(lambda: not any(process.is_running() for process in family), 60)


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--every", "0m"), "--every 0m: give a whole number above 0 and a unit"),
        (("--every", "99999999999999d"), "--every 99999999999999d: longer than any calendar"),
        (("--every", "soon"), "--every soon: give a whole number above 0 and a unit"),
        (("--cron", "now and then"), "--cron now and then: not a cron expression"),
        (("--cron", "99 6 * * *"), "--cron 99 6 * * *: not a cron expression"),
        (("--every", "1m", "--model", "no_such_model"), "NER model 'no_such_model' is not installed"),
    ],
)
def test_a_wrong_schedule_is_told_at_once(  # noqa: PLR0917 - fixtures
    flags: tuple[str, ...],
    told: str,
    home: Home,
    small_model: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be served is one line and exit code 1, before any server is started."""
    code = main(["serve", str(tmp_path), "--home", str(home.root), "--model", small_model, *flags])

    assert code == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"dateline: {told}")


def test_an_inbox_that_is_not_there_is_told_at_once(
    home: Home, small_model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rather than served, run after run, as if it were empty."""
    inbox = tmp_path / "inbox"
    code = main(["serve", str(inbox), "--home", str(home.root), "--model", small_model, "--every", "1m"])
    assert code == 1
    assert capsys.readouterr().err == f"dateline: {inbox}: no such file or folder\n"


def test_the_pins_that_schedules_need() -> None:
    """Newer ones let Prefect's server die at the first run, or schedules silently never fire."""
    assert tuple(map(int, importlib.metadata.version("fastapi").split(".")[:2])) < (0, 151)
    assert tuple(map(int, importlib.metadata.version("sqlalchemy").split(".")[:2])) < (2, 1)
