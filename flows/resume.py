"""Batches that a killed run had finished are taken over by the next run, where inputs, settings and versions agree.

What a batch was made of is its key. Its files are believed only as far as their checksums go: a killed run, or a
machine that lost its power, may leave half of one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from flows.code import code_of_transforms
from flows.model import describe_model, model_path
from flows.run import Run
from flows.settings import Settings
from transforms.stages import STAGES
from warehouse import schema
from warehouse.schema import Table

Counts = dict[str, int]
PACKAGES = (
    "dateline",
    "duckdb",
    "great-expectations",
    "numpy",
    "pandas",
    "prefect",
    "pyarrow",
    "spacy",
    "trafilatura",
)


def done_once(run: Run, phase: str, batch: str, work: Callable[[Run, str], Counts]) -> Counts:
    """Do a phase's work on a batch, unless a killed run did it: then `resumed` is counted."""
    key = _key(run, phase, batch)
    for note in sorted(run.home.staging.glob(f"*/done/{key}.json")):
        counts = _taken_over(run, note, batch)
        if counts is not None:
            _note(run, phase, batch, key, counts)
            return counts | {"resumed": 1}
    counts = work(run, batch)
    _note(run, phase, batch, key, counts)
    return counts


def _taken_over(run: Run, note: Path, batch: str) -> Counts | None:
    """Move the files of a finished batch over; None where they are not as they were written."""
    try:
        written = json.loads(note.read_text("utf-8"))
        held = {note.parents[1] / name: digest for name, digest in written["files"].items()}
        if any(_digest([path]) != digest for path, digest in held.items()):
            return None
        counts: Counts = written["counts"]
    except (OSError, ValueError, KeyError):
        return None
    for path in held:
        target = run.staging / path.parent.name / f"{batch}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    return counts


def _note(run: Run, phase: str, batch: str, key: str, counts: Counts) -> None:
    paths = [run.staging / stage.writes.name / f"{batch}.parquet" for stage in STAGES if stage.phase == phase]
    held = {str(path.relative_to(run.staging)): _digest([path]) for path in paths}
    note = run.staging / "done" / f"{key}.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"files": held, "counts": counts}), "utf-8")


def _key(run: Run, phase: str, batch: str) -> str:
    """Return a hash of all that the rows of a batch follow from."""
    inputs = _digest([path for path in _inputs(run, phase, batch) if path.exists()])
    told = {name: value for name, value in run.settings.recorded.items() if name != "workers"}
    return hashlib.blake2b(repr((phase, inputs, told, _made_by(run.settings))).encode(), digest_size=16).hexdigest()


def _inputs(run: Run, phase: str, batch: str) -> Iterator[Path]:
    stages = [stage for stage in STAGES if stage.phase == phase]
    tables: dict[Table, None] = dict.fromkeys(read.table for stage in stages for read in stage.reads)
    for table in tables.keys() - {stage.writes for stage in stages}:
        yield run.staging / table.name / f"{batch}.parquet"
    yield from (run.given(stage.writes, batch) for stage in stages)


@cache
def _made_by(settings: Settings) -> tuple[object, ...]:
    """Return what rows are made by: the code of the stages, the model, the packages."""
    code = hashlib.blake2b(repr(code_of_transforms()).encode(), digest_size=16).hexdigest()
    model = model_path(settings.model)
    parts = [(str(path.relative_to(model)), path.stat().st_size, path.stat().st_mtime_ns) for path in model.rglob("*")]
    packages = [importlib.metadata.version(name) for name in PACKAGES]
    declared = repr(schema.TABLES)
    return code, describe_model(settings.model), sorted(parts), packages, platform.python_version(), declared


def _digest(paths: Sequence[Path]) -> str:
    """Return a hash of the names and bytes of files."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(paths):
        if path.is_file():
            content = path.read_bytes()
            digest.update(b"%s %d " % (path.parent.name.encode(), len(content)))
            digest.update(content)
    return digest.hexdigest()
