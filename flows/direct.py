"""A run in this process, without Prefect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from typing import Any

from flows.alarm import alarmed, raise_alarm
from flows.execute import Finished, execute
from flows.progress import Progress
from flows.run import Run
from flows.workers import Workers


class DirectDriver:
    """Calls steps here, and batch steps in worker processes."""

    def __init__(self, workers: Workers, progress: Progress) -> None:
        self._workers = workers
        self._progress = progress

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""
        with self._progress.stage(step.__name__, 1) as advance:
            result = step(*arguments)
            advance()
            return result

    def each(self, step: Callable[[Run, str], Any], run: Run, batches: Sequence[str]) -> list[Any]:
        """Return what a step returns for each batch, in their order."""
        futures = [self._workers.submit(step, run, batch) for batch in batches]
        with self._progress.stage(step.__name__, len(batches)) as advance:
            for future in as_completed(futures):
                future.result()
                advance()
        return [future.result() for future in futures]

    def release(self) -> None:
        """Free the memory of what calls steps for batches."""
        self._workers.release()


def run_direct(run: Run) -> Finished:
    """Execute a run in this process and its workers."""
    with alarmed(run), Workers(run.settings.processes) as workers, Progress() as progress:
        finished = execute(run, DirectDriver(workers, progress))
    if finished.outcome.blocked_by:
        raise_alarm(run.home, run.settings, "was blocked", "; ".join(finished.outcome.blocked_by))
    return finished
