-- Who and what is written about most?
-- A row is one entity.
-- story_count: distinct stories that name it: the order, since reprints must not make an entity bigger.
-- article_count: printings that name it, copies included.
-- spelling_count: different ways it is written.
-- first_day, last_day: publication days between which it is named.
SELECT
    entity_id,
    name,
    type,
    any_value(country) AS country,
    count(*) AS mention_count,
    count(DISTINCT article_id) AS article_count,
    count(DISTINCT story_id) AS story_count,
    count(DISTINCT spelling) AS spelling_count,
    min(day) AS first_day,
    max(day) AS last_day
FROM entity_mentions
GROUP BY entity_id, name, type
ORDER BY story_count DESC, mention_count DESC, name, entity_id, type
