-- When was each article published, and how do we know?
-- A row is one article.
-- day: the day itself, where it is known; else earliest and latest bound it, as far as they are known.
-- weekday: the day of the week, where that much is known.
-- precision: day, range, half-open range, weekday or none.
-- reason: what the dates rest on, or why they are unknown.
-- rules: the kinds of evidence, each once; publication_evidence has each piece with its words.
SELECT
    publications.article_id,
    printings.headline,
    printings.outlet,
    publications.best AS day,
    publications.earliest,
    publications.latest,
    publications.weekday,
    CASE
        WHEN publications.best IS NOT NULL THEN 'day'
        WHEN publications.earliest IS NOT NULL AND publications.latest IS NOT NULL THEN 'range'
        WHEN publications.earliest IS NOT NULL OR publications.latest IS NOT NULL THEN 'half-open range'
        WHEN publications.weekday IS NOT NULL THEN 'weekday'
        ELSE 'none'
    END AS precision,
    publications.basis,
    publications.confidence,
    publications.reason,
    list_sort(list_distinct(json_extract_string(TRY_CAST(publications.evidence AS JSON), '$[*].rule'))) AS rules,
    printings.story_id
FROM publications
LEFT JOIN printings USING (article_id)
ORDER BY day NULLS LAST, publications.earliest NULLS LAST, publications.latest NULLS LAST, publications.article_id
