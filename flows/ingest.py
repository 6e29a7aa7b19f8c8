"""The first step of a run: read the inputs and stage the records that are new."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from flows.again import REPEATED, take_up
from flows.inputs import Found, InputFile, find_files, settled
from flows.resume import Counts
from flows.run import Run, forgotten_ids
from flows.steps import known_rows
from transforms.readers import Record, reader_for
from transforms.readers.record import PLAIN
from transforms.stage import known
from warehouse import schema

_PLACE = ("article_id", "uri", "record_number", "media_type", "given")
_ROW_BYTES = 256


class Ingested(NamedTuple):
    """What an ingest staged: its batches by name, what it counted, and inputs that led nowhere."""

    batches: list[str]
    counts: Counts
    problems: list[str]


def ingest(run: Run) -> Ingested:
    """Read the inputs and stage the records not yet in the warehouse, in batches by bytes.

    A run over the warehouse takes up what it is to find anew instead.

    Counts: files, ignored, unsettled, records, known (in the warehouse already), forgotten (on request, see
    `flows.forget`) and repeated (same id and content twice in this run; the second goes to quarantine).
    """
    for table in (schema.RECORDS, schema.QUARANTINE):
        shutil.rmtree(run.staging / table.name, ignore_errors=True)  # this step may have been tried before
    if run.again:
        batches, count = take_up(run, run.again)
        return Ingested(batches, {"records": count}, [])
    found = find_files(run.inputs, run.home.root)
    counts: Counter[str] = Counter(files=len(found.files), ignored=len(found.ignored))
    fresh = _fresh(run, found, counts)
    batches = [_stage_batch(run, f"{number:06d}", rows) for number, rows in enumerate(_by_bytes(run, fresh))]
    return Ingested(batches, dict(counts), found.problems)


def _fresh(run: Run, found: Found, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    committed = set(known_rows(run, known(schema.DOCUMENTS, "article_id"))["article_id"].to_pylist())
    forgotten = set() if run.settings.include_forgotten else forgotten_ids(run.home)
    seen: set[str] = set()
    repeated: list[dict[str, Any]] = []
    for row in _rows(run, found, counts):
        counts["records"] += 1
        if row["article_id"] in committed:
            counts["known"] += 1
        elif row["article_id"] in forgotten:
            counts["forgotten"] += 1
        elif row["article_id"] in seen:
            repeated.append({name: row[name] for name in _PLACE})
        else:
            seen.add(row["article_id"])
            yield row
    counts["repeated"] = len(repeated)
    if repeated:
        run.write(schema.QUARANTINE, _quarantine_repeated(repeated), "ingest")


def _quarantine_repeated(repeated: list[dict[str, Any]]) -> pa.Table:
    rows = []
    for number, row in enumerate(repeated):
        place = {name: row[name] for name in ("uri", "record_number")}
        rows.append(
            {
                "table_name": "documents",
                "article_id": row["article_id"],
                "check_name": REPEATED,
                "row_key": json.dumps({"article_id": row["article_id"], **place, "repeat": number + 1}),
                "reason": "same id and same content as an earlier record of this run",
                "payload": json.dumps(row),
            }
        )
    return schema.QUARANTINE.rows(rows)


def _rows(run: Run, found: Found, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    files = settled(found.files, run.settings.settle_seconds)
    counts["unsettled"] = len(found.files) - len(files)
    for file in files:
        for record in read_records(file, run.settings.max_document_bytes):
            yield {
                "article_id": article_id(file.uri, record),
                "uri": record_uri(file.uri, record),
                "record_number": record.number,
                "media_type": record.media_type,
                "content": record.content,
                "given": record.given,
                "reason": record.reason,
            }


def read_records(file: InputFile, limit: int) -> Iterator[Record]:
    """Yield the records of a file; one that cannot be opened or has no reader is one record with the reason."""
    reader = reader_for(file.path.name)
    if reader is None:
        yield Record(PLAIN, None, f"no reader for files that end in {file.path.suffix or 'nothing'}")
        return
    is_empty = True
    try:
        if not stat.S_ISREG(file.path.stat().st_mode):
            yield Record(PLAIN, None, "cannot be read: not a regular file")
            return
        with file.path.open("rb") as stream:
            for record in reader(stream, limit):
                is_empty = False
                yield record
    except OSError as error:
        yield Record(PLAIN, None, f"cannot be read: {error.strerror or error}")
    else:
        if is_empty:
            yield Record(PLAIN, None, "empty file")


def article_id(uri: str, record: Record) -> str:
    """Return the id of an article: a hash of the record's own id (or url), else its uri, and its content."""
    own = f"{uri}#{record.number}" if record.number and not record.content else uri
    identity = (f"id:{record.own_id}" if record.own_id else f"uri:{own}").encode()
    content = record.content if record.content is not None else (record.reason or "").encode()
    return hashlib.blake2b(b"%d %s %s" % (len(identity), identity, content), digest_size=16).hexdigest()


def record_uri(uri: str, record: Record) -> str:
    """Return the uri of a record: the file's, and in a file of many the record's offset, line or row."""
    place = record.place or record.number
    return uri if place is None else f"{uri}#{place}"


def _by_bytes(run: Run, rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += _ROW_BYTES + len(row["content"] or b"") + len(row["given"] or "")
        if size >= run.settings.batch_bytes:
            yield held
            held, size = [], 0
    if held:
        yield held


def _stage_batch(run: Run, batch: str, rows: list[dict[str, Any]]) -> str:
    run.write(schema.RECORDS, schema.RECORDS.rows(rows), batch)
    return batch
