"""HTML files: one page each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from transforms.readers.record import HTML, Record, whole_file


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the file as one HTML record."""
    yield whole_file(stream, limit, HTML)
