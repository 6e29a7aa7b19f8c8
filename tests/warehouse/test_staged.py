"""A run's rows can be questioned, and partly kept out, before they are anybody's truth."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.small_world import small_world
from tests.warehouse.storing import awkward_rows
from warehouse.schema import (
    ARTICLES,
    BLOCKS,
    CHECKS,
    CLUSTERS,
    DATES,
    DOCUMENTS,
    DUPLICATES,
    ENTITIES,
    MENTIONS,
    QUOTES,
    REPLACED,
    RUNS,
    TABLES,
    Table,
)
from warehouse.staged import keep_out, merged, open_staged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STARTED = dt.datetime(2026, 3, 2, 6, tzinfo=dt.UTC)
HANGING = {"publications", "clusters", "dates", "mentions", "quotes", "duplicates", "changes", "fingerprints"}
"""Tables whose rows have no place without their article."""

Connection = duckdb.DuckDBPyConnection
Paths = dict[str, list["Path"]]


def staged_files(folder: Path, rows: dict[str, list[dict[str, Any]]], batches: int = 2) -> Paths:
    """Write rows as a run does: a folder a table, several batches, no run id yet."""
    paths: Paths = {}
    for table in TABLES:
        found = rows.get(table.name, [])
        for batch in range(batches if found else 0):
            path = folder / table.name / f"{batch}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            part = [row if table.name == "runs" else row | {"run_id": None} for row in found[batch::batches]]
            pq.write_table(pa.Table.from_pylist(part, schema=nullable(table)), path)
            paths.setdefault(table.name, []).append(path)
    return paths


def nullable(table: Table) -> pa.Schema:
    """Return the schema as staged: `run_id` may still be null."""
    return pa.schema([field.with_nullable(nullable=True) for field in table.arrow])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Connection]:
    """Show the small world as the rows of a run, over a warehouse with nothing in it."""
    with open_staged(staged_files(tmp_path / "staging", small_world()), {}, STARTED, tmp_path) as connection:
        yield connection


def articles_in(connection: Connection, table: str, column: str = "article_id") -> set[str]:
    """Return the articles a staged table speaks of."""
    return {name for (name,) in connection.execute(f"SELECT DISTINCT {column} FROM run.{table}").fetchall()}


def counts(connection: Connection, schema: str) -> dict[str, int]:
    """Count the rows of every table."""
    return {
        table.name: connection.execute(f"SELECT count(*) FROM {schema}.{table.name}").fetchall()[0][0]
        for table in TABLES
    }


def test_all_rows_of_a_run_show(world: Connection) -> None:
    """Every batch of every table, and empty tables where there are no files."""
    rows = small_world()

    assert counts(world, "run") == {table.name: len(rows.get(table.name, [])) for table in TABLES}
    assert counts(world, "warehouse") == counts(world, "run")


def test_the_clock_is_the_start_of_the_run(world: Connection) -> None:
    """Checks that need a now take this one, so that they say the same any day."""
    assert world.execute("SELECT started_at::VARCHAR FROM run.clock").fetchall() == [("2026-03-02 06:00:00+00",)]


def test_what_is_kept_out_is_gone_from_the_run_and_handed_back(world: Connection) -> None:
    """By key; the row goes to quarantine whole."""
    key = world.execute("SELECT article_id, raw_start, raw_end FROM run.dates WHERE surface = '9 March'").fetchall()[0]

    rows = keep_out(world, DATES, [key])

    assert list(rows) == [key]
    assert rows[key]["surface"] == "9 March"
    assert rows[key]["date_start"] == dt.date(2026, 3, 9)
    assert world.execute("SELECT count(*) FROM run.dates WHERE surface = '9 March'").fetchall() == [(0,)]
    assert counts(world, "run")["dates"] == len(small_world()["dates"]) - 1


def test_with_an_article_all_that_hangs_on_it_is_kept_out(world: Connection) -> None:
    """No date, mention, quote or edge of an article that is not there; its document and lines stay."""
    before = counts(world, "run")

    rows = keep_out(world, ARTICLES, [("wire",)])

    assert list(rows) == [("wire",)]
    assert "wire" not in articles_in(world, "articles")
    for table in HANGING:
        assert "wire" not in articles_in(world, table), table
    assert "wire" not in articles_in(world, "duplicates", "other_article_id")
    assert "wire" not in articles_in(world, "clusters", "cluster_id")
    after = counts(world, "run")
    assert {name for name in before if after[name] != before[name]} == (HANGING | {"articles"}) - {"fingerprints"}
    assert {"wire"} <= articles_in(world, "documents") & articles_in(world, "blocks")


def test_rows_of_other_articles_stay(world: Connection) -> None:
    """What does not hang on the article is untouched."""
    tables = ("articles", "dates", "mentions", "quotes", "clusters")
    others = {table: articles_in(world, table) - {"bridge"} for table in tables}

    keep_out(world, ARTICLES, [("bridge",)])

    assert {table: articles_in(world, table) for table in others} == others


def test_keeping_out_twice_hands_back_once(world: Connection) -> None:
    """A row that breaks two checks is quarantined by the first; the same key twice is one row."""
    assert list(keep_out(world, ARTICLES, [("wire",), ("wire",)])) == [("wire",)]
    assert keep_out(world, ARTICLES, [("wire",)]) == {}
    assert keep_out(world, MENTIONS, []) == {}
    assert counts(world, "run")["articles"] == 6


def test_keys_that_no_row_has_keep_nothing_out(world: Connection) -> None:
    """A key with hostile characters is a value, never SQL."""
    before = counts(world, "run")

    assert keep_out(world, ARTICLES, [("'; DROP TABLE run.articles; --",), ("",)]) == {}

    assert counts(world, "run") == before


@pytest.mark.parametrize("table", [table for table in TABLES if table != RUNS], ids=lambda table: table.name)
def test_merged_rows_are_in_key_order_with_the_run_in_every_row(tmp_path: Path, table: Table) -> None:
    """Whatever batch a row came in, the file of the run is the same."""
    rows = awkward_rows(table)
    files = {n: staged_files(tmp_path / str(n), {table.name: rows[::-1]}, batches=n) for n in (1, 3)}

    found = {}
    for batches, paths in files.items():
        with open_staged(paths, {}, STARTED, tmp_path) as connection:
            found[batches] = pa.Table.from_batches(merged(connection, table, "it's run 7"), table.arrow)

    expected = [row | {"run_id": "it's run 7"} for row in rows]
    order = [(name, "ascending") for name in table.key]
    assert found[1].equals(found[3])
    assert found[1].equals(table.rows(expected).sort_by(order))


def test_merged_takes_a_query_in_the_place_of_the_table(world: Connection) -> None:
    """For the commit that writes less than all."""
    rows = pa.Table.from_batches(merged(world, ARTICLES, "x", "FROM run.articles WHERE outlet = 'Harbour Post'"))

    assert rows["article_id"].to_pylist() == ["bridge", "market", "post"]
    assert rows.schema.equals(ARTICLES.arrow)


def test_merged_without_rows_is_empty(tmp_path: Path) -> None:
    """A run that found nothing has nothing to write."""
    with open_staged({}, {}, STARTED, tmp_path) as connection:
        assert sum(batch.num_rows for batch in merged(connection, QUOTES, "x")) == 0


def test_the_warehouse_is_what_is_live_with_the_run(tmp_path: Path) -> None:
    """Growing tables hold both; replaced ones only what the run puts in their place."""
    live = staged_files(tmp_path / "live", small_world(), batches=1)
    fresh: dict[str, list[dict[str, Any]]] = {
        "articles": [{"article_id": "new", "text": "x"}],
        "entities": [{"entity_id": "e", "name": "E", "type": "GPE"}],
        "clusters": [
            {
                "article_id": "new",
                "cluster_id": "new",
                "story_id": "new",
                "is_canonical": True,
                "canonical_rule": "only",
            }
        ],
    }
    staged = staged_files(tmp_path / "staged", fresh, batches=1)

    with open_staged(staged, live, STARTED, tmp_path) as connection:
        shown = counts(connection, "warehouse")
        run = counts(connection, "run")

    world = small_world()
    assert run == {table.name: len(fresh.get(table.name, [])) for table in TABLES}
    assert shown["articles"] == len(world["articles"]) + 1
    assert shown["dates"] == len(world["dates"])
    assert (shown["entities"], shown["clusters"]) == (1, 1)
    assert shown["entity_map"] == len(world["entity_map"])  # nothing staged in its place


def test_replaced_tables_are_those_of_identity() -> None:
    """Only what a later run may see otherwise is ever taken back."""
    assert {CLUSTERS, ENTITIES} <= set(REPLACED)
    assert not {DOCUMENTS, ARTICLES, BLOCKS, DUPLICATES, MENTIONS, QUOTES, CHECKS} & set(REPLACED)
