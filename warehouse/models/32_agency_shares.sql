-- How much of what an outlet prints comes from whom?
-- A row is one source of one outlet's articles: an agency, or another outlet whose text it republished.
-- source: null for articles whose page names none.
-- article_count: printings of the outlet that name it.
-- article_share: of all printings of the outlet, 0 to 1.
-- copied_count: those of which another outlet's copy is in the warehouse too.
WITH shared AS (
    SELECT cluster_id FROM printings GROUP BY cluster_id HAVING count(DISTINCT outlet) > 1
)
SELECT
    articles.outlet,
    CASE WHEN articles.original_source_kind IN ('wire', 'republished') THEN articles.original_source END AS source,
    count(*) AS article_count,
    count(*) / sum(count(*)) OVER (PARTITION BY articles.outlet) AS article_share,
    count(*) FILTER (printings.cluster_id IN (FROM shared)) AS copied_count
FROM articles
JOIN printings USING (article_id)
WHERE articles.outlet IS NOT NULL
GROUP BY articles.outlet, source
ORDER BY articles.outlet, article_count DESC, source NULLS LAST
