"""Worker processes for the steps that burn CPU."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from types import TracebackType
from typing import Any, Self

from warehouse.errors import DatelineError

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Workers are as many as cores: a second thread in one would only wait for another."""


class WorkerError(DatelineError):
    """A worker process died."""


class Workers:
    """A pool of processes, started with the first job; each loads the model once.

    Closing it ends the processes at once, with whatever they were doing.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

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
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None
        _end_children()

    def submit(self, step: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Give a step to the next free process; after one died, to new ones."""
        with self._starting:
            if self._pool is None:
                self._pool = self._start_pool()
            try:
                return self._pool.submit(step, *arguments)
            except BrokenProcessPool:
                _end_children()
                self._pool = self._start_pool()
                return self._pool.submit(step, *arguments)

    def _start_pool(self) -> ProcessPoolExecutor:
        # spawned, not forked: Prefect's threads and a forked process do not go together
        os.environ.update(_ONE_THREAD)
        return ProcessPoolExecutor(self._processes, multiprocessing.get_context("spawn"), _start)

    def result(self, future: Future[Any]) -> Any:
        """Wait for a step. Raises WorkerError when its process died; the next job starts new ones."""
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "a worker process died, most likely for want of memory: "
                "run again with fewer workers or smaller batch_bytes",
            ) from error


def _end_children() -> None:
    """End what is left of the processes: a broken pool waits for ever for one that was starting when another died."""
    for child in multiprocessing.active_children():
        child.terminate()


def _start() -> None:
    """Leave Ctrl-C to the parent, which ends the workers; end with the parent, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
