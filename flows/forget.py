"""`dateline forget`: take articles and all that hangs on them out of every table, in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows.aliases import stage_aliases
from flows.run import Run, live_files, read_files
from flows.settings import Settings
from flows.steps import options
from transforms.dating import clues_from_json, clues_to_json
from transforms.stage import Input, Stage, known
from transforms.stages import STAGES
from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.commit import Change, commit, new_file
from warehouse.database import open_warehouse, refresh, source
from warehouse.errors import InputError
from warehouse.home import Home
from warehouse.lock import maintained
from warehouse.schema import Table
from warehouse.staged import merged, spilling

_OF_SOURCE = """
    SELECT d.article_id FROM documents d LEFT JOIN articles a USING (article_id)
    WHERE a.outlet = $1 OR (try_cast(d.given AS JSON) ->> '$.source') = $1
        OR d.uri = $1 OR starts_with(d.uri, $1 || '/') OR starts_with(d.uri, $1 || '#')
    ORDER BY article_id
"""
_GIVEN = "SELECT article_id FROM documents WHERE list_contains($1, article_id) ORDER BY article_id"
_IS_NAMED = "SELECT 1 FROM forgotten f WHERE contains(payload, f.article_id) OR contains(row_key, f.article_id)"


class Forgotten(NamedTuple):
    """What was forgotten: articles (or rejected documents), the rows of all tables that went, and the new snapshot."""

    articles: int
    rows: int
    snapshot: int


def forget(home: Home, settings: Settings, article_ids: Sequence[str], source_name: str | None) -> Forgotten:
    """Forget articles by id, or all of a source: its outlet, its given source, or the file or folder it came from.

    Entities, clusters and inferred dates of the others are made anew without them. Raises InputError where there is no
    such article, and HomeBusyError while a run is under way.
    """
    with maintained(home):
        run = Run.start(home, settings, ())
        gone = _found(home, article_ids, source_name)
        run.staging.mkdir(parents=True)
        try:
            stage_aliases(run)
            remade = _remade(run, pa.array(gone, pa.string()))
            with spilling(run.staging) as connection:
                connection.register("forgotten", pa.table({"article_id": pa.array(gone, pa.string())}))
                live = live_files(home)
                changes = [
                    change for table in schema.TABLES for change in _changes(run, connection, table, live, remade)
                ]
            message = f"forgot {len(gone)} articles"
            snapshot = commit(home, run.run_id, changes, message, forgotten=gone)
        finally:
            shutil.rmtree(run.staging)
        refresh(home)
    return Forgotten(len(gone), _row_count(live) - _row_count(live_files(home)), snapshot)


def _row_count(live: dict[str, list[LiveFile]]) -> int:
    return sum(file.record_count for files in live.values() for file in files)


def _found(home: Home, article_ids: Sequence[str], source_name: str | None) -> list[str]:
    with open_warehouse(home) as opened:
        query, value = (_GIVEN, list(article_ids)) if source_name is None else (_OF_SOURCE, source_name)
        found = [article_id for (article_id,) in opened.connection.execute(query, [value]).fetchall()]
    if missing := sorted(set(article_ids) - set(found)):
        raise InputError(f"no article {', '.join(missing)}: nothing was forgotten; see the table documents")
    if not found:
        raise InputError(
            f"no article of {source_name!r}: give an outlet, a source given with the records, or the file or folder "
            "they were read from (documents.uri)"
        )
    return found


def _remade(run: Run, gone: pa.Array) -> dict[Table, pa.Table]:
    """Make anew, without some articles, what is said of several articles at once."""
    made: dict[Table, pa.Table] = {}
    live = live_files(run.home)

    def rows(read: Input) -> pa.Table:
        if not read.known:
            return made[read.table].select(list(read.columns)) if read.table in made else read.empty()
        return _kept(read, live[read.table.name], gone)

    for stage in STAGES:
        if stage.writes in schema.REPLACED:
            made[stage.writes] = stage.run(*map(rows, stage.reads), **options(run, stage))
    made[schema.PUBLICATIONS] = _dated_anew(run, gone)
    expressions = rows(known(schema.DATES, *schema.EXPRESSIONS.arrow.names))
    dated = pc.is_in(expressions["article_id"], made[schema.PUBLICATIONS]["article_id"])
    made[schema.EXPRESSIONS] = expressions.filter(dated).cast(schema.EXPRESSIONS.arrow)
    stage = _stage(schema.DATES)
    made[schema.DATES] = stage.run(*map(rows, stage.reads))
    return made


def _kept(read: Input, files: Sequence[LiveFile], gone: pa.Array) -> pa.Table:
    """Read columns of the rows that hang on none of some articles."""
    naming = _naming(read.table)
    rows = read_files(read.table, files, list(dict.fromkeys([*read.columns, *naming])))
    for name in naming:
        rows = rows.filter(pc.invert(pc.is_in(rows[name], gone)))
    return rows.select(list(read.columns))


def _naming(table: Table) -> list[str]:
    """Return the columns that name an article a row hangs on."""
    return [name for name in ("article_id", "other_article_id") if name in table.arrow.names]


def _stage(table: Table) -> Stage:
    return next(stage for stage in STAGES if stage.writes == table)


def _dated_anew(run: Run, gone: pa.Array) -> pa.Table:
    """Infer the dates of all articles without a stated day, as if they were new, and return the rows that differ."""
    live = live_files(run.home)
    stored = _kept(known(schema.PUBLICATIONS), live["publications"], gone)
    undated = stored.filter(pc.not_equal(stored["basis"], "explicit"))
    ids = undated["article_id"]

    def rows(read: Input) -> pa.Table:
        if read.table == schema.CLUES:
            return schema.CLUES.of_columns({"article_id": ids.to_pylist(), "clues": list(map(_own, undated["clues"]))})
        found = _kept(read, live[read.table.name], gone)
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


def _changes(
    run: Run,
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    live: dict[str, list[LiveFile]],
    remade: dict[Table, pa.Table],
) -> Iterator[Change]:
    """Write the files that hold rows of the forgotten anew without them, and what was made anew."""
    fresh = remade.get(table, table.empty())
    connection.register("fresh", fresh)
    names = ", ".join(column.name for column in table.columns)
    if table in schema.REPLACED:
        retired, staying = live[table.name], "FROM fresh"
    else:
        condition = _hangs_on_them(table)
        retired = [file for file in live[table.name] if condition and _holds(connection, table, file, condition)]
        staying = f"SELECT {names} FROM {source(table, retired)} WHERE NOT coalesce({condition or 'false'}, false)"
        staying += f" UNION ALL SELECT {names} FROM fresh"
    if retired:
        rows = merged(connection, table, run.run_id, staying)
        file = new_file(run.home, table, run.run_id, rows)
        taken = tuple(catalog.stored_path(run.home, old) for old in retired)
        yield Change(table, file, retired=taken)


def _hangs_on_them(table: Table) -> str:
    """Return the SQL condition of rows that go; empty for tables that say nothing of single articles."""
    columns = _naming(table)
    conditions = [f"{name} IN (SELECT article_id FROM forgotten)" for name in columns]
    if table == schema.QUARANTINE:
        conditions.append(f"EXISTS ({_IS_NAMED})")
    if table in schema.REVISED:
        conditions.append("article_id IN (SELECT article_id FROM fresh)")
    return " OR ".join(conditions)


def _holds(connection: duckdb.DuckDBPyConnection, table: Table, file: LiveFile, condition: str) -> bool:
    query = f"SELECT 1 FROM {source(table, [file])} WHERE {condition} LIMIT 1"
    return connection.execute(query).fetchone() is not None
