"""What is expected of `clusters`."""

from expectations.rules import Suite, not_null, one_of, refers, sql_rule, unique_key
from warehouse.schema import ARTICLES, CLUSTERS

SUITE = Suite(
    CLUSTERS,
    (
        unique_key(CLUSTERS),
        not_null("story_id"),
        one_of("canonical_rule", ("earliest", "longest", "only", "smallest_id")),
        refers(CLUSTERS, "article_id", ARTICLES),
        refers(CLUSTERS, "cluster_id", ARTICLES, "article_id"),
        refers(CLUSTERS, "story_id", ARTICLES, "article_id"),
        sql_rule(
            "a cluster has one canonical article",
            "critical",
            """
        SELECT min(article_id) AS article_id FROM run.clusters
        GROUP BY cluster_id HAVING count(*) FILTER (is_canonical) <> 1
    """,
        ),
        sql_rule(
            "no cluster holds more than a tenth of 1,000 articles or more",
            "info",
            """
        SELECT min(article_id) AS article_id FROM run.clusters GROUP BY cluster_id
        HAVING count(*) > greatest(100, (SELECT count(*) / 10 FROM run.clusters))
    """,
        ),
    ),
)
