"""Sections on days: what was printed when, what publication dates rest on, which dates stay open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warehouse.report import charts
from warehouse.report.grid import Column, Row, Section, grid, rows, view_grid
from warehouse.report.periods import Scale, scale

if TYPE_CHECKING:
    import duckdb
    from markupsafe import Markup

DAILY = """
SELECT day, count(*) AS printings, count(*) FILTER (WHERE is_canonical) AS texts
FROM printings WHERE day IS NOT NULL
GROUP BY day ORDER BY day
"""

OUTLETS = """
SELECT
    outlet,
    count(*) AS printings,
    count(*) FILTER (WHERE is_canonical) AS texts,
    count(DISTINCT story_id) AS stories,
    count(*) FILTER (WHERE day IS NULL) AS undated,
    min(day) AS first_day,
    max(day) AS last_day
FROM printings GROUP BY outlet ORDER BY printings DESC, outlet NULLS LAST
"""

OUTLET_COLUMNS = {
    "outlet": Column("Outlet", "name"),
    "printings": Column("Printings", "number"),
    "texts": Column("Texts", "number"),
    "stories": Column("Stories", "number"),
    "undated": Column("Undated", "number"),
    "first_day": Column("First day", "word"),
    "last_day": Column("Last day", "word"),
    "chart": Column("Printings over time", "chart"),
}

BASIS_COLUMNS = {
    "basis": Column("Basis", "word"),
    "precision": Column("Precision", "word"),
    "article_count": Column("Articles", "number"),
    "story_count": Column("Stories", "number"),
    "mean_confidence": Column("Confidence", "number"),
    "first_day": Column("From", "word"),
    "last_day": Column("To", "word"),
}

BASES = ("explicit", "inferred", "unknown")

UNRESOLVED = """
SELECT unresolved_reason, count(*) AS expressions, count(DISTINCT article_id) AS articles,
    list(DISTINCT surface ORDER BY surface)[1:4] AS wordings
FROM unresolved_dates GROUP BY unresolved_reason ORDER BY expressions DESC, unresolved_reason
"""

UNRESOLVED_COLUMNS = {
    "unresolved_reason": Column("Reason", "name"),
    "expressions": Column("Expressions", "number"),
    "articles": Column("Articles", "number"),
    "chart": Column("Share", "chart"),
    "wordings": Column("For example", "list"),
}

OPEN_COLUMNS = {
    "surface": Column("Expression", "name"),
    "unresolved_reason": Column("Reason", "name"),
    "context": Column("In its sentence", "prose"),
    "outlet": Column("Outlet", "name"),
}


def volume(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell how much was printed: all outlets together over time, then each outlet."""
    outlets = rows(connection, OUTLETS)
    daily = rows(connection, DAILY)
    span = scale(row["day"] for row in daily)
    sparks = _sparks(connection, span) if span else {}
    laid = [row | {"chart": sparks.get(row["outlet"])} for row in outlets[:15]]
    return Section(
        "volume",
        "Volume by outlet and day",
        "A printing is one article on one page. Copies share a text; versions of a text share a story.",
        (grid("Outlets", OUTLET_COLUMNS | _heading(span), laid, len(outlets), "There are no articles."),),
        _daily(daily, span) if span else None,
    )


def _heading(span: Scale | None) -> dict[str, Column]:
    """Say in the heading which stretch of time the small charts cover."""
    return {"chart": Column(f"Printings {span.words}", "chart")} if span else {}


def _daily(daily: list[Row], span: Scale) -> Markup:
    labels = [day.isoformat() for day in span.starts]
    printings = span.gathered((row["day"], row["printings"]) for row in daily)
    texts = span.gathered((row["day"], row["texts"]) for row in daily)
    title = f"Printings {span.words}; at most {max(printings):,}"
    legend = charts.key(("pale", f"printings per {span.unit}"), ("strong", "of these, distinct texts"))
    return charts.timeline(labels, f"{max(printings):,}", charts.columns(labels, printings, texts, title), legend)


def _sparks(connection: duckdb.DuckDBPyConnection, span: Scale) -> dict[str | None, Markup]:
    """Draw the printings of each outlet over the same periods."""
    counts = defaultdict(list)
    for row in rows(connection, "SELECT outlet, day, article_count FROM coverage WHERE day IS NOT NULL"):
        counts[row["outlet"]].append((row["day"], row["article_count"]))
    gathered = {outlet: span.gathered(pairs) for outlet, pairs in counts.items()}
    return {
        outlet: charts.spark(sums, f"Printings {span.words}; at most {max(sums):,}")
        for outlet, sums in gathered.items()
    }


def publication(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell what the publication dates rest on."""
    found = rows(connection, "SELECT basis, count(*) AS articles FROM publication_dates GROUP BY basis ORDER BY basis")
    counts = {row["basis"]: row["articles"] for row in found}
    parts = [(basis, counts.get(basis, 0)) for basis in BASES]
    told = ", ".join(f"{basis} {count:,}" for basis, count in parts)
    figure = charts.plain_figure(
        charts.split(parts, f"Articles by basis of their publication date: {told}"),
        charts.key(*((basis, f"{basis} {count:,}") for basis, count in parts)),
    )
    return Section(
        "publication",
        "Publication dates",
        "Explicit: the page or record states it. Inferred: bounded by what the text and its copies say. "
        "Unknown: left empty, never guessed.",
        (
            view_grid(
                connection,
                "publication_basis",
                "Basis and precision",
                BASIS_COLUMNS,
                nothing="There are no articles.",
            ),
        ),
        figure if found else None,
    )


def unresolved(connection: duckdb.DuckDBPyConnection) -> Section:
    """Tell which date expressions were left without days, by reason and one by one."""
    reasons = rows(connection, UNRESOLVED)
    total = sum(row["expressions"] for row in reasons)
    laid = [
        row | {"chart": charts.bar(row["expressions"], total, f"{row['expressions']:,} of {total:,}")}
        for row in reasons[:10]
    ]
    nothing = "Every date expression was given days."
    return Section(
        "unresolved",
        "Dates left open",
        "An expression without a sure anchor keeps its wording and its reason, and gets no days.",
        (
            grid("Reasons", UNRESOLVED_COLUMNS, laid, len(reasons), nothing),
            view_grid(
                connection,
                "unresolved_dates",
                "Expressions in their sentences",
                OPEN_COLUMNS,
                nothing=nothing,
                most=12,
            ),
        ),
    )
