"""The stage `publications`: when each article was published, as an interval with its basis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from warehouse import schema


def publications(articles: pa.Table) -> pa.Table:
    """State when each article was published.

    In: rows of schema.ARTICLES. Out: one row of schema.PUBLICATIONS each: explicit where the page or record states
    the day, else unknown with null dates.
    """
    columns = (articles[name].to_pylist() for name in ("article_id", "published_on", "published_source"))
    return schema.PUBLICATIONS.rows([_publication(*row) for row in zip(*columns, strict=True)])


def _publication(article_id: str, day: date | None, source: str | None) -> dict[str, Any]:
    if day is None:
        return {"article_id": article_id, "basis": "unknown", "reason": "the record, page and text state no day"}
    return {
        "article_id": article_id,
        "earliest": day,
        "latest": day,
        "best": day,
        "weekday": day.strftime("%A"),
        "basis": "explicit",
        "confidence": 1.0,
        "reason": source,
    }
