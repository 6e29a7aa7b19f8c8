"""What is expected of `measures`: that a run is like the runs before it."""

from expectations.rules import Rule, Suite, at_least, not_null, sql_rule
from warehouse.schema import MEASURES


def _usual(measure: str, meaning: str) -> Rule:
    return sql_rule(
        meaning,
        "info",
        f"SELECT run_id, measure, subject FROM run.measures WHERE measure = '{measure}' AND is_unusual",
    )


SUITE = Suite(
    MEASURES,
    (
        not_null("value"),
        at_least("part", 0),
        # an outlet fell silent, or sends far more than it does
        _usual("articles_by_outlet", "each outlet brings as many articles as in the runs before"),
        # a feed or a reader broke
        _usual("rejected_share", "as many documents are rejected as in the runs before"),
        # a page layout changed, and a field is no longer found
        _usual("null_share", "fields of articles are missing as often as in the runs before"),
        # a source in another language is gone, or texts are garbled
        _usual("language_share", "languages have the shares they had in the runs before"),
        # publication dates went missing, and with them what they resolve
        _usual("unresolved_share", "as many dates stay unresolved as in the runs before"),
        # another model, or other text than news
        _usual("label_share", "labels of mentions have the shares they had in the runs before"),
        # the same feed came twice, or texts hold more of the page around them
        _usual("duplicate_share", "as many articles are copies as in the runs before"),
        # texts that are no copies were taken for such
        _usual("largest_cluster_share", "the largest cluster is as large as in the runs before"),
        # the day of the crawl was taken for that of publication
        _usual("day_share", "no day has more of the articles than in the runs before"),
    ),
)
