"""What tests of the clean stages share: small documents and the tables they make."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.articles import articles
from transforms.blocks import blocks
from transforms.documents import documents
from warehouse import schema

Row = dict[str, Any]


class Cleaned(NamedTuple):
    """What the clean stages made of some documents."""

    documents: pa.Table
    blocks: pa.Table
    articles: pa.Table


def record(article_id: str, content: str | bytes, media_type: str = "text/plain", **given: Any) -> Row:
    """Make a record as a reader of whole files does."""
    return {
        "article_id": article_id,
        "uri": article_id,
        "record_number": None,
        "media_type": media_type,
        "given": json.dumps(given),
        "reason": None,
        "content": content.encode() if isinstance(content, str) else content,
    }


def cleaned(*records: Row) -> Cleaned:
    """Run the clean stages over records."""
    read = documents(schema.RECORDS.rows(list(records)))
    lines = blocks(read)
    return Cleaned(read, lines, articles(read, lines))


def article_of(content: str | bytes, media_type: str = "text/plain", **given: Any) -> Row:
    """Return the articles row of one document."""
    [row] = cleaned(record("a", content, media_type, **given)).articles.to_pylist()
    return dict(row)
