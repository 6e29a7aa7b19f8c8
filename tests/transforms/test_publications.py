"""The stages that date articles, from texts to rows: whatever arrives when, the same evidence gives the same rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.publications import publications
from transforms.related import MOST, QUOTE_WORDS
from transforms.stage import Input
from transforms.stages import STAGES
from warehouse import schema
from warehouse.schema import Table

SKIPPED = ("mentions", "entities", "entity_map")
"""Stages that need a model, and what follows from them: no date depends on a name."""

FERRY = (
    "The ferry to the outer islands was taken out of service on Monday, the harbour office said.\n\n"
    "“We counted every berth in the old harbour twice, and there is not one left,” Astrid Dahl told reporters.\n\n"
    "Two older ships are to run in its place from Thursday, and the office asked islanders to book by telephone.\n\n"
    "The line was last closed for so long in March 2019, when ice broke the pier and the post came by air."
)
TEXTS = {
    "dated": FERRY,
    "same": FERRY,
    "same again": FERRY,
    "copy": FERRY.replace("the harbour office", "the port office"),
    "later copy": FERRY.replace("by telephone", "by letter"),
    "quoting": "Every town by the sea has its sentence.\n\n“We counted every berth in the old harbour twice, and there "
    "is not one left,” said Astrid Dahl last week, and the fishermen laughed.",
    "one part": "“We counted every berth in the old harbour twice,” Astrid Dahl said when the ferry was named.",
    "other part": "“And there is not one left for the winter, whoever asks us for it,” said the harbour master.",
    "whole": "“We counted every berth in the old harbour twice, and there is not one left for the winter, whoever asks "
    "us for it,” Astrid Dahl told the council in a speech about ships and money.",
    "apart": "The bakery in the lower town opened late on Wednesday because nobody could find the key to the shop.",
}
DAYS = {"dated": date(2026, 3, 4), "later copy": date(2026, 3, 6), "whole": date(2026, 3, 5)}
Tables = dict[Table, pa.Table]


def record(name: str) -> dict[str, Any]:
    """Make the record of an article; all come from one place, so that some are versions of others."""
    stated = {"published": DAYS[name].isoformat()} if name in DAYS else {}
    return {
        "article_id": name,
        "uri": "feed.jsonl",
        "record_number": None if "copy" in name else 1,
        "media_type": "text/plain",
        "content": TEXTS[name].encode(),
        "given": json.dumps(stated),
    }


def run(names: Sequence[str], before: Tables) -> Tables:
    """Run all stages over some articles on top of what earlier runs left; return what there is then."""
    made: Tables = {schema.RECORDS: schema.RECORDS.rows([record(name) for name in names])}
    options = {"max_characters": 10_000, "clean": "none"}
    for stage in STAGES:
        if stage.writes.name not in SKIPPED:
            inputs = [_read(made, read, before) for read in stage.reads]
            if stage.writes is schema.DATES:
                inputs[0] = pa.concat_tables([inputs[0], _older(made, before)])
            made[stage.writes] = stage.run(*inputs, **{name: options[name] for name in stage.options})
    return {table: _after(table, rows, before) for table, rows in made.items()}


def _read(made: Tables, read: Input, before: Tables) -> pa.Table:
    return (before if read.known else made).get(read.table, read.table.empty()).select(list(read.columns))


def _ids(table: pa.Table) -> set[str]:
    return set(table["article_id"].to_pylist())


def _of(table: pa.Table, article_ids: set[str]) -> pa.Table:
    return table.filter(pa.array([i in article_ids for i in table["article_id"].to_pylist()], pa.bool_()))


def _older(made: Tables, before: Tables) -> pa.Table:
    """Read back the expressions of older articles that are dated otherwise now."""
    revised = _ids(made[schema.PUBLICATIONS]) - _ids(made[schema.ARTICLES])
    rows = before.get(schema.DATES, schema.DATES.empty()).select(schema.EXPRESSIONS.arrow.names)
    return _of(rows, revised).cast(schema.EXPRESSIONS.arrow)


def _after(table: Table, rows: pa.Table, before: Tables) -> pa.Table:
    known = before.get(table, table.empty())
    if table in schema.REPLACED:
        return rows
    if table in schema.REVISED:
        known = _of(known, _ids(known) - _ids(rows))
    return pa.concat_tables([known, rows])


def arrive(*runs: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return publications and dates after runs over some articles each, in key order."""
    tables: Tables = {}
    for names in runs:
        tables = run(names, tables)
    return {
        table.name: tables[table].sort_by([(name, "ascending") for name in table.key]).to_pylist()
        for table in schema.REVISED
    }


ALL = arrive(tuple(TEXTS))


@given(st.permutations(list(TEXTS)), st.lists(st.integers(1, len(TEXTS) - 1), max_size=3, unique=True).map(sorted))
@settings(max_examples=25)
def test_neither_the_order_of_articles_nor_that_of_runs_matters(names: list[str], cuts: list[int]) -> None:
    """However articles are dealt out over runs, publications and dates end as after one run over all."""
    bounds = [0, *cuts, len(names)]
    assert arrive(*(names[start:end] for start, end in pairwise(bounds))) == ALL


def rules_of(name: str) -> set[tuple[str, str | None]]:
    """Return rule and other article of each clue of an article."""
    row = next(row for row in ALL["publications"] if row["article_id"] == name)
    return {(clue["rule"], clue.get("article_id")) for clue in json.loads(row["clues"] or row["evidence"])}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dated", {("stated", None)}),
        ("same", {("exact", "dated"), ("copy", "later copy"), ("shared_quote", "whole")}),
        ("same again", {("exact", "dated"), ("copy", "later copy"), ("shared_quote", "whole")}),
        ("copy", {("copy", "dated"), ("copy", "later copy"), ("shared_quote", "whole")}),
        ("quoting", {("shared_quote", other) for other in ("dated", "later copy", "whole")}),
        ("one part", {("shared_quote", other) for other in ("dated", "later copy", "whole")}),
        ("other part", {("shared_quote", "whole")}),
        ("apart", set()),
    ],
)
def test_articles_with_a_stated_day_date_their_relatives(name: str, expected: set[tuple[str, str | None]]) -> None:
    """Each once, by the surest relation; undated ones date nobody."""
    assert {clue for clue in rules_of(name) if clue[1] or clue[0] == "stated"} == expected


def test_dates_of_a_stated_day_stand_apart() -> None:
    """What is counted from an inferred day says so; only a stated day is a publication date."""
    anchors = {(row["article_id"], row["anchor"]) for row in ALL["dates"]}
    basis = {row["article_id"]: row["basis"] for row in ALL["publications"]}
    assert {name for name, anchor in anchors if anchor == "publication"} == set(DAYS)
    assert {basis[name] for name, anchor in anchors if anchor == "inferred"} == {"inferred"}
    assert {basis[name] for name in DAYS} == {"explicit"}


def test_a_much_quoted_sentence_is_heard_a_few_times() -> None:
    """The number of relatives that are heard is bounded, and the choice does not hang on their order."""
    words = " ".join(f"word{number}" for number in range(QUOTE_WORDS))
    names = [f"{number:03d}" for number in range(3 * MOST)]
    quotes = schema.QUOTES.rows([
        {"article_id": name, "surface": f"“{words}”"} for name in (*names, "zzz")
    ])  # fmt: skip
    stated = [{"article_id": name, "published_on": date(2026, 3, 4), "published_source": "given"} for name in names]
    articles = schema.ARTICLES.rows([*reversed(stated), {"article_id": "zzz"}])
    stage = next(stage for stage in STAGES if stage.run is publications)
    tables = {schema.ARTICLES: articles, schema.QUOTES: quotes}
    rows = publications(*(_read(tables, read, {}) for read in stage.reads)).to_pylist()
    heard = [clue["article_id"] for clue in json.loads(rows[-1]["clues"])]
    assert heard == names[:MOST]
