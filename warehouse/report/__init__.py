"""The data-quality report: one self-contained HTML page made from the reporting views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from warehouse.report import coverage, drift, quality, stories, voices
from warehouse.report.data import quality_data as quality_data
from warehouse.report.grid import rows
from warehouse.report.text import shown, shown_day
from warehouse.report.verdict import ask_once, judge

if TYPE_CHECKING:
    import duckdb

SECTIONS = (
    quality.runs,
    quality.checks,
    quality.kept_out,
    drift.drift,
    coverage.volume,
    coverage.publication,
    voices.entities,
    stories.duplicates,
    voices.shared_quotes,
    voices.said,
    coverage.unresolved,
)
"""What the page shows, in its order: plain functions from a connection to a Section."""


def render(connection: duckdb.DuckDBPyConnection, snapshot: int | None = None) -> str:
    """Return the report as one HTML page; `connection` has the base tables and the reporting views.

    `snapshot` is the commit the tables are read as of, shown where it is given. The page holds no
    script and loads nothing; the same tables give the same page.
    """
    ask_once(connection)
    return (
        _environment()
        .get_template("template.html.j2")
        .render(
            verdict=judge(connection),
            totals=rows(connection, "SELECT * FROM totals")[0],
            run=next(iter(rows(connection, "SELECT * FROM run_history ORDER BY run_number DESC LIMIT 1")), None),
            snapshot=snapshot,
            sections=[section(connection) for section in SECTIONS],
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("warehouse", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "shown_day": shown_day}
    return environment
