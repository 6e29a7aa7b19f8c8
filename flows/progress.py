"""Progress bars on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console

_TITLES = {
    "ingest": "Reading",
    "clean_batch": "Cleaning",
    "compare": "Comparing",
    "extract_batch": "Extracting",
    "link": "Linking",
    "resolve_batch": "Resolving",
    "check": "Checking",
    "leave_out": "Sorting out",
    "publish": "Committing",
    "write_report": "Reporting",
}


def title(step: str) -> str:
    """Return what a step is called before users."""
    return _TITLES.get(step, step)


class Progress:
    """One bar a stage, on standard error, where that is a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = progress.Progress(
            progress.TextColumn("{task.description:<11}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        """Show the bars."""
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bars as they are."""
        self._bars.stop()

    @contextmanager
    def stage(self, step: str, total: int) -> Iterator[Callable[[], None]]:
        """Show a bar for a step; the function it yields moves it on by one."""
        task = self._bars.add_task(title(step), total=total)
        yield lambda: self._bars.advance(task)
