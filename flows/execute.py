"""The way of a run, whoever drives it: in this process (`direct`) or as a Prefect flow (`pipeline`)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from flows import check, publish, steps
from flows.aliases import read_aliases, stage_aliases
from flows.choice import REASONS
from flows.driver import Driver, TimedDriver
from flows.ingest import ingest
from flows.model import model_path
from flows.publish import Outcome
from flows.resume import Counts
from flows.rules import Outdated, naming_changed, outdated
from flows.run import Run, clear_staged
from warehouse.lock import held

_RESUMED = 3
"""Killed runs whose finished batches are kept for the next one."""


class Finished(NamedTuple):
    """A run that came to its end: the outcome, the report, inputs that led nowhere, and articles of other rules."""

    run: Run
    outcome: Outcome
    report: Path
    problems: list[str]
    outdated: Outdated | None


def execute(run: Run, driver: Driver) -> Finished:
    """Run all steps in order. Raises DatelineError for what the user can mend; nothing is committed then."""
    model_path(run.settings.model)
    driver = timed = TimedDriver(driver)
    run.home.root.mkdir(parents=True, exist_ok=True)
    with held(run.home):
        read_aliases(run.home)
        clear_staged(run.home, newest=_RESUMED)
        stage_aliases(run)
        publish.note(run)
        ingested = driver.once(ingest, run)
        counts = ingested.counts | {"accepted": 0, "rejected": 0}
        blocked_by: list[str] = []
        is_relinked = naming_changed(run)
        importing = Thread(target=import_module, args=("expectations.gate",), daemon=True)
        if ingested.batches or is_relinked:
            importing.start()  # it takes seconds: let them pass while the workers are busy
        cleaned = driver.each(steps.clean_batch, run, ingested.batches) if ingested.batches else []
        counts["accepted"] = _sum(cleaned, "accepted")
        counts["rejected"] = _sum(cleaned, "documents") - counts["accepted"]
        counts |= {name: _sum(cleaned, name) for name in ("resumed", *REASONS)}
        if counts["accepted"] or counts["rejected"] or is_relinked:
            driver.once(steps.compare, run)
            extracted = driver.each(steps.extract_batch, run, ingested.batches)
            counts["resumed"] += _sum(extracted, "resumed")
            driver.once(steps.link, run)
            driver.each(steps.resolve_batch, run, steps.to_resolve(run))
            driver.release()
            importing.join()  # two threads that import it at once see halves of its modules
            blocked_by = driver.once(check.check, run)
            blocked_by = blocked_by or driver.once(check.leave_out, run)
        outcome = driver.once(publish.publish, run, counts, blocked_by, timed.steps)
        report = driver.once(publish.write_report, run, outcome.status)
        return Finished(run, outcome, report, ingested.problems, outdated(run.home, run.settings.model))


def _sum(batches: Sequence[Counts], name: str) -> int:
    return sum(batch.get(name, 0) for batch in batches)
