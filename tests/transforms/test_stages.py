"""What holds of every stage, present and future."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from flows.ingest import article_id, read_records, record_uri
from flows.inputs import find_files
from flows.model import ModelTagger
from tests.conftest import SAMPLES
from transforms.stage import Input, Stage
from transforms.stages import STAGES
from warehouse import schema
from warehouse.schema import Table

Made = dict[Table, pa.Table]

ROW_WISE = [stage for stage in STAGES if stage.phase in ("clean", "fingerprint", "extract")]
GLOBAL = [stage for stage in STAGES if stage.phase in ("compare", "link")]
LIMIT = 1_000_000


def named(stage: Stage) -> str:
    """Name a stage in a test's id."""
    return stage.writes.name


def record_rows() -> Iterator[dict[str, Any]]:
    """Yield the samples' records as the ingest does: of records with one id, the first."""
    taken = set()
    for file in find_files([str(SAMPLES)]).files:
        for record in read_records(file, LIMIT):
            key = article_id(file.uri, record)
            if key in taken:
                continue
            taken.add(key)
            yield {
                "article_id": key,
                "uri": record_uri(file.uri, record),
                "record_number": record.number,
                "media_type": record.media_type,
                "content": record.content,
                "given": record.given,
                "reason": record.reason,
            }


@pytest.fixture(scope="module")
def options(model_name: str) -> dict[str, Any]:
    """Return what stages take beside tables."""
    return {"tagger": ModelTagger(model_name), "max_characters": LIMIT, "clean": "lines", "aliases": ()}


@pytest.fixture(scope="module")
def made(options: dict[str, Any]) -> Made:
    """Return every table of one run over the samples."""
    tables: Made = {schema.RECORDS: schema.RECORDS.rows(list(record_rows()))}
    for stage in STAGES:
        tables[stage.writes] = run(stage, [given(read, tables) for read in stage.reads], options)
    return tables


def given(read: Input, tables: Made) -> pa.Table:
    """Return what a first run gives a stage to read: nothing is known before it."""
    return read.empty() if read.known else tables[read.table].select(list(read.columns))


def run(stage: Stage, inputs: list[pa.Table], options: dict[str, Any]) -> pa.Table:
    """Run one stage with the options it names."""
    return stage.run(*inputs, **{name: options[name] for name in stage.options})


def shuffled(table: pa.Table, seed: int = 7) -> pa.Table:
    """Return the rows of a table in another order."""
    order = list(range(table.num_rows))
    random.Random(seed).shuffle(order)  # noqa: S311
    return table.take(pa.array(order, pa.int64()))


def split(inputs: list[pa.Table]) -> list[list[pa.Table]]:
    """Return the inputs in two batches, each with all rows of its articles."""
    ids = sorted({article for table in inputs for article in table["article_id"].to_pylist()})
    halves = (set(ids[::2]), set(ids[1::2]))
    return [
        [table.filter(pa.array([i in half for i in table["article_id"].to_pylist()], pa.bool_())) for table in inputs]
        for half in halves
    ]


def as_set(table: pa.Table) -> list[str]:
    """Return rows without their order."""
    return sorted(map(repr, table.to_pylist()))


@pytest.mark.parametrize("stage", STAGES, ids=named)
class TestEveryStage:
    """The contract of a stage."""

    def test_is_named_as_its_table(self, stage: Stage) -> None:
        """Who knows the table knows the function."""
        assert stage.run.__name__ == stage.writes.name

    def test_pickles(self, stage: Stage) -> None:
        """Worker processes get it by name."""
        assert pickle.loads(pickle.dumps(stage.run)) is stage.run  # noqa: S301

    def test_nothing_in_nothing_out(self, stage: Stage, options: dict[str, Any]) -> None:
        """Without rows the declared schema is kept, metadata and all."""
        found = run(stage, [read.empty() for read in stage.reads], options)
        assert found.equals(stage.writes.empty(), check_metadata=True)

    def test_rows_are_of_the_declared_schema(self, stage: Stage, made: Made) -> None:
        """Types agree and no column that must not be null is."""
        table = made[stage.writes]
        assert table.num_rows > 0
        assert table.schema.equals(stage.writes.arrow, check_metadata=True)
        assert [
            column.name for column in stage.writes.columns if not column.nullable and table[column.name].null_count
        ] == []

    def test_keys_are_unique(self, stage: Stage, made: Made) -> None:
        """The declared key tells rows apart."""
        rows = made[stage.writes].select(list(stage.writes.key)).to_pylist()
        assert len({tuple(row.values()) for row in rows}) == len(rows)

    def test_inputs_are_left_alone(self, stage: Stage, made: Made, options: dict[str, Any]) -> None:
        """A stage reads its inputs, and twice gives the same."""
        inputs = [given(read, made) for read in stage.reads]
        before = [table.to_pylist() for table in inputs]
        assert run(stage, inputs, options).equals(made[stage.writes])
        assert [table.to_pylist() for table in inputs] == before


@pytest.mark.parametrize("stage", ROW_WISE, ids=named)
def test_row_wise_stages_know_no_other_article(stage: Stage, made: Made, options: dict[str, Any]) -> None:
    """Batches and their order change nothing but the order of articles."""
    inputs = [given(read, made) for read in stage.reads]
    halves = pa.concat_tables([run(stage, half, options) for half in split(inputs)])
    assert as_set(halves) == as_set(made[stage.writes])
    articles = {stage.reads[0].table, schema.ARTICLES, schema.DOCUMENTS, schema.RECORDS}
    mixed = [
        shuffled(table) if read.table in articles else table for read, table in zip(stage.reads, inputs, strict=True)
    ]
    assert as_set(run(stage, mixed, options)) == as_set(made[stage.writes])


@pytest.mark.parametrize("stage", GLOBAL, ids=named)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_is_no_input(stage: Stage, seed: int, made: Made, options: dict[str, Any]) -> None:
    """Stages over all articles do not depend on which came first in a table."""
    inputs = [shuffled(given(read, made), seed) for read in stage.reads]
    assert run(stage, inputs, options).equals(made[stage.writes])


@pytest.mark.parametrize("stage", GLOBAL, ids=named)
def test_the_order_of_known_rows_is_no_input(stage: Stage, made: Made, options: dict[str, Any]) -> None:
    """Nor on how the files of earlier runs are ordered."""
    new, known = split_by_run(stage, made)
    plain = run(stage, interleave(stage, new, known), options)
    mixed = run(stage, [shuffled(table) for table in interleave(stage, new, known)], options)
    assert mixed.equals(plain)


def split_by_run(stage: Stage, made: Made) -> tuple[Made, Made]:
    """Return the tables a stage reads as of this run and as of those before it: half of the articles each."""
    ids = sorted(made[schema.ARTICLES]["article_id"].to_pylist())
    new_ids = set(ids[::2])
    new, known = {}, {}
    for read in stage.reads:
        table = made[read.table]
        column = table["article_id"].to_pylist() if "article_id" in table.column_names else [None] * table.num_rows
        keep = [i in new_ids or i is None for i in column]
        new[read.table] = table.filter(pa.array(keep, pa.bool_()))
        known[read.table] = table.filter(pa.array([not k for k in keep], pa.bool_()))
    return new, known


def interleave(stage: Stage, new: Made, known: Made) -> list[pa.Table]:
    """Return the inputs of a stage in their order."""
    return [(known if read.known else new)[read.table].select(list(read.columns)) for read in stage.reads]
