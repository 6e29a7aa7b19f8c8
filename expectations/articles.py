"""What is expected of `articles`."""

from expectations.rules import Suite, at_least, not_null, one_of, refers, sql_rule, unique_key
from warehouse.schema import ARTICLES, DOCUMENTS
from warehouse.views import CHUNK

_FETCHED = "coalesce(given->>'fetched', given->>'crawled', given->>'date_crawled')"
"""When a record was fetched, by the names archives and crawlers give it."""


def _piece(characters: str, start: str) -> str:
    """Return SQL for the `p.length` characters from `start`, in the chunk that holds them."""
    return f"{characters}[{start} % {CHUNK} + 1 : {start} % {CHUNK} + p.length]"


SUITE = Suite(
    ARTICLES,
    (
        unique_key(ARTICLES),
        not_null("article_id"),
        at_least("word_count", 1, "warning"),
        one_of("original_source_kind", ("republished", "wire", "cited", "self-reference")),
        refers(ARTICLES, "article_id", DOCUMENTS),
        sql_rule(
            "an article is not published after the run began",
            "warning",
            """
        SELECT article_id FROM run.articles, run.clock
        WHERE published_on > (started_at + INTERVAL 14 HOURS)::DATE
    """,
        ),
        sql_rule(
            "an article is not published after it was fetched",
            "warning",
            f"""
        SELECT article_id FROM run.articles JOIN run.documents USING (article_id)
        WHERE published_on > (TRY_CAST({_FETCHED} AS TIMESTAMPTZ) + INTERVAL 14 HOURS)::DATE
    """,
        ),
        sql_rule(
            "an article is not published before newspapers were",
            "warning",
            """
        SELECT article_id FROM run.articles WHERE published_on < DATE '1600-01-01'
    """,
        ),
        sql_rule(
            "a published day has a source",
            "critical",
            """
        SELECT article_id FROM run.articles WHERE (published_on IS NULL) <> (published_source IS NULL)
    """,
        ),
        sql_rule(
            "a published day has characters where a line states it",
            "critical",
            """
        SELECT article_id FROM run.articles JOIN run.documents USING (article_id)
        WHERE (coalesce(published_source, '') = 'text line')
            <> coalesce(0 <= published_raw_start AND published_raw_start < published_raw_end
                AND published_raw_end <= length(raw_text), false)
    """,
        ),
        sql_rule(
            "segments lie inside both texts",
            "critical",
            """
        SELECT DISTINCT article_id FROM (
            SELECT article_id, length(text) AS text_length, unnest(segments, recursive := true) FROM run.articles
        ) JOIN (SELECT article_id, length(raw_text) AS raw_length FROM run.documents) USING (article_id)
        WHERE text_start >= text_end OR raw_start >= raw_end OR text_end > text_length OR raw_end > raw_length
            OR (edit IS NULL AND text_end - text_start <> raw_end - raw_start)
    """,
        ),
        sql_rule(
            "segments lead from the text to the same characters of the raw text",
            "critical",
            f"""
        WITH pieces AS (
            SELECT article_id, text_start + shift AS text_start, raw_start + shift AS raw_start,
                least({CHUNK}, text_end - text_start - shift) AS length
            FROM (SELECT *, unnest(range(0, text_end - text_start, {CHUNK})) AS shift
                FROM (SELECT article_id, unnest(segments, recursive := true) FROM run.articles)
                WHERE edit IS NULL)
        )
        SELECT DISTINCT p.article_id FROM pieces AS p
        JOIN run.text_chunks AS t ON t.article_id = p.article_id AND t.chunk = p.text_start // {CHUNK}
        JOIN run.raw_chunks AS r ON r.article_id = p.article_id AND r.chunk = p.raw_start // {CHUNK}
        WHERE {_piece("t.characters", "p.text_start")} <> {_piece("r.characters", "p.raw_start")}
    """,
        ),
    ),
)
