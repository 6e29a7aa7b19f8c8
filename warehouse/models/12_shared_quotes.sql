-- Which quotes stand in several articles, and do they agree word for word?
-- A row is one quote group found in at least two articles.
-- wordings: all its wordings side by side, the commonest first.
-- speakers: everybody it is attributed to: more than one name is a disagreement or two spellings.
-- story_count: distinct stories among the articles; 1 means it only travelled with copies of one text.
WITH shared AS MATERIALIZED (
    SELECT quote_group_id
    FROM quotes
    WHERE kind <> 'scare'
    GROUP BY quote_group_id
    HAVING count(DISTINCT article_id) > 1
),
wordings AS (
    SELECT
        quote_group_id,
        list(words ORDER BY article_count DESC, words) AS wordings,
        count(*) AS wording_count
    FROM quote_wordings
    WHERE quote_group_id IN (FROM shared)
    GROUP BY quote_group_id
)
SELECT
    said.quote_group_id,
    list(DISTINCT said.speaker ORDER BY said.speaker) FILTER (WHERE said.speaker IS NOT NULL) AS speakers,
    any_value(wordings.wordings) AS wordings,
    any_value(wordings.wording_count) AS wording_count,
    count(DISTINCT said.article_id) AS article_count,
    count(DISTINCT said.story_id) AS story_count,
    count(DISTINCT said.outlet) AS outlet_count,
    list(DISTINCT said.outlet ORDER BY said.outlet) FILTER (WHERE said.outlet IS NOT NULL) AS outlets,
    min(said.day) AS first_day,
    max(said.day) AS last_day
FROM who_said_what AS said
JOIN wordings USING (quote_group_id)
WHERE said.quote_group_id IN (FROM shared)
GROUP BY said.quote_group_id
ORDER BY outlet_count DESC, article_count DESC, wording_count DESC, said.quote_group_id
