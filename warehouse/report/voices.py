"""Sections on entities and quotes: who is written about, who is quoted, and in which words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warehouse.report import charts
from warehouse.report.grid import Column, Row, Section, grid, rows, view_rows
from warehouse.report.periods import Day, Scale, scale
from warehouse.report.text import first, titled

if TYPE_CHECKING:
    import duckdb
    from markupsafe import Markup

ENTITY_COLUMNS = {
    "named": Column("Entity", "name"),
    "story_count": Column("Stories", "number"),
    "article_count": Column("Printings", "number"),
    "mention_count": Column("Mentions", "number"),
    "spellings": Column("Written as", "list"),
    "chart": Column("Mentions over time", "chart"),
}

SPELLINGS = """
SELECT entity_id, spelling, mention_count FROM entity_spellings
WHERE list_contains($ids, entity_id)
ORDER BY entity_id, mention_count DESC, spelling
"""

DAYS = """
SELECT entity_id, day, sum(mention_count)::BIGINT AS mentions FROM entity_timeline
WHERE list_contains($ids, entity_id) AND day IS NOT NULL
GROUP BY entity_id, day ORDER BY entity_id, day
"""

SHARED_COLUMNS = {
    "speakers": Column("Speaker", "name"),
    "wordings": Column("Wordings side by side", "prose"),
    "outlets": Column("Printed by", "list"),
    "article_count": Column("Articles", "number"),
    "wording_count": Column("Wordings", "number"),
}

SAID_COLUMNS = {
    "speaker": Column("Speaker", "name"),
    "quote_count": Column("Quotes", "number"),
    "article_count": Column("Articles", "number"),
    "words": Column("For example", "prose"),
    "source": Column("From", "name"),
}

SAID = """
SELECT
    speaker,
    count(DISTINCT quote_group_id) AS quote_count,
    count(DISTINCT article_id) AS article_count,
    arg_max(words, rank) AS words,
    arg_max(cue, rank) AS cue,
    arg_max(outlet, rank) AS outlet,
    arg_max(day, rank) AS day
FROM (
    SELECT *, row_number() OVER (
        ORDER BY kind = 'full', coalesce(confidence, 0), least(length(words), 160), article_id DESC, raw_start DESC
    ) AS rank
    FROM who_said_what WHERE speaker IS NOT NULL
)
GROUP BY speaker, speaker_entity_id
ORDER BY quote_count DESC, article_count DESC, speaker
"""

WORDINGS = 5
"""Spellings or wordings of one thing that are shown."""


def entities(connection: duckdb.DuckDBPyConnection) -> Section:
    """Name the most written about, with their spellings and a timeline each."""
    found, total = view_rows(connection, "top_entities", 15)
    ids = [row["entity_id"] for row in found]
    days = rows(connection, DAYS, ids=ids)
    span = scale((row["day"] for row in days), 40)
    spellings, strips = _spellings(connection, ids), _strips(days, span) if span else {}
    laid = [
        row
        | {
            "named": titled(row["name"], row["type"], *filter(None, [row["country"]])),
            "spellings": spellings[row["entity_id"]],
            "chart": strips.get(row["entity_id"]),
        }
        for row in found
    ]
    heading = {"chart": Column(f"Mentions {span.words}", "chart")} if span else {}
    return Section(
        "entities",
        "Most written about",
        "Ordered by stories, so that reprints do not make anybody bigger. The stronger a cell, the more mentions; "
        "all rows share one scale.",
        (grid("Entities", ENTITY_COLUMNS | heading, laid, total, "No entity is mentioned."),),
    )


def _spellings(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, list[str]]:
    """List each entity's commonest spellings with their counts, and how many more there are."""
    found = defaultdict(list)
    for row in rows(connection, SPELLINGS, ids=ids):
        found[row["entity_id"]].append(f"{row['spelling']} ({row['mention_count']:,})")
    return defaultdict(list, {entity_id: first(names, WORDINGS) for entity_id, names in found.items()})


def _strips(found: list[Row], span: Scale) -> dict[str, Markup]:
    """Draw each entity's row of one timeline grid: the same periods and shades for all."""
    days: dict[str, list[tuple[Day, int]]] = defaultdict(list)
    for row in found:
        days[row["entity_id"]].append((row["day"], row["mentions"]))
    sums = {entity_id: span.gathered(pairs) for entity_id, pairs in days.items()}
    most = max(max(counts) for counts in sums.values())
    return {
        entity_id: charts.strip(counts, most, f"Mentions {span.words}; at most {max(counts):,}")
        for entity_id, counts in sums.items()
    }


def shared_quotes(connection: duckdb.DuckDBPyConnection) -> Section:
    """Show the quotes that several articles print, with their wordings side by side."""
    found, total = view_rows(connection, "shared_quotes", 12)
    laid = [
        row | {"wordings": first(row["wordings"], WORDINGS), "outlets": first(row["outlets"] or [], WORDINGS)}
        for row in found
    ]
    return Section(
        "shared-quotes",
        "Quotes in several articles",
        "One row is one utterance. Where there is more than one wording, somebody has changed the words.",
        (grid("Shared quotes", SHARED_COLUMNS, laid, total, "No quote stands in more than one article."),),
    )


def said(connection: duckdb.DuckDBPyConnection) -> Section:
    """Name the most quoted speakers, each with one quotation."""
    found = rows(connection, SAID)
    laid = [row | {"source": _source(row)} for row in found[:15]]
    return Section(
        "said",
        "Who said what",
        "The most quoted speakers, each with the quotation whose attribution is surest. A quote printed by many counts "
        "once.",
        (grid("Speakers", SAID_COLUMNS, laid, len(found), "No quote is attributed."),),
    )


def _source(row: Row) -> object:
    parts = [value for value in (row["outlet"], row["day"]) if value is not None]
    return titled(*parts) if parts else None
