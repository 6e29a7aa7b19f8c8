-- Which documents were rejected, and why?
-- A row is one input record that did not become an article.
-- record_number: line or row in a file of many records; null for a file of one.
SELECT
    uri,
    record_number,
    coalesce(reason, 'no reason given') AS reason,
    media_type,
    encoding,
    byte_count,
    article_id,
    run_id
FROM documents
WHERE status = 'rejected'
ORDER BY uri, record_number NULLS FIRST, article_id
