-- On which days is an entity written about?
-- A row is one entity on one publication day.
-- day: null for articles whose publication day is unknown.
-- article_count: printings that name it, copies included.
-- story_count: distinct stories among them.
SELECT
    entity_id,
    name,
    day,
    count(*) AS mention_count,
    count(DISTINCT article_id) AS article_count,
    count(DISTINCT story_id) AS story_count
FROM entity_mentions
GROUP BY entity_id, name, day
ORDER BY name, entity_id, day NULLS LAST
