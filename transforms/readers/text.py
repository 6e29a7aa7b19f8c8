"""Plain text and Markdown files: one document each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from transforms.front_matter import front_matter
from transforms.readers.record import MARKDOWN, PLAIN, Record, whole_file

_FRONT_BYTES = 40_000


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the file as one plain-text record."""
    yield whole_file(stream, limit, PLAIN)


def read_markdown(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the file as one Markdown record; its front matter is given metadata."""
    record = whole_file(stream, limit, MARKDOWN)
    given = front_matter(record.content[:_FRONT_BYTES].decode("utf-8", "replace")).given if record.content else {}
    yield record._replace(given=json.dumps(given, sort_keys=True)) if given else record
