-- How much is in the warehouse?
-- A row is the whole warehouse: there is exactly one.
-- article_count: printings, copies included.
-- text_count: distinct texts: one for each cluster of copies.
-- story_count: distinct stories: versions of a text count once.
-- resolved_date_count: date expressions that were given days.
-- attributed_quote_count: quotes whose speaker was found; quotes too short to be speech are left out of both counts.
SELECT
    (SELECT count(*) FROM documents) AS document_count,
    (SELECT count(*) FROM documents WHERE status = 'rejected') AS rejected_count,
    (SELECT count(*) FROM printings) AS article_count,
    (SELECT count(*) FROM printings WHERE is_canonical) AS text_count,
    (SELECT count(DISTINCT story_id) FROM printings) AS story_count,
    (SELECT count(DISTINCT outlet) FROM printings) AS outlet_count,
    (SELECT min(day) FROM printings) AS first_day,
    (SELECT max(day) FROM printings) AS last_day,
    (SELECT count(*) FROM mentions) AS mention_count,
    (SELECT count(DISTINCT entity_id) FROM entity_mentions) AS entity_count,
    (SELECT count(*) FROM dates) AS date_count,
    (SELECT count(*) FROM dates WHERE date_start IS NOT NULL) AS resolved_date_count,
    (SELECT count(*) FROM quotes WHERE kind <> 'scare') AS quote_count,
    (SELECT count(*) FROM quotes WHERE kind <> 'scare' AND speaker_surface IS NOT NULL) AS attributed_quote_count,
    (SELECT count(*) FROM duplicates) AS duplicate_pair_count,
    (SELECT count(*) FROM quarantine) AS quarantined_count
