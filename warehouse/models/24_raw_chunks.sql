-- Which piece of the raw text holds a given character?
-- A row is one piece of one document's raw text: a slice of a long text costs as much as all before it, one of a piece does not.
-- chunk: number of the piece; it begins at code point chunk * 4096 and reaches over the next piece too.
-- characters: the piece.
SELECT
    article_id,
    chunk,
    raw_text[chunk * {CHUNK} + 1 : (chunk + 2) * {CHUNK}] AS characters
FROM (
    SELECT article_id, raw_text, unnest(range(length(raw_text) // {CHUNK} + 1)) AS chunk FROM documents
)
ORDER BY article_id, chunk
