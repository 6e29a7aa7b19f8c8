"""Stage: quotations of the same words over articles and runs, in groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from transforms.quoting.changes import changes
from transforms.quoting.wording import Groups, fold, group_id
from warehouse import schema


def quotes(quotations: pa.Table, known_quotes: pa.Table) -> pa.Table:
    """Return `quotations` with their group, in order of article and place.

    Wordings of `known_quotes` (rows of earlier runs) keep their group; new ones join one or found their own.
    """
    groups = Groups()
    known = _in_order(known_quotes.select(["article_id", "raw_start", "raw_end", "surface", "quote_group_id"]))
    for row in known:
        groups.know(fold(row["surface"]), row["quote_group_id"])
    rows = [(row, fold(row["surface"])) for row in _in_order(quotations)]
    group_of = groups.place({folded for _, folded in rows})
    found = [{**row, "quote_group_id": group_of[folded], "run_id": None} for row, folded in rows]
    first = _first_wordings(known + found)
    return schema.QUOTES.rows(
        [{**row, "changes": changes(first[row["quote_group_id"]], row["surface"])} for row in found]
    )


def _first_wordings(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the wording that founded each group, or the first of the group where that one is not there."""
    first: dict[str, str] = {}
    founded: set[str] = set()
    for row in rows:
        group = row["quote_group_id"]
        if group not in founded and group_id(fold(row["surface"])) == group:
            founded.add(group)
            first[group] = row["surface"]
        first.setdefault(group, row["surface"])
    return first


def _in_order(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: (row["article_id"], row["raw_start"], row["raw_end"]))
