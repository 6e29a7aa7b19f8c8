"""What is expected of `changes`."""

from expectations.rules import Rule, Suite, refers, sql_rule, unique_key
from warehouse.schema import ARTICLES, CHANGES
from warehouse.views import CHUNK


def _stands(words: str, prefix: str, article: str) -> Rule:
    """Expect words to be what stands at their offsets in the text of their article, which may be an older one."""
    start, end = f"c.{prefix}text_start", f"c.{prefix}text_end"
    # a slice costs as much as the text before it is long: short stretches are looked up in a piece of the text
    return sql_rule(
        f"{words} stands in the text of its article",
        "critical",
        f"""
        WITH texts AS MATERIALIZED (
            SELECT article_id, text FROM warehouse.articles WHERE article_id IN (SELECT {article} FROM run.changes)
        ),
        pieces AS MATERIALIZED (
            SELECT article_id, piece, text[piece * {CHUNK} + 1 : (piece + 2) * {CHUNK}] AS characters
            FROM (SELECT article_id, text, unnest(range(length(text) // {CHUNK} + 1)) AS piece FROM texts)
        )
        SELECT c.article_id, c.other_article_id, c.change_number
        FROM run.changes AS c
        LEFT JOIN pieces AS p ON p.article_id = c.{article} AND p.piece = {start} // {CHUNK}
        LEFT JOIN texts AS t ON t.article_id = c.{article} AND {end} - {start} > {CHUNK}
        WHERE {start} > {end} OR coalesce(c.{words}, '') IS DISTINCT FROM coalesce(
            t.text[{start} + 1 : {end}], p.characters[{start} % {CHUNK} + 1 : {start} % {CHUNK} + {end} - {start}]
        )
        """,
    )


SUITE = Suite(
    CHANGES,
    (
        unique_key(CHANGES),
        refers(CHANGES, "article_id", ARTICLES),
        refers(CHANGES, "other_article_id", ARTICLES, "article_id"),
        # what is said of a pair goes when the pair is related otherwise
        sql_rule(
            "the article is a version of the other",
            "critical",
            """
        SELECT article_id, other_article_id, change_number FROM run.changes
        ANTI JOIN (FROM warehouse.duplicates WHERE relation = 'version') USING (article_id, other_article_id)
    """,
        ),
        # the promise that every row can be traced to the characters it rests on, on both sides
        _stands("added", "", "article_id"),
        _stands("left_out", "other_", "other_article_id"),
        sql_rule(
            "words have a place in the raw text, and only they",
            "critical",
            """
        SELECT article_id, other_article_id, change_number FROM run.changes
        WHERE (added IS NULL AND left_out IS NULL)
            OR (added IS NOT NULL) IS DISTINCT FROM coalesce(raw_start < raw_end, false)
            OR (left_out IS NOT NULL) IS DISTINCT FROM coalesce(other_raw_start < other_raw_end, false)
    """,
        ),
        # else what lies between two stretches would not be the same words
        sql_rule(
            "changes stand in order in both texts",
            "critical",
            """
        SELECT article_id, other_article_id, change_number FROM run.changes
        WINDOW pair AS (PARTITION BY article_id, other_article_id ORDER BY change_number)
        QUALIFY text_start < lag(text_end) OVER pair OR other_text_start < lag(other_text_end) OVER pair
    """,
        ),
    ),
)
