"""`dateline forget`: take articles and all that hangs on them out of every table, in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from flows.aliases import stage_aliases
from flows.run import Run, clear_staged, live_files
from flows.settings import Settings
from flows.steps import options
from flows.without import OF_SOURCE, hangs_on, kept, left_of, redated
from transforms.stage import Input
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

_OF_SOURCE = f"""
    SELECT d.article_id FROM documents d LEFT JOIN articles a USING (article_id) WHERE {OF_SOURCE} ORDER BY article_id
"""
_GIVEN = "SELECT article_id FROM documents WHERE list_contains($1, article_id) ORDER BY article_id"
_IS_NAMED = "SELECT 1 FROM gone f WHERE contains(payload, f.article_id) OR contains(row_key, f.article_id)"

_IS_SAMPLE = """
sample_keys IS NOT NULL AND (
    table_name IN ('entities', 'entity_map') OR EXISTS (SELECT 1 FROM gone f WHERE contains(sample_keys, f.article_id))
)
"""
"""Whether a verdict names rows of theirs; keys of entities are names out of texts, whosever they are."""


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
        clear_staged(home)
        run.staging.mkdir(parents=True)
        try:
            stage_aliases(run)
            remade = _remade(run, pa.array(gone, pa.string()))
            with spilling(run.staging) as connection:
                connection.register("gone", pa.table({"article_id": pa.array(gone, pa.string())}))
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
        return kept(read, live[read.table.name], gone)

    for stage in STAGES:
        if stage.writes in schema.REPLACED:
            made[stage.writes] = stage.run(*map(rows, stage.reads), **options(run, stage))
    return made | redated(run, gone)


def _changes(
    run: Run,
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    live: dict[str, list[LiveFile]],
    remade: dict[Table, pa.Table],
) -> Iterator[Change]:
    """Write the files that hold rows of the forgotten anew without them, and what was made anew."""
    connection.register("fresh", remade.get(table, table.empty()))
    if table in schema.REPLACED:
        retired, staying = live[table.name], "FROM fresh"
    else:
        condition = _hangs_on_them(table)
        retired, staying = left_of(connection, table, live[table.name], condition)
        if table == schema.CHECKS:
            staying += f" UNION ALL {_without_keys(retired)}"
    if retired:
        rows = merged(connection, table, run.run_id, staying)
        file = new_file(run.home, table, run.run_id, rows)
        taken = tuple(catalog.stored_path(run.home, old) for old in retired)
        yield Change(table, file, retired=taken)


def _hangs_on_them(table: Table) -> str:
    if table == schema.CHECKS:
        return _IS_SAMPLE
    conditions = [hangs_on(table), f"EXISTS ({_IS_NAMED})" if table == schema.QUARANTINE else ""]
    return " OR ".join(condition for condition in conditions if condition)


def _without_keys(files: Sequence[LiveFile]) -> str:
    """Return a query for verdicts that name them, without the keys: what was judged stays."""
    columns = (
        "NULL AS sample_keys" if column.name == "sample_keys" else column.name for column in schema.CHECKS.columns
    )
    return f"SELECT {', '.join(columns)} FROM {source(schema.CHECKS, files)} WHERE {_IS_SAMPLE}"
