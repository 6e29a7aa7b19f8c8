-- Which rows do not prove themselves?
-- A row is one row whose place in the raw text does not hold the characters it claims; there should be none.
-- table_name: the table the row stands in.
-- part: span, speaker (of a quote), line (of blocks), added or left_out (of changes).
-- surface: the characters claimed; null for lines and changes, which claim none of the raw text.
-- found: the characters that stand there.
-- problem: no raw text, outside the text, no characters, or other words.
WITH claims AS (
    SELECT 'dates' AS table_name, 'span' AS part, article_id, raw_start, raw_end, surface FROM dates
    UNION ALL
    SELECT 'mentions', 'span', article_id, raw_start, raw_end, surface FROM mentions
    UNION ALL
    SELECT 'quotes', 'span', article_id, raw_start, raw_end, surface FROM quotes
    UNION ALL
    SELECT 'quotes', 'speaker', article_id, speaker_raw_start, speaker_raw_end, speaker_surface
    FROM quotes
    WHERE speaker_surface IS NOT NULL OR speaker_raw_start IS NOT NULL OR speaker_raw_end IS NOT NULL
    UNION ALL
    SELECT 'blocks', 'line', article_id, raw_start, raw_end, NULL FROM blocks
    UNION ALL
    SELECT 'changes', 'added', article_id, raw_start, raw_end, NULL FROM changes WHERE added IS NOT NULL
    UNION ALL
    SELECT 'changes', 'left_out', other_article_id, other_raw_start, other_raw_end, NULL
    FROM changes
    WHERE left_out IS NOT NULL
),
lengths AS (
    SELECT article_id, length(raw_text) AS length FROM documents
),
located AS (
    SELECT
        claims.*,
        lengths.length,
        coalesce(
            long_documents.raw_text[claims.raw_start + 1 : claims.raw_end],
            raw_chunks.characters[claims.raw_start % {CHUNK} + 1 : claims.raw_start % {CHUNK} + claims.raw_end::BIGINT - claims.raw_start]
        ) AS found
    FROM claims
    LEFT JOIN lengths USING (article_id)
    LEFT JOIN raw_chunks
        ON raw_chunks.article_id = claims.article_id AND raw_chunks.chunk = claims.raw_start // {CHUNK}
    LEFT JOIN documents AS long_documents
        ON long_documents.article_id = claims.article_id AND claims.raw_end::BIGINT - claims.raw_start > {CHUNK}
),
judged AS (
    SELECT
        *,
        CASE
            WHEN length IS NULL THEN 'no raw text'
            WHEN raw_start IS NULL OR raw_end IS NULL OR raw_start < 0 OR raw_end < raw_start OR raw_end > length
                THEN 'outside the text'
            WHEN part IN ('span', 'speaker') AND raw_start = raw_end THEN 'no characters'
            WHEN part IN ('span', 'speaker') AND found IS DISTINCT FROM surface THEN 'other words'
        END AS problem
    FROM located
)
SELECT table_name, part, article_id, raw_start, raw_end, surface, found, problem
FROM judged
WHERE problem IS NOT NULL
ORDER BY table_name, article_id, raw_start NULLS FIRST, raw_end NULLS FIRST, part
