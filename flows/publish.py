"""The last steps of a run: the commit, the report."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from flows.aliases import aliases_digest
from flows.check import kept_out, open_run, require_sound
from flows.inputs import storable
from flows.model import describe_model
from flows.resume import PACKAGES
from flows.rules import rules
from flows.run import Run, known_files, live_files, read_files, retired_files
from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.commit import Change, commit, new_file
from warehouse.database import open_warehouse, refresh, source
from warehouse.errors import SettingsError
from warehouse.home import NOTE, Home
from warehouse.parquet import sync_folder
from warehouse.revision import Revision, revise, revised
from warehouse.schema import Table
from warehouse.staged import keep_out

_REJECTED = "SELECT uri, reason FROM run.documents WHERE status = 'rejected' ORDER BY uri LIMIT 5"
_FOUND = tuple(table for table in schema.TABLES if table not in (schema.CHECKS, schema.QUARANTINE, schema.RUNS))


class Outcome(NamedTuple):
    """How a run ended: its status, snapshot and counts, what kept it from committing, the first rejected records."""

    status: str
    snapshot: int
    counts: dict[str, int]
    blocked_by: list[str]
    rejected: list[str]


def publish(
    run: Run, counts: Mapping[str, int], blocked_by: list[str], steps: Sequence[Mapping[str, object]] = ()
) -> Outcome:
    """Commit a run in one transaction: its rows, or only its verdicts when it is blocked; and the run itself.

    `steps` are what the steps before took, as `flows.driver.TimedDriver` notes it.

    The catalog decides: before its commit nothing is visible, after it everything is.
    """
    is_new = bool(counts.get("accepted") or counts.get("rejected") or run.staged(schema.ENTITY_MAP))
    status = "blocked" if blocked_by else "committed" if is_new else "unchanged"
    quarantined = _leave_out_told(run, status)
    tables = [*(_FOUND if status == "committed" else ()), schema.CHECKS, schema.QUARANTINE]
    with open_run(run) as connection:
        for name, keys in kept_out(run).items():
            keep_out(connection, next(table for table in schema.TABLES if table.name == name), keys)
        rejected = [f"{uri}: {reason}" for uri, reason in connection.execute(_REJECTED).fetchall()]
        rows = {table.name: _count(connection, table) for table in tables}
        totals = (
            dict(counts)
            | {"quarantined": quarantined, "blocking_checks": len(blocked_by)}
            | {f"{name}_rows": count for name, count in rows.items() if name in {table.name for table in _FOUND}}
        )
        _stage_run(run, status, totals, steps, is_checked=is_new)
        changed = [table for table in tables if rows[table.name] or _is_rewritten(run, table, status)]
        changes = [_change(run, connection, table, status) for table in changed]
    runs = new_file(run.home, schema.RUNS, run.run_id, run.read(schema.RUNS).to_batches())
    sync_folder(run.home.data)
    message = f"{status}: {totals.get('records', 0)} records from {', '.join(map(storable, run.inputs))}"
    snapshot = commit(run.home, run.run_id, [*changes, Change(schema.RUNS, runs)], message)
    refresh(run.home)
    shutil.rmtree(run.home.staging, ignore_errors=True)
    return Outcome(status, snapshot, totals, blocked_by, rejected)


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    return int(connection.execute(f"SELECT count(*) FROM run.{table.name}").fetchall()[0][0])


def _leave_out_told(run: Run, status: str) -> int:
    """Take rows out of the run's quarantine that stand there already, and return how many it kept out in all.

    A blocked run is tried again, and finds the same bad rows.
    """
    before = (live_files(run.home) if status == "blocked" else known_files(run)).get(schema.QUARANTINE.name, [])
    if not run.staged(schema.QUARANTINE):
        return 0
    told = set(_rows_of(read_files(schema.QUARANTINE, before, _BAD_ROW)))
    count = 0
    for path in run.staged(schema.QUARANTINE):
        rows = run.read(schema.QUARANTINE, batch=path.stem)
        is_new = [row not in told for row in _rows_of(rows.select(_BAD_ROW))]
        run.write(schema.QUARANTINE, rows.filter(pa.array(is_new, pa.bool_())), path.stem)
        count += len(is_new)
    return count


def _rows_of(table: pa.Table) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


_BAD_ROW = ["table_name", "row_key", "check_name", "payload"]
"""What tells one row of quarantine from another, whichever run kept it out."""


def _is_rewritten(run: Run, table: Table, status: str) -> bool:
    """Whether a run over the warehouse takes former rows of a table out, whatever it found."""
    return status == "committed" and (table.name in retired_files(run) or bool(run.again and table in schema.REPLACED))


def _change(run: Run, connection: duckdb.DuckDBPyConnection, table: Table, status: str) -> Change:
    """Write the run's rows of a table, with them what stays of the live files they take the place of."""
    retired = retired_files(run).get(table.name, []) if status == "committed" else []
    staying = [run.staying(table)] if retired else []
    if table in schema.REVISED:
        revision = revise(connection, table, known_files(run).get(table.name, []), "run.revised", staying)
    else:
        revision = Revision(tuple(staying), f"FROM {source(table, staying)}")
    file = new_file(run.home, table, run.run_id, revised(connection, table, run.run_id, revision))
    others = [catalog.stored_path(run.home, file) for file in revision.retired if isinstance(file, LiveFile)]
    return Change(table, file, table in schema.REPLACED, (*retired, *others))


def note(run: Run) -> None:
    """Write down what `runs` is to say of the run, should it be killed."""
    run.note.parent.mkdir(parents=True, exist_ok=True)
    _replace(run.note, json.dumps(_row(run, "crashed", {}, ()), default=str))


def _stage_run(
    run: Run,
    status: str,
    counts: Mapping[str, int],
    steps: Sequence[Mapping[str, object]],
    *,
    is_checked: bool,
) -> None:
    rows = [*_crashed(run), _row(run, status, counts, steps)]
    if is_checked:
        require_sound(schema.RUNS, rows)
    run.write(schema.RUNS, schema.RUNS.rows(rows))


def _row(run: Run, status: str, counts: Mapping[str, int], steps: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {
        "run_id": run.run_id,
        "started_at": run.started_at,
        "finished_at": datetime.now(UTC),
        "status": status,
        "inputs": [storable(given) for given in run.inputs],
        "counts": json.dumps(dict(counts), sort_keys=True),
        "versions": json.dumps(_versions(run), sort_keys=True),
        "settings": json.dumps(run.settings.recorded, sort_keys=True),
        "steps": json.dumps(list(steps)),
    }


def _crashed(run: Run) -> list[dict[str, object]]:
    """Return a row for each run before that ended without a commit, by the note it left."""
    notes = [path for path in sorted(run.home.staging.glob(f"*/{NOTE}")) if path != run.note]
    if not notes:
        return []
    committed = set(read_files(schema.RUNS, live_files(run.home).get("runs", []), ("run_id",))["run_id"].to_pylist())
    found = [_noted(path) for path in notes if path.parent.name not in committed]
    return [row for row in found if row]


def _noted(path: Path) -> dict[str, object]:
    """Return the row of a note, none of half a note; the run ended, as far as is known, when it last wrote."""
    try:
        row: dict[str, object] = json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}
    last = max(file.stat().st_mtime for file in path.parent.rglob("*"))
    started_at = datetime.fromisoformat(str(row["started_at"]))
    return row | {"started_at": started_at, "finished_at": max(started_at, datetime.fromtimestamp(last, UTC))}


def _versions(run: Run) -> dict[str, object]:
    packages: dict[str, object] = {name: importlib.metadata.version(name) for name in PACKAGES}
    return packages | {
        "python": platform.python_version(),
        "model": describe_model(run.settings.model),
        "aliases": aliases_digest(run),
        "rules": rules(run),
    }


def write_report(run: Run, status: str) -> Path:
    """Render the report at the end of a run and return its path; where nothing changed, the last one stays."""
    page = run.home.reports / "report.html"
    return page if status == "unchanged" and page.exists() else render_report(run.home)


def render_report(home: Home, path: Path | None = None) -> Path:
    """Render the report of the warehouse as it now is: a page, and as data beside it; return the page's path.

    The page goes to `path` or the home's `reports/report.html`. Raises SettingsError where `path` is a name for data.
    """
    from warehouse.report import quality_data, render

    path = path or home.reports / "report.html"
    if path == data_beside(path):
        raise SettingsError(f"{path}: give the name of the page; the same as JSON goes to a file .json beside it")
    with open_warehouse(home) as opened:
        html = render(opened.connection, opened.snapshot)
        data = quality_data(opened.connection, opened.snapshot)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(data_beside(path), json.dumps(data, default=str, ensure_ascii=False, indent=1))
    _replace(path, html)
    return path


def data_beside(page: Path) -> Path:
    """Return where the report whose page is at `page` is as JSON."""
    return page.with_suffix(".json")


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
