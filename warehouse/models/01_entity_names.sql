-- Which entity does each key mean, and by which rule?
-- A row is one entity key: the only place where names are looked up.
-- entity_key: the key in mentions and quotes.
-- rule: own_name, or the rule that merged the key into the entity.
-- joined_to: the key it was joined to by that rule.
-- evidence_count: mentions that carry the key.
-- is_stopped: whether the user's alias file says that it is no entity.
SELECT
    entity_map.entity_key,
    entity_map.entity_id,
    entities.name,
    entities.type,
    entities.country,
    entity_map.rule,
    entity_map.joined_to,
    entity_map.evidence_count,
    coalesce(entities.is_stopped, false) AS is_stopped
FROM entity_map
JOIN entities USING (entity_id)
ORDER BY entities.name, entity_map.entity_id, entity_map.entity_key
