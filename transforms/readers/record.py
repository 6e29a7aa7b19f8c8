"""What a reader yields, and what all readers share."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"


class Record(NamedTuple):
    """One input record: its bytes and given metadata, or the reason it could not be read.

    `number` counts lines, rows or pages from 1 in files of many records; `place`, where a
    reader knows it, is the record's offset in the file. `own_id` is the record's own id or
    url. `given` is JSON.
    """

    media_type: str
    content: bytes | None
    reason: str | None = None
    number: int | None = None
    own_id: str | None = None
    given: str | None = None
    place: str | None = None


def whole_file(stream: BinaryIO, limit: int, media_type: str) -> Record:
    """Read a file that is one document."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        return Record(media_type, None, over_limit(limit))
    return Record(media_type, content, None if content.strip() else "empty file")


def over_limit(limit: int) -> str:
    """Say that a document is too large."""
    return f"longer than {limit:,} bytes (setting max_document_bytes)"


def from_fields(fields: Mapping[str, object], number: int) -> Record:
    """Make a record from named fields: `text` or `html`, and whatever metadata stands beside it.

    Raises RecursionError when a field is nested too deep to write down again.
    """
    for name, media_type in (("text", PLAIN), ("html", HTML)):
        content = _content(fields.get(name))
        if content.strip():
            given = {sound(key): _given(value) for key, value in fields.items() if key not in ("text", "html")}
            given = {key: value for key, value in given.items() if value not in (None, "")}
            own_id = given.get("id", given.get("url"))
            return Record(
                media_type,
                content,
                None,
                number,
                None if own_id is None else str(own_id),
                json.dumps(given, sort_keys=True),
            )
    return Record(PLAIN, None, f"no text or html; fields are: {sound(', '.join(sorted(fields))) or 'none'}", number)


def _content(body: object) -> bytes:
    return sound(body).encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""


def _given(value: object) -> object:
    """Return a value that JSON can hold and any encoding can write."""
    if isinstance(value, list):
        return [_given(item) for item in value]
    if isinstance(value, dict):
        return {sound(str(key)): _given(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, int | float | bool | None) else sound(str(value)).strip()


def sound(value: str) -> str:
    """Return `value` with lone surrogates (which no encoding can write) as U+FFFD."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
