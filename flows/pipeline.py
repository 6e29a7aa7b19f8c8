"""A run as a Prefect flow. Import this only after `prepare_prefect`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prefect import Flow, State, flow, get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff

from flows.alarm import raise_alarm
from flows.execute import Finished, execute
from flows.inputs import missing
from flows.output import summary
from flows.progress import Progress, title
from flows.publish import data_beside
from flows.run import Again, Run
from flows.settings import load_settings
from flows.workers import WorkerError, Workers
from warehouse.errors import DatelineError, InputError
from warehouse.home import Home

RETRIES = 2


def _is_worth_retrying(_task: object, _run: object, state: Any) -> bool:
    """What a user must mend does not mend itself; a dead worker may."""
    try:
        state.result()
    except WorkerError:
        return True
    except DatelineError:
        return False
    except Exception:  # noqa: BLE001 - whatever else went wrong may pass
        return True
    return False


def _as_task(step: Callable[..., Any], name: str) -> Any:
    return task(
        name=name,
        retries=RETRIES,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_condition_fn=_is_worth_retrying,
        cache_policy=NO_CACHE,
    )(step)


class PrefectDriver:
    """Calls steps as Prefect tasks: batch steps wait in threads for worker processes."""

    def __init__(self, workers: Workers, progress: Progress) -> None:
        self._workers = workers
        self._progress = progress

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""
        with self._progress.stage(step.__name__, 1) as advance:
            result = _as_task(step, title(step.__name__))(*arguments)
            advance()
            return result

    def each(self, step: Callable[[Run, str], Any], run: Run, batches: Sequence[str]) -> list[Any]:
        """Return what a step returns for each batch, in their order."""

        def on_batch(batch: str) -> Any:
            return self._workers.submit(step, run, batch).result()

        artifact: Any = create_progress_artifact(0.0, description=title(step.__name__))
        futures = [_as_task(on_batch, title(step.__name__)).submit(batch) for batch in batches]
        results = []
        with self._progress.stage(step.__name__, len(batches)) as advance:
            for number, future in enumerate(futures, start=1):
                results.append(future.result())
                advance()
                update_progress_artifact(artifact, 100.0 * number / len(batches))
        return results

    def release(self) -> None:
        """Free the memory of what calls steps for batches."""
        self._workers.release()


def _alarm(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - Prefect's names
    """Be the hook for flow runs that fail or crash, of which Prefect's log has a line: tell the webhook too."""
    message = state.message or "no reason is known"
    home = Home.at(flow_run.parameters["home"])
    raise_alarm(home, load_settings(home, flow_run.parameters["settings"]), str(state.name).lower(), message)


@flow(
    name="dateline",
    flow_run_name="dateline {home}",
    validate_parameters=False,
    on_failure=[_alarm],
    on_crashed=[_alarm],
)
def dateline(
    inputs: Sequence[str], home: str, settings: Mapping[str, object], again: Mapping[str, Any] | None = None
) -> Finished:
    """Ingest `inputs` into the warehouse in `home`, or find anew what `again` says of it (see `flows.run.Again`).

    `settings` win over the home's file and the environment.
    """
    place = Home.at(home)
    asked = Again(again["stage"], again["articles"], tuple(again["values"])) if again else None
    run = Run.start(place, load_settings(place, settings), inputs, asked)
    if inputs and len(gone := missing(inputs)) == len(inputs):
        raise InputError("; ".join(gone))
    with Workers(run.settings.processes) as workers, Progress() as progress:
        finished = execute(run, PrefectDriver(workers, progress))
    for problem in finished.problems:
        get_run_logger().warning(problem)
    create_markdown_artifact(f"```\n{summary(finished)}\n```", key="dateline-summary")
    for form, path in (("page", finished.report), ("data", data_beside(finished.report))):
        create_link_artifact(path.as_uri(), str(path), key=f"dateline-report-{form}", description="Quality report")
    if finished.outcome.blocked_by:
        raise ChecksFailedError(finished)
    return finished


class ChecksFailedError(DatelineError):
    """Critical checks kept a run from committing."""

    def __init__(self, finished: Finished) -> None:
        super().__init__(f"blocked by {'; '.join(finished.outcome.blocked_by)}")
        self.finished = finished


def run_flow(run: Run) -> Finished:
    """Execute a run as a Prefect flow, on the server of PREFECT_API_URL or a temporary one."""
    logging.getLogger("prefect").addFilter(_is_news)
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(_is_news)
    for name in ("prefect.events.utilities", "prefect._internal.concurrency"):
        # a busy server may refuse to be told how far a run is; the run does not depend on it
        logging.getLogger(name).addFilter(lambda _: False)
    from dataclasses import asdict

    # the server keeps what a flow is called with: the webhook is read from where it is set
    settings = {name: value for name, value in asdict(run.settings).items() if name != "webhook"}
    runner: Any = ThreadPoolTaskRunner(max_workers=run.settings.processes)
    try:
        again = run.again._asdict() if run.again else None
        return dateline.with_options(task_runner=runner)(list(run.inputs), str(run.home.root), settings, again)
    except ChecksFailedError as failed:
        return failed.finished


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a log line says more than the one line the CLI prints of a user's error."""
    return not (record.exc_info and isinstance(record.exc_info[1], DatelineError))
