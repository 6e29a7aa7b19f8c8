-- Why are date expressions left without days, and how many?
-- A row is one reason with one type and granularity.
-- unresolved_reason: why; lengths and repeated times are no days, so they stand here too.
-- undated_count: how many of them stand in articles whose day of publication is unknown.
-- expression_share: their share of all date expressions.
-- wordings: up to five ways in which they are written, the commonest first.
WITH wordings AS (
    SELECT
        unresolved_reason,
        type,
        granularity,
        lower(surface) AS wording,
        count(*) AS expression_count,
        count(*) FILTER (WHERE basis = 'unknown') AS undated_count,
        list(DISTINCT article_id) AS article_ids
    FROM unresolved_dates
    GROUP BY ALL
)
SELECT
    unresolved_reason,
    type,
    granularity,
    sum(expression_count)::BIGINT AS expression_count,
    sum(undated_count)::BIGINT AS undated_count,
    len(list_distinct(flatten(list(article_ids)))) AS article_count,
    sum(expression_count) / (SELECT count(*) FROM dates) AS expression_share,
    list(wording ORDER BY expression_count DESC, wording)[1:5] AS wordings
FROM wordings
GROUP BY unresolved_reason, type, granularity
ORDER BY expression_count DESC, unresolved_reason, type, granularity
