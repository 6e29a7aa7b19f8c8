"""The dates stage: every temporal expression of an article, placed on the calendar where that is honest."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from transforms.pages import Page, Passage, pages
from transforms.timex import Published, find_dates, resolve_all
from warehouse.schema import DATES


def dates(documents: pa.Table, blocks: pa.Table, articles: pa.Table) -> pa.Table:
    """Return a row of `DATES` for each temporal expression, by article and place in the raw text.

    Relative expressions are counted from `articles.published_on` or from a date of the
    same passage; no other day is ever assumed.
    """
    return DATES.rows([row for page in pages(documents, blocks, articles) for row in _page_rows(page)])


def _page_rows(page: Page) -> list[dict[str, object]]:
    rows = [row for passage in page.passages for row in _passage_rows(page, passage)]
    return sorted(rows, key=lambda row: (row["raw_start"], row["raw_end"]))


def _passage_rows(page: Page, passage: Passage) -> Iterator[dict[str, object]]:
    day = page.article["published_on"]
    published = Published(day, day) if day else None
    for found, resolved in resolve_all(find_dates(passage.text), published):
        yield {
            "article_id": page.article["article_id"],
            **passage.span(found.start, found.end),
            **resolved._asdict(),
            "rule": found.rule,
        }
