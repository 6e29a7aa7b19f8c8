-- How does each run compare with the runs before it?
-- A row is one figure of one run that committed, the newest run first, what is unusual before the rest.
-- run_age: 1 for the newest run that was measured.
-- measure, subject: what was counted; shares are of the run's own rows, but for clusters, which are of all articles.
-- value: a count, or a share from 0 to 1.
-- typical: median of the up to 20 runs before.
-- lowest, highest: what is usual; null while there are fewer than five runs before, or too few cases.
-- recent_values: the subject's values in the up to 20 newest runs, the oldest first; 0 where a run lacks it.
WITH ages AS (
    SELECT measures.run_id, any_value(runs.started_at) AS started_at,
        row_number() OVER (ORDER BY any_value(runs.started_at) DESC, measures.run_id DESC) AS run_age
    FROM measures JOIN runs USING (run_id) GROUP BY measures.run_id
),
subjects AS (SELECT DISTINCT measure, subject FROM measures),
recent AS (
    SELECT measure, subject, list(coalesce(value, 0) ORDER BY run_age DESC) AS recent_values
    FROM subjects CROSS JOIN (FROM ages WHERE run_age <= 20) LEFT JOIN measures USING (measure, subject, run_id)
    GROUP BY measure, subject
)
SELECT
    ages.run_age,
    ages.run_id,
    ages.started_at,
    measures.measure,
    measures.subject,
    measures.part,
    measures.whole,
    measures.value,
    measures.typical,
    measures.lowest,
    measures.highest,
    measures.runs_compared,
    measures.is_unusual,
    recent.recent_values
FROM measures
JOIN ages USING (run_id)
JOIN recent USING (measure, subject)
ORDER BY ages.run_age, measures.is_unusual DESC, measures.measure, measures.part DESC, measures.subject
