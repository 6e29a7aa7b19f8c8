-- What do the publication dates rest on?
-- A row is one basis (explicit, inferred or unknown) with one precision.
-- precision: day, range, half-open range, weekday or none.
-- story_count: distinct stories among the articles.
SELECT
    basis,
    precision,
    count(*) AS article_count,
    count(DISTINCT story_id) AS story_count,
    avg(confidence) AS mean_confidence,
    min(coalesce(day, earliest)) AS first_day,
    max(coalesce(day, latest)) AS last_day
FROM publication_dates
GROUP BY basis, precision
ORDER BY basis, article_count DESC, precision
