"""Sections on the pipeline itself: what ran, what the checks said, what was kept out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from warehouse.report.grid import MOST, Column, Grid, Row, Section, grid, rows, view_grid
from warehouse.report.text import first, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

RUN_COLUMNS = {
    "run_id": Column("Run", "code"),
    "status": Column("Status", "word"),
    "started_at": Column("Started", "word"),
    "seconds": Column("Seconds", "number"),
    "document_count": Column("Documents", "number"),
    "rejected_count": Column("Rejected", "number"),
    "check_count": Column("Checks", "number"),
    "failed_check_count": Column("Failed", "number"),
    "error_check_count": Column("Errors", "number"),
    "quarantined_count": Column("Quarantined", "number"),
}

CHECK_COLUMNS = {
    "verdict": Column("Verdict", "word"),
    "severity": Column("Severity", "word"),
    "table_name": Column("Table", "word"),
    "check_name": Column("What was expected", "name"),
    "unexpected_count": Column("Bad rows", "number"),
    "checked_count": Column("Of", "number"),
    "evidence": Column("Observed, and failing samples"),
}

TABLE_COLUMNS = {
    "table_name": Column("Table", "word"),
    "passed": Column("Passed", "number"),
    "failed": Column("Failed", "number"),
    "errors": Column("Errors", "number"),
    "checked": Column("Rows looked at", "number"),
}

VIOLATION_COLUMNS = {
    "table_name": Column("Table", "word"),
    "part": Column("Part", "word"),
    "problem": Column("Problem", "word"),
    "surface": Column("Claimed"),
    "found": Column("Found"),
    "article_id": Column("Article", "code"),
    "raw_start": Column("From", "number"),
    "raw_end": Column("To", "number"),
}

QUARANTINE_COLUMNS = {
    "row_count": Column("Rows", "number"),
    "table_name": Column("Table", "word"),
    "check_name": Column("Check", "name"),
    "reason": Column("Reason"),
    "sample_key": Column("One of them", "code"),
}

STEP_COLUMNS = {
    "step": Column("Step", "word"),
    "wall_seconds": Column("Seconds", "number"),
    "wall_share": Column("Share", "share"),
    "cpu_seconds": Column("CPU seconds", "number"),
    "call_count": Column("Batches", "number"),
}

REJECTION_COLUMNS = {
    "reason": Column("Reason"),
    "record_count": Column("Records", "number"),
    "sample_uri": Column("One of them", "name"),
}

REJECTED_COLUMNS = {
    "uri": Column("Document", "name"),
    "record_number": Column("Record", "number"),
    "reason": Column("Reason"),
    "media_type": Column("Type", "word"),
    "byte_count": Column("Bytes", "number"),
}

PARTS = ("counts", "versions", "settings")

LEAVES = 60
"""Values of one part that are shown."""

NEWEST_CHECKS = """
SELECT * FROM recent_checks
WHERE check_age = 1
ORDER BY verdict, severity, table_name, check_name
"""

SAMPLES = 3
"""Keys shown of the rows that break a check."""

NEWEST_STEPS = "SELECT * FROM run_steps WHERE run_age = 1"

NEWEST_REJECTIONS = "SELECT * FROM run_rejections WHERE run_id = (SELECT max(run_id) FROM run_rejections)"

BY_TABLE = """
SELECT
    table_name,
    count(*) FILTER (WHERE verdict = 'passed') AS passed,
    count(*) FILTER (WHERE verdict = 'failed') AS failed,
    count(*) FILTER (WHERE verdict = 'error') AS errors,
    max(checked_count) AS checked
FROM recent_checks
WHERE check_age = 1
GROUP BY table_name
ORDER BY failed + errors DESC, table_name
"""


def runs(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell what ran and when; for the newest run also what it read, wrote and ran on."""
    newest = rows(connection, "SELECT * FROM run_history ORDER BY run_number DESC LIMIT 1")
    steps = rows(connection, NEWEST_STEPS)
    return Section(
        "runs",
        "What ran",
        "A run that finds nothing new is recorded as unchanged and adds no rows.",
        (
            view_grid(
                connection,
                "run_history",
                "Runs, the newest first",
                RUN_COLUMNS,
                nothing="No run is recorded.",
                most=8,
            ),
            *(_facts(run) for run in newest),
            grid("The slowest steps of the newest run", STEP_COLUMNS, steps, len(steps), "No times are recorded."),
        ),
    )


def _facts(run: Row) -> Grid:
    """Lay out the inputs, counts, versions and settings of one run, a line each."""
    parts = {part: [f"{name}: {value}" for name, value in _flat(parsed(run[part]))] for part in PARTS}
    facts: list[tuple[object, ...]] = [("inputs", first(run["inputs"], LEAVES))]
    facts += [(part, first(pairs, LEAVES)) for part, pairs in parts.items()]
    return Grid("The newest run in detail", (Column("Part", "word"), Column("Values", "list")), facts, len(facts))


def parsed(text: str | None) -> object:
    """Read JSON; what is not JSON is shown as it stands."""
    try:
        return json.loads(text or "{}")
    except ValueError:
        return text


def _flat(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of nested JSON with their dotted names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    else:
        yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def checks(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell what the newest checks said: first what did not pass, with failing samples, then each table."""
    failing = [row for row in rows(connection, NEWEST_CHECKS) if row["verdict"] != "passed"]
    shown_rows = [row | {"evidence": _evidence(row)} for row in failing[:MOST]]
    tables = rows(connection, BY_TABLE)
    return Section(
        "checks",
        "Checks",
        "Failed means bad data was found. Error means the check itself could not be run, which says nothing "
        "about the data.",
        (
            grid("Checks that did not pass", CHECK_COLUMNS, shown_rows, len(failing), "Every check passed."),
            grid("The newest checks by table", TABLE_COLUMNS, tables[:MOST], len(tables), "No checks are recorded."),
            view_grid(
                connection,
                "provenance_violations",
                "Rows that do not match their raw text",
                VIOLATION_COLUMNS,
                nothing="Every row matches.",
            ),
        ),
    )


def _evidence(row: Row) -> Markup:
    """Show what a check observed, and up to three of the rows that broke it."""
    found = samples(row)[:SAMPLES]
    parts = [shown(row["details"])] if row["details"] or not found else []
    return Markup().join([*parts, shown([json.dumps(key) for key in found])] if found else parts)


def samples(check: Row) -> list[object]:
    """Return the keys that are kept of the rows that break a check."""
    found: list[object] = json.loads(check["sample_keys"] or "[]")
    return found


def kept_out(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell what is not in the tables, and why: quarantined rows and rejected documents."""
    rejections = rows(connection, NEWEST_REJECTIONS)
    return Section(
        "kept-out",
        "Kept out",
        "Nothing vanishes: a bad row waits in quarantine whole, a rejected document keeps its reason.",
        (
            view_grid(
                connection,
                "quarantine_reasons",
                "Rows in quarantine, by reason",
                QUARANTINE_COLUMNS,
                nothing="Nothing is in quarantine.",
            ),
            grid(
                "Records the newest run that rejected any did not take, by reason",
                REJECTION_COLUMNS,
                rejections[:MOST],
                len(rejections),
                "No record was rejected.",
            ),
            view_grid(
                connection,
                "rejected_documents",
                "Documents rejected",
                REJECTED_COLUMNS,
                nothing="No document was rejected.",
            ),
        ),
    )
