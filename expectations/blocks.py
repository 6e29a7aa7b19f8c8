"""What is expected of `blocks`."""

from expectations.rules import Suite, at_least, not_null, one_of, refers, share, sql_rule, unique_key
from warehouse.roles import ROLES
from warehouse.schema import BLOCKS, DOCUMENTS

SUITE = Suite(
    BLOCKS,
    (
        unique_key(BLOCKS),
        one_of("role", tuple(ROLES)),
        not_null("rule"),
        share("probability"),
        at_least("raw_start", 0),
        refers(BLOCKS, "article_id", DOCUMENTS),
        sql_rule(
            "a block lies inside the raw text",
            "critical",
            """
        SELECT b.article_id, b.block_number FROM run.blocks AS b
        JOIN (SELECT article_id, length(raw_text) AS length FROM run.documents) AS d USING (article_id)
        WHERE b.raw_end < b.raw_start OR b.raw_end > d.length
    """,
        ),
        sql_rule(
            "blocks of a document do not overlap",
            "critical",
            """
        SELECT article_id, block_number FROM run.blocks
        QUALIFY raw_start < lag(raw_end) OVER (PARTITION BY article_id ORDER BY block_number)
    """,
        ),
    ),
)
