-- In which spellings is an entity written?
-- A row is one spelling of one entity.
-- mention_share: of all mentions of the entity, 0 to 1.
-- rules: how the spelling came to mean the entity: own_name or the rules that merged it.
SELECT
    entity_id,
    name,
    spelling,
    count(*) AS mention_count,
    count(DISTINCT article_id) AS article_count,
    count(*) / sum(count(*)) OVER (PARTITION BY entity_id, name) AS mention_share,
    list(DISTINCT rule ORDER BY rule) AS rules
FROM entity_mentions
GROUP BY entity_id, name, spelling
ORDER BY name, entity_id, mention_count DESC, spelling
