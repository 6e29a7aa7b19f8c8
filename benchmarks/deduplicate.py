"""`python -m benchmarks.deduplicate DOCS STORED`: run the pipeline's own stages on clean texts, and time them.

DOCS is JSONL with id and text. STORED is a folder with what earlier calls found, as files of a warehouse; what is found
now is added, but for `clusters`, which replaces the file. Texts are read a part at a time, so that memory holds
fingerprints and never all text. Prints CPU seconds of each stage, reading apart, and what else `Timed` holds, as JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa

from flows.run import read_files, write_rows
from transforms import fingerprints as printing
from transforms.clusters import clusters
from transforms.duplicates import duplicates
from transforms.fingerprinting import kernel
from transforms.fingerprints import fingerprints
from transforms.relating import pairs, placing, postings
from transforms.stage import Input
from transforms.stages import STAGES
from warehouse import schema
from warehouse.parquet import write_file
from warehouse.schema import Table

PART_BYTES = 8 * 1024 * 1024
_KERNELS = (
    (kernel.fingerprint_texts, printing.COMPILED_FROM),
    (pairs.relate_all, pairs.COMPILED_FROM),
    (postings.count_hits, pairs.COMPILED_FROM),
    (postings.packed, pairs.COMPILED_FROM),
    (placing.gather, placing.COMPILED_FROM),
    (placing.joined, placing.COMPILED_FROM),
)
_WARM = "The ferry ran aground off the northern harbour wall on Tuesday, said the owner of it, Ana Moe. " * 5

Tables = dict[Table, pa.Table]


class Timed(NamedTuple):
    """Figures of one call: CPU seconds, wall seconds of all but the texts' reading and of writing, peak memory."""

    docs: int
    text_mb: float
    load: float
    fingerprints: float
    duplicates: float
    clusters: float
    wall: float
    peak_mib: float


def parts(docs: Path, first: int, last: int) -> Iterator[list[dict[str, Any]]]:
    """Yield some lines of DOCS, a part of the text at a time."""
    part, size = [], 0
    with docs.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if first <= number < last:
                part.append(json.loads(line))
                size += len(line)
            if size >= PART_BYTES:
                yield part
                part, size = [], 0
    if part:
        yield part


def warm() -> float:
    """Load compiled code, whatever there is to do; return the CPU seconds it took."""
    before = time.process_time()
    for compiles, pays_from in _KERNELS:
        compiles.compiled_for(pays_from, pays_from)
    made = texts_of([{"id": name, "text": f"{_WARM} {name}"} for name in "ab"])
    made[schema.FINGERPRINTS] = run_stage(fingerprints, made, {})
    for _ in range(2):  # the second time as a batch beside what is known
        known = {} if schema.CLUSTERS not in made else made
        made = {**made, schema.DUPLICATES: run_stage(duplicates, made, known)}
        made = {**made, schema.CLUSTERS: run_stage(clusters, made, known)}
    return time.process_time() - before


def texts_of(docs: list[dict[str, Any]]) -> Tables:
    """Return the tables that the clean stages would make of texts taken as they are."""
    ids = [doc["id"] for doc in docs]
    counts = [doc["text"].count(" ") + 1 for doc in docs]
    return {
        schema.ARTICLES: schema.ARTICLES.of_columns(
            {"article_id": ids, "text": [doc["text"] for doc in docs], "word_count": counts}
        ),
        schema.BLOCKS: schema.BLOCKS.of_columns({"article_id": ids, "rule": ["given_clean"] * len(ids)}),
        schema.DOCUMENTS: schema.DOCUMENTS.of_columns({"article_id": ids, "uri": ids}),
    }


def run_stage(stage: Any, made: Tables, known: Tables) -> pa.Table:
    """Run a stage on what was made now and what is known."""
    reads = next(one.reads for one in STAGES if one.run is stage)
    return stage(*(_read(read, known if read.known else made) for read in reads))


def _read(read: Input, tables: Tables) -> pa.Table:
    return tables[read.table].select(list(read.columns)) if read.table in tables else read.empty()


def _stored(folder: Path, stage: Any) -> Tables:
    """Read what a stage wants of the stored rows."""
    reads = next(one.reads for one in STAGES if one.run is stage)
    return {
        read.table: read_files(read.table, _files(folder, read.table), read.columns) for read in reads if read.known
    }


def deduplicate(docs: Path, folder: Path, first: int, last: int) -> Timed:
    """Find the duplicates of some texts among themselves and the stored ones, and store what was found."""
    load, spent = warm(), dict.fromkeys(("fingerprints", "duplicates", "clusters"), 0.0)
    text_mb = wall = 0.0
    with TemporaryDirectory(dir=folder) as fresh:
        for number, part in enumerate(parts(docs, first, last)):
            texts = texts_of(part)
            text_mb += texts[schema.ARTICLES]["text"].nbytes / 1e6
            started, began = time.process_time(), time.monotonic()
            texts[schema.FINGERPRINTS] = run_stage(fingerprints, texts, {})
            spent["fingerprints"] += time.process_time() - started
            wall += time.monotonic() - began
            for table, names in _KEPT.items():
                write_rows(Path(fresh, f"{table.name}-{number:06d}.parquet"), texts[table].select(names))
        rows = {table: read_files(table, _files(Path(fresh), table), names) for table, names in _KEPT.items()}
    began = time.monotonic()
    for stage, writes in ((duplicates, schema.DUPLICATES), (clusters, schema.CLUSTERS)):
        known = _stored(folder, stage)
        started = time.process_time()
        rows[writes] = run_stage(stage, rows, known)
        spent[stage.__name__] += time.process_time() - started
        del known
    wall += time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for table, found in rows.items():
        _store(folder, table, found)
    return Timed(rows[schema.CLUSTERS].num_rows, text_mb, load, **spent, wall=wall, peak_mib=peak)


_KEPT: dict[Table, list[str]] = {
    table: sorted(
        {
            name
            for stage in STAGES
            if stage.run in {duplicates, clusters}
            for read in stage.reads
            if read.table is table
            for name in read.columns
        }
    )
    for table in (schema.FINGERPRINTS, schema.ARTICLES, schema.DOCUMENTS)
}
"""What is kept of each part: all but the text."""


def _files(folder: Path, table: Table) -> list[Path]:
    return sorted(folder.glob(f"{table.name}-*.parquet"))


def _store(folder: Path, table: Table, rows: pa.Table) -> None:
    """Write rows as the warehouse does, but for columns that were not kept."""
    before = _files(folder, table)
    columns = pa.schema([table.arrow.field(name) for name in rows.column_names])
    write_file(folder / f"{table.name}-{len(before):06d}.parquet", columns, rows.cast(columns).to_batches())
    for path in before if table is schema.CLUSTERS else ():
        path.unlink()


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deduplicate", description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("stored", type=Path)
    parser.add_argument("--first", type=int, default=0, help="number of the first line to read")
    parser.add_argument("--last", type=int, default=sys.maxsize, help="number of the line to stop before")
    given = parser.parse_args()
    given.stored.mkdir(parents=True, exist_ok=True)
    print(json.dumps(deduplicate(given.docs, given.stored, given.first, given.last)._asdict()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
