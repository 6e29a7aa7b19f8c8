"""The warehouse without some articles: what stays of its files, and the dates that others drew from them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows.run import Run, live_files, read_files
from transforms.dating import clues_from_json, clues_to_json
from transforms.stage import Input, Stage, known
from transforms.stages import STAGES
from warehouse import schema
from warehouse.catalog import LiveFile
from warehouse.database import source
from warehouse.schema import Table

OF_SOURCE = """(a.outlet = $1 OR (try_cast(d.given AS JSON) ->> '$.source') = $1
        OR d.uri = $1 OR starts_with(d.uri, $1 || '/') OR starts_with(d.uri, $1 || '#'))"""
"""SQL for `$1 is the source of document d and article a`: its outlet, its given source, or the file or folder."""


def redated(run: Run, gone: pa.Array) -> dict[Table, pa.Table]:
    """Return the rows of publications and dates that are others without some articles, of those that stay."""
    made = {schema.PUBLICATIONS: _dated_anew(run, gone)}
    live = live_files(run.home)
    forms = known(schema.DATES, *schema.EXPRESSIONS.arrow.names)
    expressions = kept(forms, live[schema.DATES.name], gone)
    dated = pc.is_in(expressions["article_id"], made[schema.PUBLICATIONS]["article_id"])
    made[schema.EXPRESSIONS] = expressions.filter(dated).cast(schema.EXPRESSIONS.arrow)
    stage = _stage(schema.DATES)
    made[schema.DATES] = stage.run(*(made[read.table].select(list(read.columns)) for read in stage.reads))
    return made


def kept(read: Input, files: Sequence[LiveFile], gone: pa.Array) -> pa.Table:
    """Read columns of the rows that hang on none of some articles."""
    columns = naming(read.table)
    rows = read_files(read.table, files, list(dict.fromkeys([*read.columns, *columns])))
    for name in columns:
        rows = rows.filter(pc.invert(pc.is_in(rows[name], gone)))
    return rows.select(list(read.columns))


def naming(table: Table) -> list[str]:
    """Return the columns that name an article a row hangs on."""
    return [name for name in ("article_id", "other_article_id") if name in table.arrow.names]


def _stage(table: Table) -> Stage:
    return next(stage for stage in STAGES if stage.writes == table)


def _dated_anew(run: Run, gone: pa.Array) -> pa.Table:
    """Infer the dates of all articles without a stated day, as if they were new, and return the rows that differ."""
    live = live_files(run.home)
    stored = kept(known(schema.PUBLICATIONS), live["publications"], gone)
    undated = stored.filter(pc.not_equal(stored["basis"], "explicit"))
    ids = undated["article_id"]

    def rows(read: Input) -> pa.Table:
        if read.table == schema.CLUES:
            return schema.CLUES.of_columns({"article_id": ids.to_pylist(), "clues": list(map(_own, undated["clues"]))})
        found = kept(read, live[read.table.name], gone)
        is_undated = pc.is_in(found["article_id"], ids)
        return found.filter(pc.invert(is_undated) if read.known else is_undated)

    stage = _stage(schema.PUBLICATIONS)
    made = stage.run(*map(rows, stage.reads))
    before = {row["article_id"]: row | {"run_id": None} for row in undated.to_pylist()}
    differs = [row | {"run_id": None} != before.get(row["article_id"]) for row in made.to_pylist()]
    return made.filter(pa.array(differs, pa.bool_()))


def _own(clues: pa.StringScalar) -> str:
    """Return the clues that are an article's own: those of others are drawn anew from who is left."""
    return clues_to_json(clue for clue in clues_from_json(clues.as_py()) if clue.article_id is None)


def hangs_on(table: Table) -> str:
    """Return the SQL condition of rows that go with the articles in `gone`, or that `fresh` takes the place of."""
    conditions = [f"{name} IN (SELECT article_id FROM gone)" for name in naming(table)]
    if table in schema.REVISED:
        conditions.append("article_id IN (SELECT article_id FROM fresh)")
    return " OR ".join(conditions)


def left_of(
    connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[LiveFile], condition: str
) -> tuple[list[LiveFile], str]:
    """Return the files with rows of a condition, which may be empty, and a query for their other rows and `fresh`."""
    held = [file for file in files if condition and _holds(connection, table, file, condition)]
    names = ", ".join(column.name for column in table.columns)
    others = f"SELECT {names} FROM {source(table, held)} WHERE NOT coalesce({condition or 'false'}, false)"
    return held, f"{others} UNION ALL SELECT {names} FROM fresh"


def _holds(connection: duckdb.DuckDBPyConnection, table: Table, file: LiveFile, condition: str) -> bool:
    query = f"SELECT 1 FROM {source(table, [file])} WHERE {condition} LIMIT 1"
    return connection.execute(query).fetchone() is not None
