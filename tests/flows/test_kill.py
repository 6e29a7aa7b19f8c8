"""Kill a run anywhere: what was committed is whole, and the rerun finishes the work."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from flows.execute import Finished
from flows.run import clear_staged
from tests.flows.conftest import Ingest
from tests.helpers import ask, assert_same, contents, eventually, start
from warehouse.errors import CatalogError
from warehouse.home import Home

KILLS = 7
SEED = 20260322

Homes = Callable[[], Home]


@pytest.fixture
def homes(tmp_path: Path) -> Homes:
    """Return a function that names a fresh home each time."""
    numbers = iter(range(100))
    return lambda: Home.at(tmp_path / f"home{next(numbers)}")


def begin(home: Home, articles: Path, model: str, *more: str) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    return start("run", articles, "--home", home.root, "--direct", "--model", model, "--workers", "1", *more)


def kill(running: subprocess.Popen[bytes]) -> None:
    """Kill a run with all its workers, as a power cut would."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def ended(running: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended by itself."""
    return running.poll() is not None


def committed(home: Home) -> bool:
    """Whether a home has a commit; what it has must be whole (see `ask`)."""
    try:
        return bool(ask(home, "SELECT run_id FROM runs WHERE status = 'committed'"))
    except CatalogError:
        return False


def test_killed_at_any_moment(first: Finished, articles: Path, small_model: str, homes: Homes, ingest: Ingest) -> None:
    """After each of many kills at random moments there is either nothing or everything; then the work is finished."""
    expected = contents(first.run.home)
    began = time.monotonic()
    begin(homes(), articles, small_model).wait()
    undisturbed = time.monotonic() - began
    moments = random.Random(SEED)  # noqa: S311 - a seeded draw, not a secret
    home = homes()

    for number in range(KILLS):
        # the second half falls where the checks and the commit are
        moment = undisturbed * (moments.uniform(0, 0.8) if number % 2 else moments.uniform(0.8, 1.05))
        running = begin(home, articles, small_model)
        eventually(partial(ended, running), moment)
        kill(running)
        if committed(home):
            assert_same(contents(home), expected)
            home = homes()

    ingest(home, articles)
    assert_same(contents(home), expected)


SIGNS: dict[str, Callable[[Home], object]] = {
    "the last table file is there": lambda home: list((home.data / "runs").glob("*.parquet")),
    "the catalog is there": lambda home: home.catalog.exists(),
    "the views are being built": lambda home: list(home.root.glob("*.new")) or home.database.exists(),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_killed_around_the_commit(  # noqa: PLR0917 - fixtures
    sign: str,
    first: Finished,
    articles: Path,
    small_model: str,
    homes: Homes,
    ingest: Ingest,
) -> None:
    """Where a kill hurts most: while files are written, while the catalog commits, before the views are swapped."""
    home = homes()
    running = begin(home, articles, small_model)
    assert eventually(lambda: SIGNS[sign](home) or running.poll() is not None)
    kill(running)
    was_committed = committed(home)

    rerun = ingest(home, articles)

    assert (rerun.outcome.status == "unchanged") == was_committed
    assert_same(contents(home), contents(first.run.home))
    assert not list(home.staging.glob("*/*")), "the rerun clears away what the killed run left"


def cut_in_half(home: Home) -> None:
    """Leave half of each file that a killed run staged, but for its records."""
    for path in home.staging.glob("*/*/*.parquet"):
        if path.parent.name != "records":
            os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_finished_batches_of_a_killed_run_are_not_done_again(
    *, is_damaged: bool, first: Finished, articles: Path, small_model: str, homes: Homes, ingest: Ingest
) -> None:
    """The next run takes them over, but trusts no half-written file; the killed run has its row in `runs`."""
    home = homes()
    running = begin(home, articles, small_model, "--batch-bytes", "1000")
    assert eventually(lambda: len(list(home.staging.glob("*/done/*.json"))) > 3 or running.poll() is not None)
    kill(running)
    if is_damaged:
        cut_in_half(home)

    rerun = ingest(home, articles, batch_bytes=1_000)

    resumed = rerun.outcome.counts["resumed"]
    assert resumed == 0 if is_damaged else resumed >= 3
    assert_same(contents(home), contents(first.run.home))
    told = ask(home, "SELECT status, inputs, started_at <= finished_at FROM runs ORDER BY run_id")
    assert told == [("crashed", [str(articles)], True), ("committed", [str(articles)], True)]
    assert ingest(home, articles).outcome.status == "unchanged"
    assert ask(home, "SELECT count(*) FROM runs") == [(3,)]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_last_three_killed_runs_are_gone_on_with(count: int, homes: Homes) -> None:
    """What older ones had finished is given up."""
    home = homes()
    done = [home.staging / f"run{number}" / "done" for number in range(count)]
    for folder in done:
        folder.mkdir(parents=True)
    clear_staged(home, newest=3)
    assert [folder.exists() for folder in done] == [number >= count - 3 for number in range(count)]


def test_other_settings_begin_anew(articles: Path, small_model: str, homes: Homes, ingest: Ingest) -> None:
    """What a killed run made under other settings is of no use."""
    home = homes()
    running = begin(home, articles, small_model, "--batch-bytes", "1000")
    assert eventually(lambda: len(list(home.staging.glob("*/done/*.json"))) > 3 or running.poll() is not None)
    kill(running)

    assert ingest(home, articles, batch_bytes=1_000, clean="none").outcome.counts["resumed"] == 0
