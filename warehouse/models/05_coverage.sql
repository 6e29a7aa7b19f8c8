-- How much did each outlet print on each day?
-- A row is one outlet on one publication day.
-- outlet: null where the page does not say.
-- day: null for articles whose publication day is unknown.
-- article_count: printings, copies included.
-- text_count: printings that stand for their copies; these add up over outlets and days.
-- story_count: distinct stories among them; a story printed by two outlets counts in both.
SELECT
    outlet,
    day,
    count(*) AS article_count,
    count(*) FILTER (WHERE is_canonical) AS text_count,
    count(DISTINCT story_id) AS story_count,
    sum(word_count)::BIGINT AS word_count
FROM printings
GROUP BY outlet, day
ORDER BY day NULLS LAST, outlet NULLS LAST
