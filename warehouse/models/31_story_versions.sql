-- What did a later version of a story add, and what did it leave out?
-- A row is one version beside an earlier text of the same story.
-- added: its sentences that the earlier text does not have, in their order; case and spacing do not matter.
-- left_out: the earlier text's sentences that it does not have; one in which a word was changed stands in both.
WITH versions AS (
    SELECT article_id, other_article_id FROM duplicates WHERE relation = 'version'
),
sentences AS (
    SELECT
        article_id,
        regexp_replace(trim(text), '([.!?]["”’)]*)\s+(["“‘(]*\p{Lu})', '\1' || chr(10) || '\2', 'g') AS parted,
        list_filter(regexp_split_to_array(parted, '\s*\n\s*'), lambda one : one <> '') AS said,
        list_transform(said, lambda one : trim(regexp_replace(lower(one), '[^\p{L}\p{N}]+', ' ', 'g'))) AS folded
    FROM articles
    WHERE article_id IN (SELECT article_id FROM versions UNION SELECT other_article_id FROM versions)
)
SELECT
    this.story_id,
    this.headline,
    other.headline AS other_headline,
    this.outlet,
    other.outlet AS other_outlet,
    this.day,
    other.day AS other_day,
    list_filter(later.said, lambda one, number : NOT list_contains(earlier.folded, later.folded[number])) AS added,
    list_filter(earlier.said, lambda one, number : NOT list_contains(later.folded, earlier.folded[number])) AS left_out,
    versions.article_id,
    versions.other_article_id
FROM versions
JOIN sentences AS later USING (article_id)
JOIN sentences AS earlier ON earlier.article_id = versions.other_article_id
JOIN printings AS this ON this.article_id = versions.article_id
JOIN printings AS other ON other.article_id = versions.other_article_id
ORDER BY this.story_id, this.day NULLS LAST, versions.article_id, versions.other_article_id
