-- Who printed whose text first, and how much of it was printed again?
-- A row is one later printing of a text: an article of a cluster beside the one that stands for it, the first.
-- first_outlet, first_day: where and when the text was printed first; null where the page does not say.
-- days_later: days between both; null where either day is unknown.
-- share_of_text: share of this printing's passages that the first has; null for copies by way of others.
-- share_of_first: share of the first's passages that this printing has; the rest was cut or rewritten.
WITH sides AS (
    SELECT article_id, other_article_id, relation, containment, other_containment FROM duplicates
    UNION ALL
    SELECT other_article_id, article_id, relation, other_containment, containment FROM duplicates
),
wordings AS (
    SELECT article_id, other_article_id AS worded_as FROM duplicates WHERE relation = 'exact'
),
pairs AS (
    SELECT again.*, first.article_id AS first_article_id, first.outlet AS first_outlet, first.day AS first_day,
        coalesce(mine.worded_as, again.article_id) AS worded_as,
        coalesce(theirs.worded_as, first.article_id) AS first_worded_as
    FROM printings AS again
    JOIN printings AS first ON first.cluster_id = again.cluster_id AND first.is_canonical
    LEFT JOIN wordings AS mine ON mine.article_id = again.article_id
    LEFT JOIN wordings AS theirs ON theirs.article_id = first.article_id
    WHERE NOT again.is_canonical
)
SELECT
    pairs.headline,
    pairs.first_outlet,
    pairs.outlet,
    pairs.first_day,
    pairs.day,
    date_diff('day', pairs.first_day, pairs.day) AS days_later,
    CASE WHEN pairs.worded_as = pairs.first_worded_as THEN 'exact' ELSE sides.relation END AS relation,
    CASE WHEN pairs.worded_as = pairs.first_worded_as THEN 1 ELSE sides.containment END AS share_of_text,
    CASE WHEN pairs.worded_as = pairs.first_worded_as THEN 1 ELSE sides.other_containment END AS share_of_first,
    pairs.article_id,
    pairs.first_article_id
FROM pairs
LEFT JOIN sides
    ON sides.article_id IN (pairs.article_id, pairs.worded_as)
    AND sides.other_article_id IN (pairs.first_article_id, pairs.first_worded_as)
QUALIFY row_number() OVER (PARTITION BY pairs.article_id ORDER BY sides.article_id, sides.other_article_id) = 1
ORDER BY pairs.first_day NULLS LAST, pairs.first_article_id, pairs.day NULLS LAST, pairs.article_id
