"""The stage `publications`: when each article was published, as an interval with its basis and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any

import pyarrow as pa

from transforms.dating import Clue, clues_from_json, clues_to_json, infer, neighbour_clue
from transforms.related import RELATIONS, Neighbourhood, read_relations, touched
from warehouse import schema

_Row = dict[str, Any]


def publications(  # noqa: PLR0913, PLR0917 - each table once of this run and once of those before
    articles: pa.Table,
    clues: pa.Table,
    known_publications: pa.Table,
    fingerprints: pa.Table,
    known_fingerprints: pa.Table,
    duplicates: pa.Table,
    known_duplicates: pa.Table,
    quotes: pa.Table,
    known_quotes: pa.Table,
) -> pa.Table:
    """State or infer when each article was published.

    In: articles of this run, the clues of their own words, publications of earlier runs, and what relates articles of
    both. Out: rows of schema.PUBLICATIONS by article_id: one for each article of this run, and one for each older
    article without a stated day to which this run brings other evidence. A stated day is explicit and stands. All
    others are inferred from clues of the article's own words and from the stated days of its relatives, never from
    inferred ones: so neither the order of articles nor that of runs makes a difference.
    """
    relations = read_relations(
        pa.concat_tables([fingerprints, known_fingerprints]),
        pa.concat_tables([duplicates, known_duplicates]),
        pa.concat_tables([quotes, known_quotes]),
    )
    new, known = articles.to_pylist(), known_publications.to_pylist()
    undated = {row["article_id"]: row for row in known if row["basis"] != "explicit"}
    older = touched(relations, articles["article_id"].to_pylist(), undated)
    asked = {row["article_id"] for row in new if not row["published_on"]}.union(older)
    near = Neighbourhood(relations, _stated_days(new, known), asked)
    rows = [*_rows(new, clues, near), *_revised([undated[i] for i in older], near)]
    rows.sort(key=itemgetter("article_id"))
    return schema.PUBLICATIONS.rows(rows)


def _stated_days(new: Iterable[_Row], known: Iterable[_Row]) -> dict[str, date]:
    days = {row["article_id"]: row["published_on"] for row in new if row["published_on"]}
    return days | {row["article_id"]: row["best"] for row in known if row["basis"] == "explicit"}


def _rows(articles: Iterable[_Row], clues: pa.Table, near: Neighbourhood) -> Iterator[_Row]:
    own = dict(zip(clues["article_id"].to_pylist(), clues["clues"].to_pylist(), strict=True))
    for article in articles:
        article_id = article["article_id"]
        if article["published_on"]:
            yield _explicit(article)
        else:
            yield _inferred(article_id, clues_from_json(own.get(article_id, "[]")), near)


def _explicit(article: _Row) -> _Row:
    day: date = article["published_on"]
    clue = Clue("stated", article["published_raw_start"], article["published_raw_end"], day, day)
    return {
        "article_id": article["article_id"],
        "earliest": day,
        "latest": day,
        "best": day,
        "weekday": day.strftime("%A"),
        "basis": "explicit",
        "confidence": 1.0,
        "reason": article["published_source"],
        "evidence": clues_to_json([clue]),
        "clues": None,
    }


def _inferred(article_id: str, own: list[Clue], near: Neighbourhood) -> _Row:
    others = [neighbour_clue(RELATIONS[one.rank], one.article_id, one.day) for one in near.dated(article_id)]
    clues = [*own, *others]
    found = infer(clues)
    is_known = found.earliest or found.latest or found.weekday
    return {
        "article_id": article_id,
        "earliest": found.earliest,
        "latest": found.latest,
        "best": found.best,
        "weekday": found.weekday,
        "basis": "inferred" if is_known else "unknown",
        "confidence": found.confidence if is_known else None,
        "reason": found.reason,
        "evidence": clues_to_json(found.clues),
        "clues": clues_to_json(clues),
    }


def _revised(known: Iterable[_Row], near: Neighbourhood) -> Iterator[_Row]:
    """Infer older articles anew and yield the rows that are not as they were."""
    for row in known:
        own = [clue for clue in clues_from_json(row["clues"]) if clue.article_id is None]
        fresh = _inferred(row["article_id"], own, near)
        if any(row[name] != value for name, value in fresh.items()):
            yield fresh
