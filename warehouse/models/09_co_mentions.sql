-- Which entities are named together?
-- A row is one pair of entities named in the same article; each pair stands once.
-- article_count: printings that name both, copies included.
-- story_count: distinct stories among them.
WITH named AS (
    SELECT DISTINCT article_id, story_id, entity_id, name FROM entity_mentions
)
SELECT
    one.entity_id,
    one.name,
    other.entity_id AS other_entity_id,
    other.name AS other_name,
    count(DISTINCT one.article_id) AS article_count,
    count(DISTINCT one.story_id) AS story_count
FROM named AS one
JOIN named AS other
    ON one.article_id = other.article_id AND one.entity_id < other.entity_id
GROUP BY ALL
ORDER BY story_count DESC, article_count DESC, one.name, other.name, one.entity_id, other.entity_id
