"""A time limit on documents that also ends what cannot be interrupted: a parser in C, a regular expression.

What is under way is noted in a file. When its CPU time is up, the kernel ends the worker process, which has the last
word in the note; the batch is then run again. CPU time, and not the time of the day, so that a busy machine rejects
nothing and the same documents are rejected on each run.
"""

from __future__ import annotations

import faulthandler
import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.run import Run


@contextmanager
def limited(run: Run, batch: str, article_ids: Sequence[str]) -> Iterator[None]:
    """Give some documents of a batch the time that the settings give one; this process ends when they need more."""
    folder = _notes(run, batch)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / str(len(list(folder.iterdir())))
    with path.open("w", encoding="utf-8") as note:
        note.write(json.dumps(list(article_ids)) + "\n")
        note.flush()
        # the signal's handler is C and writes where the process stands; chained to it is the default: to end
        faulthandler.register(signal.SIGPROF, note, all_threads=False, chain=True)
        signal.setitimer(signal.ITIMER_PROF, run.settings.max_seconds_per_document)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.unregister(signal.SIGPROF)
    path.unlink()


def ran_out(run: Run, batch: str) -> list[list[str]]:
    """Return the ids of the documents that were under way each time the time ran out in a batch of this run."""
    notes = [path.read_text("utf-8").splitlines() for path in sorted(_notes(run, batch).glob("*"))]
    return [json.loads(lines[0]) for lines in notes if len(lines) > 1]


def _notes(run: Run, batch: str) -> Path:
    return run.staging / "under_way" / batch
