"""Who calls the steps of a run, and what each of them takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from flows.run import Run


class Driver(Protocol):
    """Calls steps: one at a time, or one for each batch on all cores."""

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""

    def each(self, step: Callable[[Run, str], Any], run: Run, batches: Sequence[str]) -> list[Any]:
        """Return what a step returns for each batch, in their order."""

    def release(self) -> None:
        """Free the memory of what calls steps for batches: none follow for now."""


class TimedDriver:
    """Calls steps through another driver, and notes in `steps` what each took: wall time, and CPU time of all.

    CPU time is that of this process and of the workers that came to an end with their batch.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.steps: list[dict[str, Any]] = []

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""
        with self._noted(step.__name__, 1):
            return self._driver.once(step, *arguments)

    def each(self, step: Callable[[Run, str], Any], run: Run, batches: Sequence[str]) -> list[Any]:
        """Return what a step returns for each batch, in their order."""
        with self._noted(step.__name__, len(batches)) as note:
            done = self._driver.each(_Timed(step), run, batches)
            note["cpu_seconds"] += sum(seconds for _, seconds in done)
        return [result for result, _ in done]

    def release(self) -> None:
        """Free the memory of what calls steps for batches."""
        self._driver.release()

    @contextmanager
    def _noted(self, name: str, calls: int) -> Iterator[dict[str, Any]]:
        wall, cpu = time.perf_counter(), time.process_time()
        note: dict[str, Any] = {"step": name.removesuffix("_batch"), "call_count": calls, "cpu_seconds": 0.0}
        yield note
        note["wall_seconds"] = round(time.perf_counter() - wall, 3)
        note["cpu_seconds"] = round(note["cpu_seconds"] + time.process_time() - cpu, 3)
        self.steps.append(note)


@dataclass(frozen=True)
class _Timed:
    """A step that also returns the CPU seconds it took; it is called in worker processes."""

    step: Callable[[Run, str], Any]

    @property
    def __name__(self) -> str:
        return self.step.__name__

    def __call__(self, run: Run, batch: str) -> tuple[Any, float]:
        began = time.process_time()
        result = self.step(run, batch)
        return result, time.process_time() - began
