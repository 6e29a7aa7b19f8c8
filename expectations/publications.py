"""What is expected of `publications`.

Everything here is critical: dates are resolved against publications, so a row of these cannot be left out alone. A
stated day that cannot be (after the run began, after its record was fetched) keeps its article out, see `articles`.
"""

from expectations.rules import Suite, one_of, refers, share, sql_rule, unique_key
from warehouse.schema import ARTICLES, PUBLICATIONS

_CLUES = '[{"rule": "VARCHAR", "raw_start": "INTEGER", "raw_end": "INTEGER", "article_id": "VARCHAR"}]'

SUITE = Suite(
    PUBLICATIONS,
    (
        unique_key(PUBLICATIONS),
        one_of("basis", ("explicit", "inferred", "unknown")),
        one_of("weekday", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
        share("confidence", "critical"),
        refers(PUBLICATIONS, "article_id", ARTICLES),
        sql_rule(
            "earliest, best and latest are in order",
            "critical",
            """
        SELECT article_id FROM run.publications
        WHERE earliest > latest OR (best IS NOT NULL AND NOT coalesce(best BETWEEN earliest AND latest, false))
    """,
        ),
        sql_rule(
            "the weekday is that of a day from earliest to latest, and of the best one",
            "critical",
            """
        WITH weekdays AS (
            SELECT article_id, list(dayname(day)) AS possible
            FROM (SELECT article_id, unnest(range(earliest, latest + 1, INTERVAL 1 DAY)) AS day
                FROM run.publications WHERE latest - earliest < 6)
            GROUP BY article_id
        )
        SELECT article_id FROM run.publications LEFT JOIN weekdays USING (article_id)
        WHERE (best IS NOT NULL AND weekday IS DISTINCT FROM dayname(best)) OR NOT list_contains(possible, weekday)
    """,
        ),
        sql_rule(
            "an explicit day is the one the article states",
            "critical",
            """
        SELECT article_id FROM run.publications JOIN run.articles USING (article_id)
        WHERE (basis = 'explicit') <> (published_on IS NOT NULL)
            OR (basis = 'explicit' AND (earliest, best, latest) IS DISTINCT FROM (best, published_on, best))
    """,
        ),
        sql_rule(
            "a known day has evidence, an unknown one no days",
            "critical",
            """
        SELECT article_id FROM run.publications
        WHERE (basis = 'unknown') <> (coalesce(earliest::VARCHAR, latest::VARCHAR, weekday) IS NULL)
            OR (basis <> 'unknown' AND coalesce(json_array_length(evidence), 0) = 0)
    """,
        ),
        sql_rule(
            "evidence stands in the raw text or in another article",
            "critical",
            f"""
        WITH clues AS (
            SELECT article_id AS id, unnest(json_transform(evidence, '{_CLUES}'), recursive := true)
            FROM run.publications ANTI JOIN run.revised USING (article_id)
        )
        SELECT DISTINCT id AS article_id FROM clues
        LEFT JOIN (SELECT article_id AS id, length(raw_text) AS length FROM run.documents) USING (id)
        LEFT JOIN (SELECT article_id AS other_id FROM warehouse.articles) ON other_id = article_id
        WHERE (article_id IS NOT NULL AND (other_id IS NULL OR other_id = id))
            OR (raw_start IS NULL) <> (raw_end IS NULL)
            OR NOT (0 <= raw_start AND raw_start < raw_end AND raw_end <= length)
            OR (article_id IS NULL AND raw_start IS NULL AND rule <> 'stated')
    """,
        ),
        sql_rule(
            "a day has a reason",
            "critical",
            """
        SELECT article_id FROM run.publications WHERE reason IS NULL
    """,
        ),
    ),
)
