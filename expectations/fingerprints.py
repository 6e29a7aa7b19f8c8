"""What is expected of `fingerprints`."""

from expectations.rules import Suite, at_least, not_null, refers, unique_key
from warehouse.schema import ARTICLES, FINGERPRINTS

SUITE = Suite(
    FINGERPRINTS,
    (
        unique_key(FINGERPRINTS),
        not_null("words_hash"),
        at_least("shingle_count", 0),
        refers(FINGERPRINTS, "article_id", ARTICLES),
    ),
)
