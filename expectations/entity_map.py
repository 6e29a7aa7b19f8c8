"""What is expected of `entity_map`."""

from expectations.rules import Suite, at_least, not_null, refers, unique_key
from warehouse.schema import ENTITIES, ENTITY_MAP

SUITE = Suite(
    ENTITY_MAP,
    (
        unique_key(ENTITY_MAP),
        not_null("rule"),
        at_least("evidence_count", 1),
        refers(ENTITY_MAP, "entity_id", ENTITIES),
    ),
)
