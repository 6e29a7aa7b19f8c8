-- Which articles are there, who printed them, when, and of which story?
-- A row is one article: one printing of one story.
-- day: the publication day where it is known, explicit or inferred; null otherwise.
-- basis: explicit, inferred or unknown.
-- story_id: the same for all copies and versions of a story.
-- is_canonical: whether this printing stands for its copies; counting these counts distinct texts.
SELECT
    articles.article_id,
    articles.outlet,
    articles.headline,
    publications.best AS day,
    coalesce(publications.basis, 'unknown') AS basis,
    coalesce(clusters.cluster_id, articles.article_id) AS cluster_id,
    coalesce(clusters.story_id, articles.article_id) AS story_id,
    coalesce(clusters.is_canonical, true) AS is_canonical,
    articles.word_count
FROM articles
LEFT JOIN publications USING (article_id)
LEFT JOIN clusters USING (article_id)
ORDER BY day NULLS LAST, articles.outlet NULLS LAST, articles.article_id
