-- Which lines does an outlet print on page after page?
-- A row is one line of an outlet that stands on pages of at least two stories, copies and versions counted once.
-- kept_count: pages on which it was kept as part of the text; furniture that slipped through stands on top.
-- story_count: different stories that carry it.
SELECT
    a.outlet,
    lower(trim(d.raw_text[b.raw_start + 1 : b.raw_end])) AS line,
    count(*) FILTER (b.role IN ('body', 'contributor')) AS kept_count,
    count(*) AS page_count,
    count(DISTINCT c.story_id) AS story_count,
    list(DISTINCT b.role ORDER BY b.role) AS roles
FROM blocks AS b
JOIN documents AS d USING (article_id)
JOIN articles AS a USING (article_id)
JOIN clusters AS c USING (article_id)
WHERE b.role <> 'blank' AND a.outlet IS NOT NULL
GROUP BY ALL
HAVING count(DISTINCT c.story_id) > 1
ORDER BY kept_count DESC, story_count DESC, outlet, line
