"""The stage `clues`: what an article's own words say of the day it was published."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa

from transforms.dating import Line, clues_to_json, find_clues
from transforms.pages import Page, Passage, pages
from transforms.timex import Found, form_from_json
from warehouse.schema import CLUES

_READ_ELSEWHERE = frozenset({"body", "headline", "deck", "caption", "blank"})

_Row = dict[str, Any]


def clues(documents: pa.Table, blocks: pa.Table, articles: pa.Table, expressions: pa.Table) -> pa.Table:
    """Return a row of `CLUES` for each article that the English extractors can read.

    In: documents, blocks and articles as all extractors read them, and the expressions found in these articles.
    """
    lines = _lines(documents, blocks)
    found: defaultdict[tuple[str, int], list[_Row]] = defaultdict(list)
    for row in expressions.to_pylist():
        found[row["article_id"], row["passage"]].append(row)
    return CLUES.rows(
        [_row(page, found, lines[page.article["article_id"]]) for page in pages(documents, blocks, articles)]
    )


def _lines(documents: pa.Table, blocks: pa.Table) -> defaultdict[str, list[Line]]:
    raw_texts = dict(zip(documents["article_id"].to_pylist(), documents["raw_text"].to_pylist(), strict=True))
    lines = defaultdict(list)
    columns = (blocks[name].to_pylist() for name in ("article_id", "role", "raw_start", "raw_end"))
    for article_id, role, raw_start, raw_end in zip(*columns, strict=True):
        if role not in _READ_ELSEWHERE:
            lines[article_id].append(Line(role, raw_texts[article_id][raw_start:raw_end], raw_start))
    return lines


def _row(page: Page, found: defaultdict[tuple[str, int], list[_Row]], lines: list[Line]) -> _Row:
    article_id = page.article["article_id"]
    founds = [_founds(passage, found[article_id, number]) for number, passage in enumerate(page.passages)]
    return {"article_id": article_id, "clues": clues_to_json(find_clues(page.passages, founds, lines))}


def _founds(passage: Passage, rows: list[_Row]) -> list[Found]:
    """Return the expressions of a passage with their offsets in its text, in order."""
    if passage.role == "body":
        founds = [_found(row, row["text_start"], row["text_end"]) for row in rows]
    else:
        starts, ends = passage.text_offsets() if rows else ({}, {})
        founds = [_found(row, starts[row["raw_start"]], ends[row["raw_end"]]) for row in rows]
    return sorted(founds, key=lambda found: found.start)


def _found(row: _Row, start: int, end: int) -> Found:
    return Found(start, end, form_from_json(row["form"]), row["rule"], row["clause_direction"])
