"""The way of a run, whoever drives it: in this process (`direct`) or as a Prefect flow (`pipeline`)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from flows import check, publish, steps
from flows.aliases import aliases_changed, read_aliases, stage_aliases
from flows.driver import Driver, TimedDriver
from flows.ingest import ingest
from flows.model import model_path
from flows.publish import Outcome
from flows.run import Run, clear_staged
from warehouse.lock import held

_RESUMED = 3
"""Killed runs whose finished batches are kept for the next one."""


class Finished(NamedTuple):
    """A run that came to its end: the outcome, where its report is, and inputs that led nowhere."""

    run: Run
    outcome: Outcome
    report: Path
    problems: list[str]


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
        if ingested.batches or aliases_changed(run):
            # its import takes seconds: let them pass while the workers are busy
            importing = Thread(target=import_module, args=("expectations.gate",), daemon=True)
            importing.start()
            cleaned = driver.each(steps.clean_batch, run, ingested.batches)
            counts["accepted"] = sum(batch["accepted"] for batch in cleaned)
            counts["rejected"] = sum(batch["documents"] for batch in cleaned) - counts["accepted"]
            driver.once(steps.compare, run)
            extracted = driver.each(steps.extract_batch, run, ingested.batches)
            counts["resumed"] = sum(batch.get("resumed", 0) for batch in (*cleaned, *extracted))
            driver.once(steps.link, run)
            driver.each(steps.resolve_batch, run, steps.to_resolve(run))
            driver.release()
            importing.join()  # two threads that import it at once see halves of its modules
            blocked_by = driver.once(check.check, run)
            blocked_by = blocked_by or driver.once(check.leave_out, run)
        outcome = driver.once(publish.publish, run, counts, blocked_by, timed.steps)
        return Finished(run, outcome, driver.once(publish.write_report, run, outcome.status), ingested.problems)
