-- Where is each entity named, and in which words?
-- A row is one mention, with the entity it means and the article it stands in; names the user stopped are left out.
-- spelling: the words as written, line breaks folded to spaces.
-- name: the entity's canonical name; the key itself where no entity is known for it.
-- rule: how the spelling's key was joined to the entity.
-- day: publication day of the article; null where unknown.
SELECT
    coalesce(entity_names.entity_id, mentions.entity_key) AS entity_id,
    coalesce(entity_names.name, mentions.entity_key) AS name,
    coalesce(entity_names.type, mentions.label) AS type,
    entity_names.country,
    trim(regexp_replace(mentions.surface, '\s+', ' ', 'g')) AS spelling,
    mentions.label,
    mentions.entity_key,
    coalesce(entity_names.rule, 'unmapped') AS rule,
    mentions.source,
    mentions.confidence,
    mentions.role,
    mentions.article_id,
    mentions.raw_start,
    mentions.raw_end,
    printings.day,
    printings.outlet,
    printings.story_id
FROM mentions
LEFT JOIN entity_names USING (entity_key)
LEFT JOIN printings USING (article_id)
WHERE entity_names.is_stopped IS NOT TRUE
ORDER BY mentions.article_id, mentions.raw_start, mentions.raw_end
