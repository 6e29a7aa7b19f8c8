-- Which two articles are copies, versions or parts of each other?
-- A row is one typed pair: the later or containing article first.
-- containment: share of the article's passages that the other has.
-- other_containment: the reverse.
-- facts_missing_share: names and numbers of the poorer side that the richer one lacks.
-- is_across_outlets: whether two different outlets printed them; null where one is not stated.
SELECT
    duplicates.relation,
    this.headline,
    other.headline AS other_headline,
    this.outlet,
    other.outlet AS other_outlet,
    this.day,
    other.day AS other_day,
    this.outlet <> other.outlet AS is_across_outlets,
    duplicates.containment,
    duplicates.other_containment,
    duplicates.jaccard,
    duplicates.facts_missing_share,
    duplicates.shared_count,
    duplicates.rule,
    duplicates.article_id,
    duplicates.other_article_id
FROM duplicates
LEFT JOIN printings AS this USING (article_id)
LEFT JOIN printings AS other ON other.article_id = duplicates.other_article_id
ORDER BY duplicates.relation, duplicates.jaccard DESC NULLS LAST, duplicates.article_id, duplicates.other_article_id
