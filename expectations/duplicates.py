"""What is expected of `duplicates`."""

from expectations.rules import Suite, one_of, refers, share, sql_rule, unique_key
from warehouse.schema import ARTICLES, DUPLICATES

SUITE = Suite(
    DUPLICATES,
    (
        unique_key(DUPLICATES),
        one_of("relation", ("exact", "copy", "version", "contains", "shared_passage")),
        share("containment", "critical"),
        share("other_containment", "critical"),
        share("jaccard", "critical"),
        share("facts_missing_share", "critical"),
        refers(DUPLICATES, "article_id", ARTICLES),
        refers(DUPLICATES, "other_article_id", ARTICLES, "article_id"),
        sql_rule(
            "two articles are related once, and none to itself",
            "critical",
            """
        SELECT article_id, other_article_id FROM run.duplicates AS d
        WHERE article_id = other_article_id OR EXISTS (
            FROM warehouse.duplicates AS o
            WHERE o.article_id = d.other_article_id AND o.other_article_id = d.article_id
        )
    """,
        ),
    ),
)
