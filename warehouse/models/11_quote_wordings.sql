-- In which wordings was a quote printed?
-- A row is one wording of one quote group; case and punctuation alone do not make another wording.
-- words: the wording, without quotation marks.
-- changes: what it leaves out of the group's first wording, in [-...-], and puts in, in {+...+}; null where nothing.
-- speakers: to whom articles with this wording attribute it.
-- outlets: who printed this wording.
SELECT
    quote_group_id,
    min(words) AS words,
    min(changes) AS changes,
    count(DISTINCT article_id) AS article_count,
    list(DISTINCT speaker ORDER BY speaker) FILTER (WHERE speaker IS NOT NULL) AS speakers,
    list(DISTINCT outlet ORDER BY outlet) FILTER (WHERE outlet IS NOT NULL) AS outlets,
    min(day) AS first_day
FROM who_said_what
GROUP BY quote_group_id, trim(regexp_replace(lower(words), '[^\p{L}\p{N}]+', ' ', 'g'))
ORDER BY quote_group_id, article_count DESC, words
