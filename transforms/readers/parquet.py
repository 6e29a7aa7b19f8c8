"""Parquet: one row a record, with a `text` or `html` column and any metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.readers.record import PLAIN, Record, from_fields, over_limit

_ROWS = 256
_UNREADABLE = (ValueError, OverflowError)


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield a record a row, reading a few rows at a time."""
    try:
        file = pq.ParquetFile(stream)
        columns = file.schema_arrow.names
        if not {"text", "html"} & set(columns):
            yield Record(PLAIN, None, f"no text or html column; columns are: {', '.join(columns)}")
            return
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS):
            for row in _rows(batch):
                number += 1
                yield _record(row, number, limit)
    except (pa.ArrowException, OSError, *_UNREADABLE) as error:
        yield Record(PLAIN, None, f"not a readable Parquet file: {error}")


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, object] | Exception]:
    """Yield the rows of a batch; where one holds what Python cannot, the others are still read."""
    try:
        yield from batch.to_pylist()
    except _UNREADABLE:
        yield from (_row(batch.slice(at, 1)) for at in range(batch.num_rows))


def _row(batch: pa.RecordBatch) -> dict[str, object] | Exception:
    try:
        return dict(batch.to_pylist()[0])
    except _UNREADABLE as error:
        return error


def _record(row: dict[str, object] | Exception, number: int, limit: int) -> Record:
    if isinstance(row, Exception):
        return Record(PLAIN, None, f"row {number}: {row}", number)
    record = from_fields(row, number)
    if record.content and len(record.content) > limit:
        return Record(PLAIN, None, f"row {number}: {over_limit(limit)}", number)
    return record._replace(reason=f"row {number}: {record.reason}") if record.reason else record
