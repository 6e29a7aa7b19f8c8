"""Texts in print: what the tests of duplicates and clusters share."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pyarrow as pa

from transforms.clusters import clusters
from transforms.duplicates import duplicates
from transforms.fingerprints import fingerprints
from warehouse import schema

SENTENCES = tuple(
    f"{line}."
    for line in (
        "The ferry Solvind ran aground off the northern harbour wall of Ostrand on Tuesday evening with 214 on board",
        "Passengers told of a long grinding noise and then of darkness as lamps on the car deck went out one by one",
        "The owner, Fjordline, said that the ship was stable and that no fuel had reached the water of the bay",
        "Four lifeboats and two helicopters brought everybody ashore by one in the morning, wrapped in blankets",
        "Captain Torben Aasen stayed on board with six of his crew to close the watertight doors by hand",
        "The safety bureau in Bergen has sent four inspectors, who hope to lift the voyage recorder this week",
        "Two sister ships were told to remain in port until their steering gear had been looked at by engineers",
        "Islanders without a ferry will be served by fishing boats until Sunday, the county said in a short notice",
    )
)
STORY = " ".join(SENTENCES)
OTHER = (
    "Lisbon will pay its cafés for the evening they spent in the dark, the mayor Duarte Lemos told the council. "
    "Each of the 900 owners may ask for up to 120 euros without a receipt, and for more with one. "
    "The grid company has promised to pay the money back to the city before the summer, though not in writing. "
    "A baker called Rosa Quintela said she would rather have had the light, since bread does not rise on promises."
)


class Print(NamedTuple):
    """One article as printed."""

    article_id: str
    text: str
    day: int | None = None
    uri: str | None = None
    record_number: int | None = None
    given: str = "{}"
    hour: int | None = None


class Tables(NamedTuple):
    """What the compare stages read of some prints."""

    fingerprints: pa.Table
    articles: pa.Table
    documents: pa.Table


def tables(prints: list[Print]) -> Tables:
    """Make the tables the compare stages read."""
    first = date(2026, 3, 1)
    articles = schema.ARTICLES.rows(
        [
            {
                "article_id": one.article_id,
                "text": one.text,
                "word_count": len(one.text.split()),
                "published_on": None if one.day is None else first + timedelta(one.day),
                "published_at": None if one.hour is None else datetime(2026, 3, 1, one.hour, tzinfo=UTC),
            }
            for one in prints
        ]
    )
    as_given = schema.BLOCKS.rows(
        [{"article_id": one.article_id, "rule": "given_clean", "role": "body"} for one in prints]
    )
    return Tables(
        fingerprints(articles, as_given),
        articles,
        schema.DOCUMENTS.rows(
            [
                {
                    "article_id": one.article_id,
                    "uri": one.uri or one.article_id,
                    "record_number": one.record_number,
                    "given": one.given,
                    "media_type": "text/plain",
                    "status": "accepted",
                }
                for one in prints
            ]
        ),
    )


def edges(new: list[Print], known: list[Print] | None = None) -> pa.Table:
    """Relate new prints to each other and to known ones."""
    ours, theirs = tables(new), tables(known or [])
    return duplicates(
        ours.fingerprints, theirs.fingerprints, ours.articles, theirs.articles, ours.documents, theirs.documents
    )


def relations(new: list[Print], known: list[Print] | None = None) -> set[tuple[str, str, str]]:
    """Return the edges as (article, other, relation)."""
    return {(row["article_id"], row["other_article_id"], row["relation"]) for row in edges(new, known).to_pylist()}


def places(
    new: list[Print],
    known: list[Print] | None = None,
    known_edges: pa.Table | None = None,
    known_clusters: pa.Table | None = None,
) -> pa.Table:
    """Place prints in clusters."""
    known_edges = schema.DUPLICATES.empty() if known_edges is None else known_edges
    known_clusters = schema.CLUSTERS.empty() if known_clusters is None else known_clusters
    return clusters(tables(new).articles, tables(known or []).articles, edges(new, known), known_edges, known_clusters)


def given_id(value: object) -> str:
    """Write the metadata of a record that has an id of its own."""
    return json.dumps({"id": value})
