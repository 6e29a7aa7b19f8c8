"""What is expected of `dates`."""

from expectations.rules import Suite, matches, one_of, refers, share, spans, sql_rule
from warehouse.schema import ARTICLES, DATES

SUITE = Suite(
    DATES,
    (
        *spans(DATES),
        one_of("type", ("DATE", "TIME", "DURATION", "SET")),
        one_of("anchor", ("publication", "inferred", "text", "explicit")),
        one_of("direction", ("past", "future", "present")),
        matches("value", r"[\dXPTF]|PAST_REF|PRESENT_REF|FUTURE_REF", "starts as a TIMEX3 value does"),
        share("confidence"),
        refers(DATES, "article_id", ARTICLES),
        sql_rule(
            "an interval has both ends, in order",
            "critical",
            """
        SELECT article_id, raw_start, raw_end FROM run.dates
        WHERE (date_start IS NULL) <> (date_end IS NULL) OR date_start > date_end
    """,
        ),
        sql_rule(
            "an expression without interval has its reason, and no other has one",
            "critical",
            """
        SELECT article_id, raw_start, raw_end FROM run.dates
        WHERE (date_start IS NULL) <> (unresolved_reason IS NOT NULL)
    """,
        ),
        sql_rule(
            "what is resolved against publication names its basis",
            "critical",
            """
        SELECT d.article_id, d.raw_start, d.raw_end
        FROM run.dates AS d LEFT JOIN run.publications AS p USING (article_id)
        WHERE (anchor = 'publication' AND basis IS DISTINCT FROM 'explicit')
            OR (anchor = 'inferred' AND basis IS DISTINCT FROM 'inferred')
    """,
        ),
    ),
)
