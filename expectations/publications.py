"""What is expected of `publications`."""

from expectations.rules import Suite, one_of, refers, share, sql_rule, unique_key
from warehouse.schema import ARTICLES, PUBLICATIONS

SUITE = Suite(
    PUBLICATIONS,
    (
        unique_key(PUBLICATIONS),
        one_of("basis", ("explicit", "inferred", "unknown")),
        one_of("weekday", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
        share("confidence"),
        refers(PUBLICATIONS, "article_id", ARTICLES),
        sql_rule(
            "earliest, best and latest are in order",
            "critical",
            """
        SELECT article_id FROM run.publications WHERE earliest > latest OR best < earliest OR best > latest
    """,
        ),
        sql_rule(
            "an explicit day is the one the article states",
            "critical",
            """
        SELECT article_id FROM run.publications JOIN run.articles USING (article_id)
        WHERE (basis = 'explicit') <> (published_on IS NOT NULL)
            OR (basis = 'explicit' AND best IS DISTINCT FROM published_on)
    """,
        ),
        sql_rule(
            "an unknown day has a reason",
            "critical",
            """
        SELECT article_id FROM run.publications WHERE basis = 'unknown' AND reason IS NULL
    """,
        ),
    ),
)
