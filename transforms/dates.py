"""The stage `dates`: temporal expressions placed on the calendar where that is honest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from transforms.timex import Found, Published, form_from_json, resolve_all
from warehouse.schema import DATES

_Row = dict[str, Any]


def dates(expressions: pa.Table, publications: pa.Table) -> pa.Table:
    """Resolve expressions, found now or read back from `DATES`, against the publication of their article.

    In: rows of schema.EXPRESSIONS; article_id, earliest, latest and basis of schema.PUBLICATIONS. Out: a row of
    schema.DATES each, by article and place in the raw text. Relative expressions are counted from the publication
    where it is known closely enough, or from a date of the same passage; no other day is ever assumed.
    """
    published = _published(publications)
    read = sorted(expressions.to_pylist(), key=lambda row: (*_passage(row), _start(row)))
    rows = [row for _, passage in groupby(read, _passage) for row in _resolved(list(passage), published)]
    return DATES.rows(sorted(rows, key=lambda row: (row["article_id"], row["raw_start"], row["raw_end"])))


def _published(publications: pa.Table) -> dict[str, Published]:
    columns = (publications[name].to_pylist() for name in ("article_id", "earliest", "latest", "basis"))
    rows: Iterator[tuple[str, date | None, date | None, str]] = zip(*columns, strict=True)
    return {
        article_id: Published(earliest or date.min, latest or date.max, is_inferred=basis == "inferred")
        for article_id, earliest, latest, basis in rows
        if basis != "unknown"
    }


def _passage(row: _Row) -> tuple[str, int]:
    return row["article_id"], row["passage"]


def _start(row: _Row) -> int:
    """Return where an expression stands in its passage, but for a shift common to all of them."""
    start: int | None = row["text_start"]
    return row["raw_start"] if start is None else start


def _resolved(passage: list[_Row], published: Mapping[str, Published]) -> Iterator[_Row]:
    founds = [_found(row) for row in passage]
    resolved = resolve_all(founds, published.get(passage[0]["article_id"]))
    for row, (_, date_row) in zip(passage, resolved, strict=True):
        yield row | date_row._asdict() | {"run_id": None}


def _found(row: _Row) -> Found:
    start = _start(row)
    length = row["raw_end"] - row["raw_start"]
    return Found(start, start + length, form_from_json(row["form"]), row["rule"], row["clause_direction"])
