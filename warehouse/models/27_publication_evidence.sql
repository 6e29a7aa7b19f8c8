-- Which words, and which other articles, say when an article was published?
-- A row is one piece of evidence that a publication date rests on.
-- basis: explicit or inferred.
-- rule: what kind of evidence it is; stated is the day that record, page or line give.
-- words: what stands there in the text, line breaks folded to spaces; null for another article.
-- other_article_id, other_headline: the article with a stated day that is a copy, a version or quotes the same words.
-- clue_earliest, clue_latest: the bounds this evidence sets; null where it sets none.
-- clue_weekday: the day of the week it names.
-- season: the stretch of any year it names, first and last MM-DD.
WITH clues AS (
    SELECT
        article_id,
        basis,
        unnest(json_transform(
            TRY_CAST(evidence AS JSON),
            '[{"rule": "VARCHAR", "raw_start": "INTEGER", "raw_end": "INTEGER", "article_id": "VARCHAR",
               "earliest": "DATE", "latest": "DATE", "weekday": "INTEGER", "season": ["VARCHAR"]}]'
        )) AS clue
    FROM publications
)
SELECT
    clues.article_id,
    printings.headline,
    clues.basis,
    clues.clue.rule AS rule,
    trim(regexp_replace(documents.raw_text[clues.clue.raw_start + 1 : clues.clue.raw_end], '\s+', ' ', 'g')) AS words,
    clues.clue.article_id AS other_article_id,
    others.headline AS other_headline,
    clues.clue.earliest AS clue_earliest,
    clues.clue.latest AS clue_latest,
    ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][clues.clue.weekday] AS clue_weekday,
    clues.clue.season AS season,
    clues.clue.raw_start AS raw_start,
    clues.clue.raw_end AS raw_end
FROM clues
LEFT JOIN documents ON documents.article_id = clues.article_id AND clues.clue.raw_start IS NOT NULL
LEFT JOIN printings ON printings.article_id = clues.article_id
LEFT JOIN printings AS others ON others.article_id = clues.clue.article_id
ORDER BY clues.article_id, raw_start NULLS LAST, other_article_id, rule, raw_end
