-- Which entity does each key mean, and by which rule?
-- A row is one entity key: the only place where names are looked up.
-- entity_key: the key in mentions and quotes.
-- rule: own_name, or the rule that merged the key into the entity.
-- evidence_count: mentions that carry the key.
SELECT
    entity_map.entity_key,
    entity_map.entity_id,
    entities.name,
    entities.type,
    entities.country,
    entity_map.rule,
    entity_map.evidence_count
FROM entity_map
JOIN entities USING (entity_id)
ORDER BY entities.name, entity_map.entity_id, entity_map.entity_key
