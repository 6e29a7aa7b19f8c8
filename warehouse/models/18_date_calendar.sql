-- Which days and periods do the articles speak of?
-- A row is one day or period, at one granularity.
-- date_start, date_end: first and last day meant, inclusive.
-- expression_count: date expressions that mean it.
-- inferred_count: those among them that were counted from an inferred day of publication.
-- story_count: distinct stories that speak of it.
-- wordings: up to five ways in which it is written.
SELECT
    dates.date_start,
    dates.date_end,
    dates.granularity,
    count(*) AS expression_count,
    count(*) FILTER (WHERE dates.anchor = 'inferred') AS inferred_count,
    count(DISTINCT dates.article_id) AS article_count,
    count(DISTINCT printings.story_id) AS story_count,
    list(DISTINCT dates.surface ORDER BY dates.surface)[1:5] AS wordings
FROM dates
LEFT JOIN printings USING (article_id)
WHERE dates.date_start IS NOT NULL
GROUP BY dates.date_start, dates.date_end, dates.granularity
ORDER BY dates.date_start, dates.date_end, dates.granularity
