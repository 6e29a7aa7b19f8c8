"""Plain text and Markdown files: one document each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from transforms.readers.record import MARKDOWN, PLAIN, Record, whole_file


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the file as one plain-text record."""
    yield whole_file(stream, limit, PLAIN)


def read_markdown(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the file as one Markdown record."""
    yield whole_file(stream, limit, MARKDOWN)
