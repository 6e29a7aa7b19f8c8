-- What did the checks of the last runs say?
-- A row is one check in one of the last five runs that made any.
-- check_age: 1 for the newest of these runs, 5 for the oldest.
-- verdict: passed, failed (bad data) or error (the check itself could not be run).
-- severity: critical blocks the commit, warning sends rows to quarantine, info is only noted.
WITH recent AS (
    SELECT run_id, started_at, row_number() OVER (ORDER BY run_number DESC) AS check_age
    FROM run_history
    WHERE check_count > 0
)
SELECT
    recent.check_age,
    recent.run_id,
    recent.started_at,
    CASE
        WHEN checks.is_error OR checks.success IS NULL THEN 'error'
        WHEN checks.success THEN 'passed'
        ELSE 'failed'
    END AS verdict,
    checks.severity,
    checks.table_name,
    checks.check_name,
    checks.checked_count,
    checks.unexpected_count,
    checks.details,
    checks.sample_keys
FROM checks
JOIN recent USING (run_id)
WHERE recent.check_age <= 5
ORDER BY recent.check_age, verdict, checks.severity, checks.table_name, checks.check_name
