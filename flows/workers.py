"""Worker processes for the steps that burn CPU."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from queue import LifoQueue
from types import TracebackType
from typing import Any, Self

from flows.run import Run
from flows.time_limit import ran_out
from warehouse.errors import DatelineError

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Workers are as many as cores: a second thread in one would only wait for another."""


class WorkerError(DatelineError):
    """A worker process died."""


class Workers:
    """Processes for steps over batches, each started with its first job; each loads the model once.

    A process that dies takes only its own job along. Closing ends the processes at once, with whatever they were doing.
    """

    def __init__(self, processes: int) -> None:
        self._threads = ThreadPoolExecutor(processes)
        # the last to become idle is the next to work: with few jobs few processes start
        self._idle: LifoQueue[ProcessPoolExecutor | None] = LifoQueue()
        for _ in range(processes):
            self._idle.put(None)

    def __enter__(self) -> Self:
        """Return the pool itself; nothing starts yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()

    def submit(self, step: Callable[[Run, str], Any], run: Run, batch: str) -> Future[Any]:
        """Give a batch to the next idle process. The future raises WorkerError when its process dies."""
        return self._threads.submit(self._work, step, run, batch)

    def release(self) -> None:
        """End the processes that have no job, and free their memory; a later job starts one anew."""
        idle = []
        while not self._idle.empty():
            idle.append(self._idle.get())
        for process in idle:
            if process:
                process.shutdown()
            self._idle.put(None)

    def _work(self, step: Callable[[Run, str], Any], run: Run, batch: str) -> Any:
        process = self._idle.get()
        try:
            while True:
                process = process or _new_process()
                known = len(ran_out(run, batch))
                try:
                    return process.submit(step, run, batch).result()
                except BrokenProcessPool as error:
                    process = None
                    if len(ran_out(run, batch)) == known:
                        raise WorkerError(
                            "a worker process died, most likely for want of memory: "
                            "run again with fewer workers or smaller batch_bytes",
                        ) from error
        finally:
            self._idle.put(process)


def _new_process() -> ProcessPoolExecutor:
    # spawned, not forked: Prefect's threads and a forked process do not go together
    os.environ.update(_ONE_THREAD)
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _start)


def _start() -> None:
    """Leave Ctrl-C to the parent, which ends the workers; end with the parent, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
