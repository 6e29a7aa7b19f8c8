"""The stage `documents`: from bytes to the raw text every offset points into."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from transforms.decoding import decode
from transforms.markup import read_page
from transforms.readers.record import HTML
from warehouse import schema

MAX_CHARACTERS = 5_000_000


def documents(records: pa.Table, *, max_characters: int = MAX_CHARACTERS) -> pa.Table:
    """Decode each record; for HTML, render the page and read its mark-up.

    In: rows of schema.RECORDS. Out: rows of schema.DOCUMENTS in the same order, each accepted or rejected
    with its reason. A record that an earlier run took in keeps the id of that run.
    """
    return schema.DOCUMENTS.rows([document(record, max_characters) for record in records.to_pylist()])


def document(record: dict[str, Any], max_characters: int = MAX_CHARACTERS) -> dict[str, Any]:
    """Return the documents row of one record."""
    content = record["content"]
    row = {name: record.get(name) for name in ("article_id", "uri", "record_number", "media_type", "given", "run_id")}
    row["byte_count"] = None if content is None else len(content)
    if record["reason"]:
        return row | {"status": "rejected", "reason": record["reason"]}
    try:
        return row | _decoded(record, max_characters) | {"status": "accepted"}
    except ValueError as error:
        return row | {"status": "rejected", "reason": str(error)}


def _decoded(record: dict[str, Any], max_characters: int) -> dict[str, Any]:
    text, encoding, method = decode(record["content"], _stated_charset(record["given"]))
    if len(text) > max_characters:
        raise ValueError(f"{len(text):,} characters, more than {max_characters:,} (setting max_characters)")
    found = {"encoding": encoding, "encoding_method": method}
    if record["media_type"] != HTML:
        return found | {"raw_text": text}
    page = read_page(text)
    return found | {"raw_text": page.rendering, "page": json.dumps(page.facts(), sort_keys=True)}


def _stated_charset(given: str | None) -> str | None:
    """Return the charset that came with a record, as from an HTTP header."""
    charset = json.loads(given).get("charset") if given else None
    return charset if isinstance(charset, str) else None
