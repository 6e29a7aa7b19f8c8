-- How many records did each run reject, and why?
-- A row is one reason in one run, the newest run first, the commonest reason before the others.
-- record_count: records this run rejected for this reason.
-- record_share: of the records this run took in, accepted or rejected.
-- sample_uri: one of them, to look it up by.
SELECT
    run_id,
    coalesce(reason, 'no reason') AS reason,
    count(*) AS record_count,
    count(*) / any_value(taken) AS record_share,
    min(uri) AS sample_uri
FROM documents JOIN (SELECT run_id, count(*) AS taken FROM documents GROUP BY run_id) USING (run_id)
WHERE status = 'rejected'
GROUP BY run_id, reason
ORDER BY run_id DESC, record_count DESC, reason
