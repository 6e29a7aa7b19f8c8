"""What is expected of `originals`."""

from expectations.rules import Suite, not_null, refers, sql_rule, unique_key
from warehouse.schema import DOCUMENTS, ORIGINALS

SUITE = Suite(
    ORIGINALS,
    (
        unique_key(ORIGINALS),
        not_null("article_id"),
        refers(ORIGINALS, "article_id", DOCUMENTS),
        sql_rule(
            "content has the length the document states",
            "critical",
            """
        SELECT o.article_id FROM run.originals AS o JOIN run.documents AS d USING (article_id)
        WHERE octet_length(o.content) IS DISTINCT FROM d.byte_count
    """,
        ),
    ),
)
