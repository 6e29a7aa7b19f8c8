"""What a run is measured by, beside the runs before it: volume, shares of what is missing, mixes, copies, days.

A measure counts subjects (outlets, columns, languages, ...) of the run's own rows; a value is unusual when it lies
outside what the runs before it lead to expect. Values are compared on the scale on which chance has the same size
everywhere (Anscombe 1948, doi:10.2307/2332343): twice the square root of a count, twice the angle of a share times the
root of its cases. There the typical value is the median of the runs before, and the slack four times the larger of
chance (1) and of their spread (median absolute deviation, scaled by 1.4826 to a standard deviation). So a handful of
articles raises no alarm, and neither does an outlet that comes and goes.
"""

from __future__ import annotations

from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse import schema

RUNS_COMPARED = 20
"""Runs before that a value is held against, the newest."""
FEWEST_RUNS = 5
"""With fewer runs before, nothing is unusual yet."""
FEWEST_CASES = 20
"""A share of fewer cases says nothing."""
SLACK = 4
"""Standard deviations between what is typical and what is unusual."""


class Measure(NamedTuple):
    """One measure: its name, and a query for (subject, part, whole); whole is null where `part` is a mere count."""

    name: str
    sql: str


_MISSING = {
    "headline": "headline IS NULL",
    "authors": "coalesce(len(authors), 0) = 0",
    "outlet": "outlet IS NULL",
    "section": "section IS NULL",
    "language": "language IS NULL",
    "published_on": "published_on IS NULL",
    "dateline_place": "dateline_place IS NULL",
}

MEASURES = (
    Measure("articles_by_outlet", "SELECT coalesce(outlet, 'no outlet'), count(*), NULL FROM run.articles GROUP BY 1"),
    Measure(
        "rejected_share",
        "SELECT 'documents', count(*) FILTER (status = 'rejected'), count(*) FROM run.documents",
    ),
    Measure(
        "null_share",
        " UNION ALL ".join(
            f"SELECT '{name}', count(*) FILTER ({condition}), count(*) FROM run.articles"
            for name, condition in _MISSING.items()
        ),
    ),
    Measure(
        "language_share",
        "SELECT coalesce(language, 'unknown'), count(*), sum(count(*)) OVER () FROM run.articles GROUP BY 1",
    ),
    Measure(
        "unresolved_share",
        "SELECT lower(type), count(*) FILTER (date_start IS NULL), count(*) "
        "FROM run.dates SEMI JOIN run.articles USING (article_id) WHERE type IN ('DATE', 'TIME') GROUP BY 1",
    ),
    Measure("label_share", "SELECT label, count(*), sum(count(*)) OVER () FROM run.mentions GROUP BY 1"),
    Measure(
        "duplicate_share",
        "SELECT 'articles', count(*) FILTER (article_id IN "
        "(SELECT article_id FROM run.duplicates WHERE relation IN ('exact', 'copy'))), count(*) FROM run.articles",
    ),
    Measure(
        "largest_cluster_share",
        "SELECT 'articles', max(members), sum(members) "
        "FROM (SELECT count(*) AS members FROM run.clusters GROUP BY cluster_id)",
    ),
    Measure(
        "day_share",
        "SELECT unnest(['last day', 'commonest day']), unnest([arg_max(articles, day), max(articles)]), sum(articles) "
        "FROM (SELECT published_on AS day, count(*) AS articles FROM run.articles WHERE day IS NOT NULL GROUP BY 1)",
    ),
)


def measures(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Measure a run and hold it against the runs before it.

    In: a connection that shows the run's rows as `run.<table>` and what earlier runs measured in
    `warehouse.measures`. Out: rows of schema.MEASURES. A subject that earlier runs had and this one lacks counts
    as 0.
    """
    now = " UNION ALL ".join(
        f"SELECT '{measure.name}' AS measure, * FROM ({measure.sql}) AS counted(subject, part, whole)"
        for measure in MEASURES
    )
    connection.execute(_SCALES)
    found = connection.execute(
        _COMPARED.format(now=now),
        {"runs": RUNS_COMPARED, "slack": SLACK, "few_runs": FEWEST_RUNS, "cases": FEWEST_CASES},
    )
    return found.to_arrow_table().cast(schema.MEASURES.arrow)


_COMPARED = """
WITH counted AS (FROM ({now}) WHERE part IS NOT NULL AND whole IS DISTINCT FROM 0),
wholes AS (SELECT measure, max(whole) AS whole FROM counted GROUP BY measure),
past AS (
    FROM warehouse.measures
    WHERE run_id IN (
        SELECT DISTINCT run_id FROM warehouse.measures WHERE run_id IS NOT NULL ORDER BY run_id DESC LIMIT $runs
    )
),
past_runs AS (SELECT measure, run_id, max(whole) AS whole FROM past GROUP BY ALL),
subjects AS (
    FROM (FROM past SELECT measure, subject UNION FROM counted SELECT measure, subject) SEMI JOIN wholes USING (measure)
),
before AS (
    SELECT
        measure, subject, coalesce(past.value, 0) AS value,
        scaled(coalesce(past.part, 0), coalesce(past.whole, past_runs.whole)) AS scaled
    FROM subjects JOIN past_runs USING (measure) LEFT JOIN past USING (measure, subject, run_id)
),
typical AS (
    SELECT measure, subject, median(value) AS typical, mad(scaled) AS spread, count(*) AS runs_compared
    FROM before GROUP BY measure, subject
),
valued AS (
    SELECT
        measure, subject, coalesce(part, 0) AS part, coalesce(counted.whole, wholes.whole) AS whole,
        coalesce(part, 0) / coalesce(counted.whole, wholes.whole, 1) AS value, typical, spread,
        coalesce(runs_compared, 0) AS runs_compared
    FROM subjects JOIN wholes USING (measure)
    LEFT JOIN counted USING (measure, subject) LEFT JOIN typical USING (measure, subject)
),
judged AS (
    SELECT *,
        scaled(typical * coalesce(whole, 1), whole) AS middle,
        $slack * greatest(1.4826 * spread, chance(whole)) AS slack,
        runs_compared >= $few_runs AND coalesce(whole >= $cases, true) AS is_judged
    FROM valued
)
SELECT
    measure, subject, part::BIGINT AS part, whole::BIGINT AS whole, value::DOUBLE AS value,
    typical::DOUBLE AS typical,
    CASE WHEN is_judged THEN unscaled(middle - slack, whole) END::DOUBLE AS lowest,
    CASE WHEN is_judged THEN unscaled(middle + slack, whole) END::DOUBLE AS highest,
    runs_compared::BIGINT AS runs_compared,
    coalesce(is_judged AND abs(scaled(part, whole) - middle) > slack, false) AS is_unusual,
    NULL::VARCHAR AS run_id
FROM judged ORDER BY measure, subject
"""

_SCALES = """
CREATE OR REPLACE TEMP MACRO scaled(part, whole) AS
    CASE WHEN whole IS NULL THEN 2 * sqrt(part + 0.375) ELSE 2 * asin(sqrt((part + 0.375) / (whole + 0.75))) END;
CREATE OR REPLACE TEMP MACRO chance(whole) AS
    CASE WHEN whole IS NULL THEN 1 ELSE 1 / sqrt(whole + 0.5) END;
CREATE OR REPLACE TEMP MACRO unscaled(place, whole) AS
    CASE WHEN whole IS NULL THEN greatest((greatest(place, 0) / 2) ** 2 - 0.375, 0)
    ELSE least(greatest(sin(least(greatest(place, 0), pi()) / 2) ** 2 * (whole + 0.75) - 0.375, 0) / whole, 1) END;
"""
"""A count, or a share as an angle; what chance makes of one; and the way back to a value."""
