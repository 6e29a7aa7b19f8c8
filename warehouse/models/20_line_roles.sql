-- What are the lines of each outlet's pages?
-- A row is one role in one outlet.
-- outlet: null where the page does not say, or the document was rejected.
-- line_share: of all lines of the outlet, 0 to 1.
-- mean_probability: how sure the roles are.
SELECT
    articles.outlet,
    blocks.role,
    count(*) AS line_count,
    count(*) / sum(count(*)) OVER (PARTITION BY articles.outlet) AS line_share,
    count(DISTINCT blocks.article_id) AS article_count,
    avg(blocks.probability) AS mean_probability
FROM blocks
LEFT JOIN articles USING (article_id)
GROUP BY articles.outlet, blocks.role
ORDER BY articles.outlet NULLS LAST, line_count DESC, blocks.role
