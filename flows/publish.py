"""The last steps of a run: the gate, the commit, the report."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import secrets
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows.inputs import storable
from flows.model import describe_model
from flows.run import Run, live_files
from flows.steps import compare, link, resolve_batch, to_resolve
from warehouse import schema
from warehouse.commit import Change, commit
from warehouse.database import open_warehouse, refresh
from warehouse.errors import DatelineError
from warehouse.home import Home
from warehouse.parquet import sync_folder, write_file
from warehouse.revision import revise, revised
from warehouse.schema import Table
from warehouse.staged import keep_out, merged, open_staged

if TYPE_CHECKING:
    from expectations.rules import Suite

_KEPT_OUT = "kept_out.json"
_REJECTED = "SELECT uri, reason FROM run.documents WHERE status = 'rejected' ORDER BY uri LIMIT 5"
_PACKAGES = (
    "dateline",
    "duckdb",
    "great-expectations",
    "numpy",
    "pandas",
    "prefect",
    "pyarrow",
    "spacy",
    "trafilatura",
)
_FOUND = tuple(table for table in schema.TABLES if table not in (schema.CHECKS, schema.QUARANTINE, schema.RUNS))


class Outcome(NamedTuple):
    """How a run ended: its status, snapshot and counts, what kept it from committing, the first rejected records."""

    status: str
    snapshot: int
    counts: dict[str, int]
    blocked_by: list[str]
    rejected: list[str]


def check(run: Run) -> list[str]:
    """Judge the run's rows; stage verdicts and quarantine; return what blocks the commit, in words.

    Rows that break a `warning` rule are kept out by their key; the commit writes the rest.
    """
    from expectations.suites import SUITES

    _stage_originals(run)
    return _judge(run, SUITES)


def leave_out(run: Run) -> list[str]:
    """Do without the articles kept out: compare and link the others anew, and judge what came of it.

    Nothing committed hangs on an article in quarantine. Returns what blocks the commit, in words.
    """
    from expectations.suites import SUITES

    kept_out = pa.array([article_id for (article_id,) in _kept_out(run).get("articles", [])], pa.string())
    if not len(kept_out):
        return []
    for table in _OF_ARTICLES:
        for path in run.staged(table):
            rows = run.read(table, batch=path.stem)
            run.write(table, rows.filter(pc.invert(pc.is_in(rows["article_id"], kept_out))), path.stem)
    compare(run)
    link(run)
    for batch in to_resolve(run):
        resolve_batch(run, batch)
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
    schema.CLUSTERS,
    schema.QUOTES,
    schema.ENTITY_MAP,
    schema.ENTITIES,
    schema.PUBLICATIONS,
    schema.DATES,
)
"""Tables whose rows say something of several articles, or follow from what does."""


def _judge(run: Run, suites: Sequence[Suite]) -> list[str]:
    """Stage the verdicts of suites, in the place of earlier ones, and what they keep out; return what blocks."""
    from expectations.gate import validate

    kept_out: dict[str, list[tuple[object, ...]]] = {}
    quarantined: list[dict[str, object]] = []
    with _open(run) as connection:
        verdicts = list(validate(connection, suites))
        for verdict in verdicts:
            if verdict.rule.severity != "info" and verdict.bad_keys:
                table = verdict.suite.table
                rows = keep_out(connection, table, verdict.bad_keys)
                kept_out.setdefault(table.name, []).extend(rows)
                quarantined += (_quarantine_row(table, verdict.rule.name, row) for row in rows.values())
    judged = {suite.table.name for suite in suites}
    _write_down(run, schema.CHECKS, [verdict.row() for verdict in verdicts], judged)
    _write_down(run, schema.QUARANTINE, quarantined, judged)
    _write_json(
        run.staging / _KEPT_OUT,
        {
            **{name: keys for name, keys in _kept_out(run).items() if name not in judged},
            **kept_out,
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
    """Take the bytes of each record over into `originals`, batch by batch."""
    if run.settings.keep_originals:
        for path in run.staged(schema.RECORDS):
            records = run.read(schema.RECORDS, ("article_id", "content"), path.stem)
            kept = records.filter(records["content"].is_valid())
            rows = kept.append_column("run_id", pa.nulls(kept.num_rows, pa.string()))
            run.write(schema.ORIGINALS, rows.cast(schema.ORIGINALS.arrow), path.stem)


def _quarantine_row(table: Table, check_name: str, row: Mapping[str, object]) -> dict[str, object]:
    key = {name: row[name] for name in table.key}
    return {
        "table_name": table.name,
        "article_id": row.get("article_id"),
        "check_name": check_name,
        "row_key": json.dumps(key, default=str),
        "payload": json.dumps(row, default=str),
        "reason": f"does not hold for {', '.join(f'{name} {value}' for name, value in key.items())}: {check_name}"
        + ("; its dates, names and quotes are left out with it" if table == schema.ARTICLES else ""),
    }


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


def publish(run: Run, counts: Mapping[str, int], blocked_by: list[str]) -> Outcome:
    """Commit a run in one transaction: its rows, or only its verdicts when it is blocked; and the run itself.

    The catalog decides: before its commit nothing is visible, after it everything is.
    """
    is_new = bool(run.staged(schema.RECORDS))
    status = "blocked" if blocked_by else "committed" if is_new else "unchanged"
    tables = [*(_FOUND if status == "committed" else ()), schema.CHECKS, schema.QUARANTINE]
    with _open(run) as connection:
        for name, keys in _kept_out(run).items():
            keep_out(connection, next(table for table in schema.TABLES if table.name == name), keys)
        rejected = [f"{uri}: {reason}" for uri, reason in connection.execute(_REJECTED).fetchall()]
        rows = {table.name: _count(connection, table) for table in tables}
        totals = (
            dict(counts)
            | {"quarantined": rows["quarantine"], "blocking_checks": len(blocked_by)}
            | {f"{name}_rows": count for name, count in rows.items() if name in {table.name for table in _FOUND}}
        )
        _stage_run(run, status, totals, is_checked=is_new)
        changes = [_change(run, connection, table) for table in tables if rows[table.name]]
    runs = write_file(_path(run, schema.RUNS), schema.RUNS, run.read(schema.RUNS).to_batches())
    sync_folder(run.home.data)
    message = f"{status}: {totals.get('records', 0)} records from {', '.join(map(storable, run.inputs))}"
    snapshot = commit(run.home, run.run_id, [*changes, Change(schema.RUNS, runs)], message)
    refresh(run.home)
    shutil.rmtree(run.staging, ignore_errors=True)
    return Outcome(status, snapshot, totals, blocked_by, rejected)


def _kept_out(run: Run) -> dict[str, list[tuple[object, ...]]]:
    path = run.staging / _KEPT_OUT
    loaded = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: [tuple(key) for key in keys] for name, keys in loaded.items()}


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    return int(connection.execute(f"SELECT count(*) FROM run.{table.name}").fetchall()[0][0])


def _path(run: Run, table: Table) -> Path:
    """Return a new name at each call: a step that is tried again must not touch what it may have committed."""
    return run.home.data / table.name / f"{run.run_id}-{secrets.token_hex(2)}.parquet"


def _change(run: Run, connection: duckdb.DuckDBPyConnection, table: Table) -> Change:
    """Write the run's rows of a table, with them what stays of the live files they take the place of."""
    if table not in schema.REVISED:
        file = write_file(_path(run, table), table, merged(connection, table, run.run_id))
        return Change(table, file, table in schema.REPLACED)
    revision = revise(connection, table, live_files(run.home).get(table.name, []), "run.revised")
    file = write_file(_path(run, table), table, revised(connection, table, run.run_id, revision))
    return Change(
        table, file, retired=tuple(str(path.relative_to(run.home.data / table.name)) for path in revision.retired)
    )


def _stage_run(run: Run, status: str, counts: Mapping[str, int], *, is_checked: bool) -> None:
    row: dict[str, object] = {
        "run_id": run.run_id,
        "started_at": run.started_at,
        "finished_at": datetime.now(UTC),
        "status": status,
        "inputs": [storable(given) for given in run.inputs],
        "counts": json.dumps(dict(counts), sort_keys=True),
        "versions": json.dumps(_versions(run), sort_keys=True),
        "settings": json.dumps(asdict(run.settings), sort_keys=True),
    }
    if is_checked:
        require_sound(schema.RUNS, [row])
    run.write(schema.RUNS, schema.RUNS.rows([row]))


def _versions(run: Run) -> dict[str, object]:
    packages: dict[str, object] = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return packages | {"python": platform.python_version(), "model": describe_model(run.settings.model)}


def _open(run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    run.staging.mkdir(parents=True, exist_ok=True)
    staged = {table.name: run.staged(table) for table in schema.TABLES}
    return open_staged(staged, live_files(run.home), run.started_at, run.staging)


def write_report(run: Run) -> Path:
    """Render the report at the end of a run and return its path."""
    return render_report(run.home)


def render_report(home: Home, path: Path | None = None) -> Path:
    """Render the report of the warehouse as it now is, to `path` or the home's `reports/report.html`."""
    from warehouse.report import render

    with open_warehouse(home) as opened:
        html = render(opened.connection, opened.snapshot)
    path = path or home.reports / "report.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    fresh.write_text(html, "utf-8")
    fresh.replace(path)
    return path
