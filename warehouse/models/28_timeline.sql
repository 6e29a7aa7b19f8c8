-- What is said of which day, and whom is it said of?
-- A row is one resolved date expression with one entity named in the same line; expressions beside no name have a row too.
-- date_start, date_end: first and last day meant, inclusive.
-- anchor: what it was counted from; inferred where the day of publication is only known within bounds.
-- name: the entity's canonical name; null where the line names nobody.
-- context: the words around the expression, up to 60 characters on each side.
-- day: publication day of the article; null where unknown.
WITH named AS (
    SELECT DISTINCT
        blocks.article_id,
        blocks.block_number,
        entity_mentions.entity_id,
        entity_mentions.name,
        entity_mentions.type
    FROM blocks
    JOIN entity_mentions
        ON entity_mentions.article_id = blocks.article_id
        AND entity_mentions.raw_start >= blocks.raw_start
        AND entity_mentions.raw_end <= blocks.raw_end
)
SELECT
    dates.date_start,
    dates.date_end,
    dates.granularity,
    dates.value,
    dates.surface,
    dates.anchor,
    named.entity_id,
    named.name,
    named.type,
    trim(regexp_replace(
        documents.raw_text[greatest(dates.raw_start - 60, 0) + 1 : dates.raw_end::BIGINT + 60], '\s+', ' ', 'g'
    )) AS context,
    printings.headline,
    printings.outlet,
    printings.day,
    printings.story_id,
    dates.article_id,
    dates.raw_start,
    dates.raw_end
FROM dates
LEFT JOIN blocks
    ON blocks.article_id = dates.article_id
    AND blocks.raw_start <= dates.raw_start
    AND dates.raw_end <= blocks.raw_end
LEFT JOIN named ON named.article_id = blocks.article_id AND named.block_number = blocks.block_number
LEFT JOIN documents ON documents.article_id = dates.article_id
LEFT JOIN printings ON printings.article_id = dates.article_id
WHERE dates.date_start IS NOT NULL
ORDER BY dates.date_start, dates.date_end, dates.article_id, dates.raw_start, dates.raw_end, named.entity_id
