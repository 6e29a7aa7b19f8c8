"""Rules that changed: a run tells which articles were found by other ones, and finds them anew from stored text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.again import reprocess
from flows.cli import main
from flows.direct import run_direct
from flows.execute import Finished
from flows.output import summary
from flows.run import Run
from flows.settings import Settings
from tests.flows.conftest import Ingest
from tests.flows.test_quarantine import assert_references_hold
from tests.helpers import ask, assert_same, contents
from transforms.stages import STAGES
from warehouse.home import Home

PROJECT = Path(__file__).parents[2]
MONDAYS = "SELECT count(*) FROM dates WHERE lower(surface) = 'monday' AND isodow(date_start) <> 1"

Find = Callable[..., Finished]


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory, articles: Path, small_model: str) -> Home:
    """Return a home that another version of Dateline wrote, which took Monday for Tuesday. Read only."""
    folder = tmp_path_factory.mktemp("older")
    for name in ("flows", "transforms", "expectations", "warehouse"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path, rule, other in (
        ("transforms/timex/words.py", '"monday": 1', '"monday": 2'),
        ("transforms/lines/patterns.py", '"""', '"""Other words. '),
    ):
        source = (folder / path).read_text("utf-8")
        assert rule in source
        (folder / path).write_text(source.replace(rule, other, 1), "utf-8")
    words = ["run", articles, "--direct", "--home", folder / "home", "--model", small_model, "--workers", "1"]
    subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        check=True,
        capture_output=True,
    )
    return Home.at(folder / "home")


@pytest.fixture
def written(older: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to write to."""
    shutil.copytree(older.root, tmp_path / "written")
    return Home.at(tmp_path / "written")


@pytest.fixture(scope="module")
def find(small_model: str) -> Find:
    """Return a function that finds articles of a warehouse anew in this process."""

    def run(home: Home, stage: str, **asked: Any) -> Finished:
        settings = Settings(model=small_model, workers=1, **asked)
        return run_direct(Run.start(home, settings, ["again"], reprocess(home, stage, settings)))

    return run


def test_changed_rules_are_told_and_caught_up_with(  # noqa: PLR0917 - fixtures
    written: Home,
    first: Finished,
    articles: Path,
    ingest: Ingest,
    small_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A run with nothing new says what is outdated; one command makes all as if found by these rules at first."""
    assert ask(written, MONDAYS) != [(0,)]
    finished = ingest(written, articles)
    assert finished.outcome.status == "unchanged"
    told = "8 articles were found by other rules, from blocks on: `dateline run --reprocess changed` finds them anew"
    assert told in summary(finished)

    monkeypatch.setenv("DATELINE_MODEL", small_model)
    changed = ["run", "--reprocess", "changed", "--direct", "--home", str(written.root)]
    assert main(changed) == 0

    said = capsys.readouterr().out
    assert "8 records of the warehouse" in said
    assert "outdated" not in said
    assert_same(contents(written), contents(first.run.home))
    assert_references_hold(written)
    assert main(changed) == 0
    assert ": unchanged, " in capsys.readouterr().out


def test_what_is_left_is_told(written: Home, find: Find) -> None:
    """Rows that a run takes as they are keep the rules they were made by; a part caught up with leaves the rest."""
    from_dates = find(written, "expressions")
    assert ask(written, MONDAYS) == [(0,)]
    assert from_dates.outdated
    assert (from_dates.outdated.stage, from_dates.outdated.article_count) == ("blocks", 8)

    part = find(written, "changed", source="northwire")
    assert part.outcome.counts["records"] == 5
    assert part.outdated
    assert (part.outdated.stage, part.outdated.article_count) == ("blocks", 3)

    assert find(written, "changed").outdated is None


def test_rules_that_did_not_change_leave_all_as_it_is(first: Finished, again: Home, find: Find) -> None:
    """Nothing is found anew, and nothing is said."""
    assert first.outdated is None
    finished = find(again, "changed")
    assert (finished.outcome.status, finished.outdated) == ("unchanged", None)
    [(count, stages)] = ask(
        again,
        "SELECT count(*), max(len(json_keys(versions->'rules'))) FROM runs WHERE versions->>'rules' IS NOT NULL",
    )
    assert (count, stages) == (2, len(STAGES))
