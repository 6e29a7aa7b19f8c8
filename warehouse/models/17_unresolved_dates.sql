-- Which date expressions could not be given days, and why?
-- A row is one date expression without days.
-- unresolved_reason: why; 'no reason given' would be a fault of the pipeline.
-- value: what is known all the same, as a TIMEX3 value such as XXXX-05-03.
-- context: the words around it, up to 60 characters on each side.
SELECT
    coalesce(dates.unresolved_reason, 'no reason given') AS unresolved_reason,
    dates.surface,
    dates.type,
    dates.value,
    dates.granularity,
    dates.rule,
    printings.headline,
    printings.outlet,
    printings.basis,
    trim(regexp_replace(
        documents.raw_text[greatest(dates.raw_start - 60, 0) + 1 : dates.raw_end + 60], '\s+', ' ', 'g'
    )) AS context,
    dates.article_id,
    dates.raw_start,
    dates.raw_end
FROM dates
LEFT JOIN documents USING (article_id)
LEFT JOIN printings USING (article_id)
WHERE dates.date_start IS NULL
ORDER BY unresolved_reason, dates.article_id, dates.raw_start, dates.raw_end
