"""What is expected of `entities`."""

from expectations.mentions import LABELS
from expectations.rules import Suite, matches, not_null, one_of, unique_key
from warehouse.schema import ENTITIES

SUITE = Suite(
    ENTITIES,
    (
        unique_key(ENTITIES),
        not_null("name"),
        one_of("type", LABELS),
        matches("country", r"[A-Z]{2}$", "is an ISO 3166 alpha-2 code", "critical"),
    ),
)
