-- Who said what, where and when?
-- A row is one direct quotation; what is in quotes but no speech (scare quotes, titles) is left out.
-- speaker: the entity's canonical name, else the speaker as written; null where nobody is named.
-- words: the quotation without its outer quotation marks and the comma before the last one, line breaks folded to spaces.
-- changes: how the words differ from the wording that founded their quote group; null where they do not.
-- confidence: of the attribution, 0 to 1.
-- day: publication day of the article; null where unknown.
SELECT
    coalesce(entity_names.name, quotes.speaker_surface) AS speaker,
    quotes.speaker_surface,
    entity_names.entity_id AS speaker_entity_id,
    rtrim(
        regexp_replace(
            trim(
                -- most quotations are of single spaces: to see that is far cheaper than to replace them
                CASE WHEN regexp_matches(quotes.surface, '\s\s|[^\S ]') THEN regexp_replace(quotes.surface, '\s+', ' ', 'g')
                ELSE quotes.surface END
            ),
            '^(?:[‘’‚‹›''] *([^''].*?) *[‘’‹›'']|(?:``|''''|["＂“”„‟«»])? *(.*?) *(?:''''|["＂“”„«»])?)$',
            '\1\2'
        ),
        ', '
    ) AS words,
    quotes.cue,
    quotes.kind,
    quotes.confidence,
    printings.outlet,
    printings.day,
    printings.headline,
    printings.story_id,
    quotes.quote_group_id,
    quotes.changes,
    quotes.article_id,
    quotes.raw_start,
    quotes.raw_end
FROM quotes
LEFT JOIN entity_names ON entity_names.entity_key = quotes.speaker_entity_key
LEFT JOIN printings USING (article_id)
WHERE quotes.kind <> 'scare'
ORDER BY speaker NULLS LAST, printings.day NULLS LAST, quotes.article_id, quotes.raw_start
