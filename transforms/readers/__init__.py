"""Readers: from an open file to raw records.

A reader is a function `read(stream, limit)` that yields a `Record` for each input
record and never raises on bad content: what cannot be read becomes a record with a
`reason`. `limit` is the most bytes one document may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO

from transforms.readers import html, jsonl, parquet, text, warc
from transforms.readers.record import Record

Reader = Callable[[BinaryIO, int], Iterator[Record]]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": text.read,
        ".md": text.read_markdown,
        ".html": html.read,
        ".htm": html.read,
        ".jsonl": jsonl.read,
        ".jsonl.gz": jsonl.read_gzipped,
        ".parquet": parquet.read,
        ".warc": warc.read,
        ".warc.gz": warc.read,
    }
)
"""Reader by file name ending, lower case."""


def reader_for(name: str) -> Reader | None:
    """Return the reader for a file name, or None when Dateline does not read such files.

    >>> reader_for("Feed.JSONL.gz") is jsonl.read_gzipped
    True
    """
    lowered = name.lower()
    return next((reader for ending, reader in READERS.items() if lowered.endswith(ending)), None)


__all__ = ["READERS", "Reader", "Record", "reader_for"]
