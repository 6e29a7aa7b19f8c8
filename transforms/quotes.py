"""Stage: quotations of the same words over articles and runs, in groups."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from transforms.quoting.wording import Groups, fold
from warehouse import schema


def quotes(quotations: pa.Table, known_quotes: pa.Table) -> pa.Table:
    """Return `quotations` with their group, in order of article and place.

    Wordings of `known_quotes` (rows of earlier runs) keep their group; new ones join one or found their own.
    """
    groups = Groups()
    for known in _in_order(known_quotes.select(["article_id", "raw_start", "raw_end", "surface", "quote_group_id"])):
        groups.know(fold(known["surface"]), known["quote_group_id"])
    rows = [(row, fold(row["surface"])) for row in _in_order(quotations)]
    group_of = groups.place({folded for _, folded in rows})
    return schema.QUOTES.rows([{**row, "quote_group_id": group_of[folded], "run_id": None} for row, folded in rows])


def _in_order(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: (row["article_id"], row["raw_start"], row["raw_end"]))
