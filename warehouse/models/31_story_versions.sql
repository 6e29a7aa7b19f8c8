-- What did a later version of a story change, word for word?
-- A row is one version beside an earlier text of the same story.
-- added_count, left_out_count: words (between spaces) that only the later text has there, and that only the earlier one has.
-- changes: what was changed, in the order of the text: [-words left out-] and {+words added+}; the table changes has each with its places.
-- marked_text: the later text with these marks in it; null for texts of more than 100,000 characters.
WITH changed AS (
    SELECT
        *,
        coalesce(lag(text_end) OVER pair, 0) AS done,
        concat_ws(' ', '[-' || left_out || '-]', '{+' || added || '+}') AS mark
    FROM changes
    WINDOW pair AS (PARTITION BY article_id, other_article_id ORDER BY change_number)
),
told AS (
    SELECT
        article_id,
        other_article_id,
        sum(len(string_split_regex(trim(added), '\s+'))) AS added_count,
        sum(len(string_split_regex(trim(left_out), '\s+'))) AS left_out_count,
        list(regexp_replace(mark, '\s+', ' ', 'g') ORDER BY change_number) AS changes,
        string_agg(
            CASE WHEN length(text) <= 100000 THEN text[done + 1 : text_start] || mark || if(added IS NULL, ' ', '') END,
            '' ORDER BY change_number
        ) || any_value(text)[max(text_end) + 1 :] AS marked_text
    FROM changed JOIN articles USING (article_id)
    GROUP BY ALL
)
SELECT
    this.story_id,
    this.headline,
    other.headline AS other_headline,
    this.outlet,
    other.outlet AS other_outlet,
    this.day,
    other.day AS other_day,
    coalesce(told.added_count, 0)::BIGINT AS added_count,
    coalesce(told.left_out_count, 0)::BIGINT AS left_out_count,
    coalesce(told.changes, []) AS changes,
    told.marked_text,
    versions.article_id,
    versions.other_article_id
FROM duplicates AS versions
LEFT JOIN told USING (article_id, other_article_id)
JOIN printings AS this ON this.article_id = versions.article_id
JOIN printings AS other ON other.article_id = versions.other_article_id
WHERE versions.relation = 'version'
ORDER BY this.story_id, this.day NULLS LAST, versions.article_id, versions.other_article_id
