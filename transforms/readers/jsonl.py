"""JSON lines: one object a line with `text` or `html` and any metadata."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from transforms.readers.record import PLAIN, Record, from_fields, over_limit


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield a record a line; a broken line becomes a record with its reason."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            _skip_line(stream, line, limit)
            yield Record(PLAIN, None, f"line {number}: {over_limit(limit)}", number)
        elif line.strip():
            yield _record(line, number)


def read_gzipped(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the records of a gzipped file; where it breaks off, what came before is kept."""
    number = 0
    try:
        with gzip.open(stream) as plain:
            for record in read(cast("BinaryIO", plain), limit):
                number = record.number or number
                yield record
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        where = f"after line {number}: " if number else ""
        yield Record(PLAIN, None, f"{where}not a whole gzip file: {error}", number + 1 if number else None)


def _skip_line(stream: BinaryIO, line: bytes, limit: int) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(limit)


def _record(line: bytes, number: int) -> Record:
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            return Record(PLAIN, None, f"line {number}: not a JSON object but {type(fields).__name__}", number)
        record = from_fields(fields, number)
    except json.JSONDecodeError as error:
        return Record(PLAIN, None, f"line {number}: not JSON: {error.msg}, character {error.pos + 1}", number)
    except ValueError as error:
        return Record(PLAIN, None, f"line {number}: not JSON: {error}", number)
    except RecursionError:
        return Record(PLAIN, None, f"line {number}: nested too deep", number)
    return record._replace(reason=f"line {number}: {record.reason}") if record.reason else record
