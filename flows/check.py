"""The gate of a run: judge its rows, keep out what must not be committed, and do without it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows.run import Run, known_files
from flows.steps import compare, link, resolve_batch, to_resolve
from warehouse import schema
from warehouse.errors import DatelineError
from warehouse.schema import Table
from warehouse.staged import keep_out, open_staged

if TYPE_CHECKING:
    from expectations.rules import Suite

_KEPT_OUT = "kept_out.json"


def check(run: Run) -> list[str]:
    """Judge the run's rows; stage verdicts and quarantine; return what blocks the commit, in words.

    Rows that break a `warning` rule are kept out by their key; the commit writes the rest.
    """
    from expectations.suites import SUITES

    _stage_originals(run)
    _stage_measures(run)
    return _judge(run, SUITES)


def leave_out(run: Run) -> list[str]:
    """Do without the articles kept out: compare and link the others anew, and judge what came of it.

    Nothing committed hangs on an article in quarantine. Returns what blocks the commit, in words.
    """
    from expectations.suites import SUITES

    articles = pa.array([article_id for (article_id,) in kept_out(run).get("articles", [])], pa.string())
    if not len(articles):
        return []
    for table in _OF_ARTICLES:
        for path in run.staged(table):
            rows = run.read(table, batch=path.stem)
            run.write(table, rows.filter(pc.invert(pc.is_in(rows["article_id"], articles))), path.stem)
    compare(run)
    link(run)
    for batch in to_resolve(run):
        resolve_batch(run, batch)
    _stage_measures(run)
    return _judge(run, [suite for suite in SUITES if suite.table in _OVER_ARTICLES])


_OF_ARTICLES = (
    schema.ARTICLES,
    schema.FINGERPRINTS,
    schema.EXPRESSIONS,
    schema.CLUES,
    schema.MENTIONS,
    schema.QUOTATIONS,
)
"""Tables that the stages over all articles read."""
_OVER_ARTICLES = (
    schema.DUPLICATES,
    schema.CHANGES,
    schema.CLUSTERS,
    schema.QUOTES,
    schema.ENTITY_MAP,
    schema.ENTITIES,
    schema.PUBLICATIONS,
    schema.DATES,
    schema.MEASURES,
)
"""Tables whose rows say something of several articles, or follow from what does."""


def _judge(run: Run, suites: Sequence[Suite]) -> list[str]:
    """Stage the verdicts of suites, in the place of earlier ones, and what they keep out; return what blocks."""
    from expectations.gate import validate

    out: dict[str, list[tuple[object, ...]]] = {}
    quarantined: list[dict[str, object]] = []
    with open_run(run) as connection:
        verdicts = list(validate(connection, suites))
        for verdict in verdicts:
            if verdict.rule.severity != "info" and verdict.bad_keys:
                table = verdict.suite.table
                rows = keep_out(connection, table, verdict.bad_keys)
                out.setdefault(table.name, []).extend(rows)
                quarantined += (_quarantine_row(table, verdict.rule.name, row) for row in rows.values())
    judged = {suite.table.name for suite in suites}
    _write_down(run, schema.CHECKS, [verdict.row() for verdict in verdicts], judged)
    _write_down(run, schema.QUARANTINE, quarantined, judged)
    _write_json(
        run.staging / _KEPT_OUT,
        {
            **{name: keys for name, keys in kept_out(run).items() if name not in judged},
            **out,
        },
    )
    return [_in_words(verdict) for verdict in verdicts if verdict.blocks]


def _write_down(run: Run, table: Table, rows: Sequence[Mapping[str, object]], judged: Collection[str]) -> None:
    """Stage what a run says of the tables `judged`, held to its suite; what it said of others stays."""
    batch = "gate"
    is_staged = any(path.stem == batch for path in run.staged(table))
    before = run.read(table, batch=batch).to_pylist() if is_staged else []
    others = [row for row in before if row["table_name"] not in judged]
    written = [{**row, "run_id": run.run_id} for row in (*others, *rows)]
    require_sound(table, written)
    run.write(table, table.rows(written), batch)


def require_sound(table: Table, rows: list[dict[str, object]]) -> None:
    """Raise BookkeepingError where rows of checks, quarantine or runs break a rule of their suite."""
    from expectations.gate import validate_frame
    from expectations.suites import BOOKKEEPING

    suite = next(suite for suite in BOOKKEEPING if suite.table == table)
    frame = table.rows(rows).to_pandas()
    broken = [verdict.rule.name for verdict in validate_frame(frame, suite) if not verdict.success]
    if broken:
        raise BookkeepingError(
            f"{table.name}: {'; '.join(broken)}: does not hold for what this run says of itself; "
            "nothing was committed, and this is a fault of Dateline: please report it",
        )


class BookkeepingError(DatelineError):
    """What a run says of itself breaks the rules of its tables."""


def _in_words(verdict: Any) -> str:
    what = f"{verdict.suite.table.name}: {verdict.rule.name}"
    failed = f"the check failed: {verdict.error}" if verdict.error else f"{len(verdict.bad_keys)} rows do not"
    return f"{what}: {failed}"


def _stage_originals(run: Run) -> None:
    """Take the bytes of each document over into `originals`, batch by batch; those of the warehouse are there."""
    if run.settings.keep_originals and not run.again:
        for path in run.staged(schema.RECORDS):
            records = run.read(schema.RECORDS, ("article_id", "content"), path.stem)
            taken = run.read(schema.DOCUMENTS, ("article_id",), path.stem)["article_id"]
            kept = records.filter(pc.and_(records["content"].is_valid(), pc.is_in(records["article_id"], taken)))
            rows = kept.append_column("run_id", pa.nulls(kept.num_rows, pa.string()))
            run.write(schema.ORIGINALS, rows.cast(schema.ORIGINALS.arrow), path.stem)


def _stage_measures(run: Run) -> None:
    """Hold the run against those before it; a measure that is staged already is made anew.

    What a run finds anew in the warehouse is not what came in since the run before.
    """
    if run.again:
        return
    from expectations.measuring import measures

    for path in run.staged(schema.MEASURES):
        path.unlink()
    with open_run(run) as connection:
        rows = measures(connection)
    run.write(schema.MEASURES, rows)


def _quarantine_row(table: Table, check_name: str, row: Mapping[str, object]) -> dict[str, object]:
    key = {name: row[name] for name in table.key}
    return {
        "table_name": table.name,
        "article_id": row.get("article_id"),
        "check_name": check_name,
        "row_key": json.dumps(key, default=str),
        "payload": json.dumps(row, default=str),
        "reason": f"does not hold: {check_name}"
        + ("; its dates, names and quotes are left out with it" if table == schema.ARTICLES else ""),
    }


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


def kept_out(run: Run) -> dict[str, list[tuple[object, ...]]]:
    """Return the keys of the rows that the gate keeps out, by table."""
    path = run.staging / _KEPT_OUT
    loaded = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: [tuple(key) for key in keys] for name, keys in loaded.items()}


def open_run(run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """Show the run's rows, and the warehouse with them, as `warehouse.staged.open_staged` does."""
    run.staging.mkdir(parents=True, exist_ok=True)
    staged = {table.name: run.staged(table) for table in schema.TABLES}
    return open_staged(staged, known_files(run), run.started_at, run.staging)
