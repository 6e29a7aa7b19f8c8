"""The section on duplicates: which articles are copies, versions or parts of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.report import charts
from warehouse.report.grid import Column, Row, Section, grid, rows
from warehouse.report.text import titled

if TYPE_CHECKING:
    import duckdb

KIND_COLUMNS = {
    "relation": Column("Relation", "word"),
    "meaning": Column("Which means"),
    "pair_count": Column("Pairs", "number"),
    "article_count": Column("Articles", "number"),
    "across_outlets_count": Column("Across outlets", "number"),
    "alike": Column("Jaccard", "word"),
    "chart": Column("Share of pairs", "chart"),
}

PAIR_COLUMNS = {
    "relation": Column("Relation", "word"),
    "one": Column("Article"),
    "two": Column("Other article"),
    "containment": Column("In other", "share"),
    "other_containment": Column("Other in it", "share"),
    "facts_missing_share": Column("Facts missing", "share"),
}

PAIRS = """
SELECT * FROM duplicate_pairs
QUALIFY row_number() OVER (
    PARTITION BY relation ORDER BY jaccard DESC NULLS LAST, article_id, other_article_id
) <= 6
ORDER BY relation, jaccard DESC NULLS LAST, article_id, other_article_id
"""

MEANINGS = {
    "exact": "the same words in the same order",
    "copy": "the same text with small edits",
    "version": "a later state of the same story",
    "contains": "one text holds the whole other",
    "shared_passage": "a passage in common",
}


def duplicates(connection: duckdb.DuckDBPyConnection) -> Section:
    """Count duplicates by kind, and show the pairs of each kind with headlines and outlets."""
    kinds = rows(connection, "SELECT * FROM duplicate_kinds ORDER BY pair_count DESC, relation")
    total = sum(row["pair_count"] for row in kinds)
    pairs = rows(connection, PAIRS)
    nothing = "No two articles share a text."
    return Section(
        "duplicates",
        "Duplicates",
        "Pairs are typed and verified; nothing is deleted. Share figures count four-word passages.",
        (
            grid("Kinds", KIND_COLUMNS, [_kind(row, total) for row in kinds], len(kinds), nothing),
            grid("Pairs, the first six of each kind", PAIR_COLUMNS, [_pair(row) for row in pairs], total, nothing),
        ),
    )


def _kind(row: Row, total: int) -> Row:
    low, high = row["lowest_jaccard"], row["highest_jaccard"]
    return row | {
        "meaning": MEANINGS.get(row["relation"]),
        "alike": None if low is None else f"{100 * low:.0f}\u2013{100 * high:.0f} %",
        "chart": charts.bar(row["pair_count"], total, f"{row['pair_count']:,} of {total:,}"),
    }


def _pair(row: Row) -> Row:
    """Name each side by headline, outlet and day."""
    return row | {
        "one": _side(row["headline"], row["outlet"], row["day"], row["article_id"]),
        "two": _side(row["other_headline"], row["other_outlet"], row["other_day"], row["other_article_id"]),
    }


def _side(headline: str | None, outlet: str | None, day: object, article_id: str) -> object:
    return titled(headline or article_id, *(value for value in (outlet, day) if value is not None))
