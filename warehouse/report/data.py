"""The quality of the newest run as plain data: what the page shows of it, whole, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.report import drift, quality
from warehouse.report.grid import rows
from warehouse.report.verdict import ask_once, judge

if TYPE_CHECKING:
    import duckdb


def quality_data(connection: duckdb.DuckDBPyConnection, snapshot: int | None = None) -> dict[str, Any]:
    """Return what ran, what came in and out, what was rejected and why, checks with samples, drift and slow steps.

    It is read from the views that the sections of the page show, under the names of their columns.
    """
    ask_once(connection)
    verdict = judge(connection)
    newest = rows(connection, "SELECT * FROM run_history ORDER BY run_number DESC LIMIT 1")
    return {
        "snapshot": snapshot,
        "verdict": {"level": verdict.level, "headline": verdict.headline},
        "findings": [finding._asdict() for finding in verdict.findings],
        "totals": rows(connection, "SELECT * FROM totals")[0],
        "run": next((run | {part: quality.parsed(run[part]) for part in quality.PARTS} for run in newest), None),
        "steps": rows(connection, quality.NEWEST_STEPS),
        "rejections": rows(connection, quality.NEWEST_REJECTIONS),
        "checks": [row | {"sample_keys": quality.samples(row)} for row in rows(connection, quality.NEWEST_CHECKS)],
        "quarantine": rows(connection, "SELECT * FROM quarantine_reasons"),
        "drift": rows(connection, drift.NEWEST),
    }
