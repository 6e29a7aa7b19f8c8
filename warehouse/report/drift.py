"""The section on what a run brings, beside the runs before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.report import charts
from warehouse.report.grid import MOST, Column, Row, Section, grid, rows

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "measure": Column("Measure", "word"),
    "subject": Column("Of", "name"),
    "value": Column("Now", "number"),
    "typical": Column("Typical", "number"),
    "usual": Column("Usual", "word"),
    "runs_compared": Column("Runs before", "number"),
    "chart": Column("In the newest runs", "chart"),
}

NEWEST = "SELECT * FROM run_measures WHERE run_age = 1"
_FINE = 1_000


def drift(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell what of the newest committed run is unusual, and how the other figures stand."""
    newest = rows(connection, NEWEST)
    unusual = [_cells(row) for row in newest if row["is_unusual"]]
    usual = [_cells(row) for row in newest if not row["is_unusual"]]
    return Section(
        "drift",
        "Beside the runs before",
        "What the newest committed run brought, held against the up to 20 runs before it. With fewer than five of "
        "them, or too few cases, nothing is called unusual.",
        (
            grid("Unusual", COLUMNS, unusual[:MOST], len(unusual), "Nothing is out of the ordinary."),
            grid("As usual, or not to be judged yet", COLUMNS, usual[:MOST], len(usual), "No run was measured."),
        ),
    )


def _cells(row: Row) -> Row:
    values = [round(value * _FINE) for value in row["recent_values"]]
    title = f"{row['measure']}, {row['subject']}: {len(values)} runs, at most {max(row['recent_values']):.3g}"
    usual = "" if row["lowest"] is None else f"{row['lowest']:.3g} to {row['highest']:.3g}"
    shown = {name: row[name] if row[name] is None else f"{row[name]:.3g}" for name in ("value", "typical")}
    return row | shown | {"usual": usual, "chart": charts.spark(values, title)}
