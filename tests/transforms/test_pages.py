"""What the extractors are given to read: articles in English, or in a language nobody knows."""

from __future__ import annotations

import pyarrow as pa
import pytest

from transforms.clues import clues
from transforms.expressions import expressions
from transforms.pages import pages
from warehouse import schema

TEXT = "The ferry sailed on 3 March 2026."


def tables_of(language: str | None) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Make the tables of one article in `language`."""
    segment = {"text_start": 0, "text_end": len(TEXT), "raw_start": 0, "raw_end": len(TEXT), "edit": None}
    document = {"article_id": "a", "uri": "a.txt", "media_type": "text/plain", "raw_text": TEXT, "status": "accepted"}
    article = {"article_id": "a", "text": TEXT, "segments": [segment], "language": language}
    return schema.DOCUMENTS.rows([document]), schema.BLOCKS.empty(), schema.ARTICLES.rows([article])


@pytest.mark.parametrize(("language", "count"), [("en", 1), (None, 1), ("de", 0), ("zh", 0)])
def test_only_english_is_read_as_english(language: str | None, count: int) -> None:
    """An article in another language is kept, and no stage makes rows of what it cannot read."""
    tables = tables_of(language)
    assert len(list(pages(*tables))) == count
    found = expressions(*tables)
    assert found.num_rows == clues(*tables, found).num_rows == count
