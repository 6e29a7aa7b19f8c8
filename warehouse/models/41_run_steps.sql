-- How long did the steps of each run take?
-- A row is one step of one run, the newest run first, its slowest step before the others.
-- run_age: 1 for the newest run whose times are recorded.
-- call_count: times the step was called: once, or once a batch.
-- wall_share: of the wall time of all steps of the run before its commit.
-- cpu_seconds: of the process and its workers together, so that it may exceed wall_seconds.
WITH timed AS (
    SELECT
        row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS run_age,
        run_id,
        started_at,
        unnest(from_json(
            steps,
            '[{"step": "VARCHAR", "call_count": "BIGINT", "wall_seconds": "DOUBLE", "cpu_seconds": "DOUBLE"}]'
        ), recursive := true)
    FROM runs
    WHERE json_valid(steps)
)
SELECT
    run_age,
    run_id,
    started_at,
    step,
    call_count,
    wall_seconds,
    wall_seconds / nullif(sum(wall_seconds) OVER (PARTITION BY run_id), 0) AS wall_share,
    cpu_seconds
FROM timed
ORDER BY run_age, wall_seconds DESC, step
