"""What layers, identity and quotations cost beside the bare NER pass, and what a second process brings.

Loading the model and the gazetteer is left out: a worker does it once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pyarrow as pa

from benchmarks.predict import clean, read_docs
from flows.model import ModelTagger, read_entities
from flows.run import Run
from flows.settings import Settings
from flows.workers import Workers
from transforms.entities import entities
from transforms.entity_map import entity_map
from transforms.mentions import mentions
from transforms.ner.document import Entity
from transforms.quotations import quotations
from transforms.quotes import quotes
from warehouse import schema
from warehouse.home import Home

T = TypeVar("T")
_BATCHES = 12
_TEXTS = 5
_TIMES = 5
_PASSES = 3


def shares(docs: Path) -> dict[str, float]:
    """Return the CPU time of each step over that of the bare NER pass; `all` is the sum.

    Each is the least of some passes; NER is timed by few texts at a time, so that its passes are short too.
    """
    cleaned = clean(read_docs(docs))
    tagger, read = ModelTagger(Settings().model), list[str]()
    marked: list[list[Entity]] = []

    def marking(texts: Sequence[str]) -> Iterable[list[Entity]]:
        read[:], marked[:] = texts, tagger(texts)
        return marked

    named = mentions(*cleaned, tagger=marking)
    bare = sum(_timed(partial(_read, read[at : at + _TEXTS]))[1] for at in range(0, len(read), _TEXTS))
    named, layers = _timed(lambda: mentions(*cleaned, tagger=lambda _: marked))
    _, who = _timed(lambda: _identity(named))
    _, said = _timed(lambda: quotes(quotations(*cleaned, named), schema.QUOTES.empty()))
    spent = {"layers": layers, "identity": who, "quotes": said}
    return {step: seconds / bare for step, seconds in {**spent, "all": sum(spent.values())}.items()}


def _read(texts: Sequence[str]) -> None:
    for _ in read_entities(Settings().model, texts):
        pass


def _identity(named: pa.Table) -> None:
    none = schema.MENTIONS.empty()
    entities(named, none, entity_map(named, none, schema.ENTITY_MAP.empty()))


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    found, spent = work(), list[float]()
    for _ in range(_TIMES):
        started = time.process_time()
        found = work()
        spent.append(time.process_time() - started)
    return found, min(spent)


def two_processes(docs: Path) -> tuple[float, float]:
    """Return how many times as fast two worker processes are as one: as measured, and by CPU time alone.

    The latter is twice the CPU time of one over that of two: what it would be if no other work held a core.
    """
    texts = [doc.get("text") or doc["raw_text"] for doc in read_docs(docs)]
    with TemporaryDirectory() as folder:
        run = Run.start(Home(Path(folder)), Settings(), ())
        run.staging.mkdir(parents=True)
        for number in range(_BATCHES):
            _batch(run, str(number)).write_text(json.dumps(texts[number::_BATCHES]), encoding="utf-8")
        (wall, cpu), (wall_of_two, cpu_of_two) = (min(_passes(run, processes)) for processes in (1, 2))
    return wall / wall_of_two, 2 * cpu / cpu_of_two


def _passes(run: Run, processes: int) -> Iterator[tuple[float, float]]:
    """Yield wall and CPU seconds of passes over all batches by that many processes, warmed up."""
    with Workers(processes) as workers:
        for number in range(_PASSES + 1):
            started = time.perf_counter()
            jobs = [workers.submit(tag, run, str(batch)) for batch in range(_BATCHES)]
            cpu = sum(job.result() for job in jobs)
            if number:
                yield time.perf_counter() - started, cpu


def tag(run: Run, batch: str) -> float:
    """Tag the texts of a batch as a worker does; return the CPU time it took."""
    started = time.process_time()
    list(read_entities(run.settings.model, json.loads(_batch(run, batch).read_text("utf-8"))))
    return time.process_time() - started


def _batch(run: Run, batch: str) -> Path:
    return run.staging / f"{batch}.json"
