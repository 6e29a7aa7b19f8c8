"""What is expected of `documents`."""

from expectations.rules import Suite, at_least, not_null, one_of, sql_rule, unique_key
from warehouse.schema import DOCUMENTS

SUITE = Suite(
    DOCUMENTS,
    (
        unique_key(DOCUMENTS),
        not_null("article_id"),
        not_null("uri"),
        one_of("status", ("accepted", "rejected")),
        one_of("media_type", ("text/plain", "text/markdown", "text/html")),
        at_least("byte_count", 0),
        sql_rule(
            "an accepted document has text, a rejected one a reason",
            "critical",
            """
        SELECT article_id FROM run.documents
        WHERE CASE status WHEN 'accepted' THEN raw_text IS NULL OR reason IS NOT NULL ELSE reason IS NULL END
    """,
        ),
        sql_rule(
            "at least half of the records are accepted",
            "info",
            """
        SELECT article_id FROM run.documents
        WHERE status = 'rejected' AND 2 * (SELECT count(*) FILTER (status = 'accepted') FROM run.documents)
            < (SELECT count(*) FROM run.documents)
    """,
        ),
    ),
)
