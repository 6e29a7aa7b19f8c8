-- Which rows are in quarantine, and why?
-- A row is one reason: one check of one table that rows broke.
-- row_count: rows held back; one row may break several checks.
-- article_count: articles they belong to.
-- sample_key: the key of one such row, to look it up by.
-- last_run_id: the newest run that held such a row back.
SELECT
    table_name,
    check_name,
    reason,
    count(*) AS row_count,
    count(DISTINCT article_id) AS article_count,
    min(row_key) AS sample_key,
    max(run_id) AS last_run_id
FROM quarantine
GROUP BY table_name, check_name, reason
ORDER BY row_count DESC, table_name, check_name, reason
