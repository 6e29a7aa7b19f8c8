"""The stage `expressions`: every temporal expression of an article and what its words say, before any calendar."""

from __future__ import annotations

import pyarrow as pa

from transforms.pages import Page, Passage, pages
from transforms.timex import Found, find_dates, form_to_json
from warehouse.schema import EXPRESSIONS


def expressions(documents: pa.Table, blocks: pa.Table, articles: pa.Table) -> pa.Table:
    """Return a row of `EXPRESSIONS` for each temporal expression, by article and place in the raw text."""
    return EXPRESSIONS.rows([row for page in pages(documents, blocks, articles) for row in _page_rows(page)])


def _page_rows(page: Page) -> list[dict[str, object]]:
    rows = [
        _row(page, number, passage, found)
        for number, passage in enumerate(page.passages)
        for found in find_dates(passage.text)
    ]
    return sorted(rows, key=lambda row: (row["raw_start"], row["raw_end"]))


def _row(page: Page, number: int, passage: Passage, found: Found) -> dict[str, object]:
    return {
        "article_id": page.article["article_id"],
        **passage.span(found.start, found.end),
        "passage": number,
        "form": form_to_json(found.form),
        "clause_direction": found.direction,
        "rule": found.rule,
    }
