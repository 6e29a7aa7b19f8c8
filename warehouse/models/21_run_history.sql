-- Which runs were there, and how did they end?
-- A row is one run, the newest first.
-- run_number: from 1, the oldest.
-- document_count, rejected_count: input records this run added.
-- failed_check_count: checks that found bad data.
-- error_check_count: checks that could not be run themselves.
-- quarantined_count: rows kept out of their tables that no run before kept out.
WITH added AS (
    SELECT run_id, count(*) AS documents, count(*) FILTER (WHERE status = 'rejected') AS rejected
    FROM documents GROUP BY run_id
),
checked AS (
    SELECT
        run_id,
        count(*) AS checks,
        count(*) FILTER (WHERE NOT is_error AND NOT success) AS failed,
        count(*) FILTER (WHERE is_error) AS errors
    FROM checks GROUP BY run_id
),
held AS (
    SELECT run_id, count(*) AS held FROM quarantine GROUP BY run_id
)
SELECT
    row_number() OVER (ORDER BY runs.started_at, runs.run_id) AS run_number,
    runs.run_id,
    runs.started_at,
    runs.finished_at,
    round(epoch(runs.finished_at) - epoch(runs.started_at), 1) AS seconds,
    runs.status,
    runs.inputs,
    coalesce(added.documents, 0) AS document_count,
    coalesce(added.rejected, 0) AS rejected_count,
    coalesce(checked.checks, 0) AS check_count,
    coalesce(checked.failed, 0) AS failed_check_count,
    coalesce(checked.errors, 0) AS error_check_count,
    coalesce(held.held, 0) AS quarantined_count,
    runs.counts,
    runs.versions,
    runs.settings
FROM runs
LEFT JOIN added USING (run_id)
LEFT JOIN checked USING (run_id)
LEFT JOIN held USING (run_id)
ORDER BY run_number DESC
