-- How many duplicates of each kind are there?
-- A row is one relation: exact, copy, version, contains or shared_passage.
-- article_count: articles that stand on either side of such a pair.
-- across_outlets_count: pairs printed by two different outlets.
-- lowest_jaccard, highest_jaccard: how alike the pairs are, 0 to 1.
WITH sides AS (
    SELECT relation, article_id FROM duplicate_pairs
    UNION
    SELECT relation, other_article_id FROM duplicate_pairs
),
touched AS (
    SELECT relation, count(*) AS article_count FROM sides GROUP BY relation
)
SELECT
    relation,
    count(*) AS pair_count,
    any_value(touched.article_count) AS article_count,
    count(*) FILTER (WHERE is_across_outlets) AS across_outlets_count,
    min(jaccard) AS lowest_jaccard,
    max(jaccard) AS highest_jaccard
FROM duplicate_pairs
JOIN touched USING (relation)
GROUP BY relation
ORDER BY pair_count DESC, relation
