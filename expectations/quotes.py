"""What is expected of `quotes`."""

from expectations.rules import Suite, not_null, one_of, provenance, refers, share, spans
from warehouse.schema import ARTICLES, ENTITY_MAP, QUOTES

SUITE = Suite(
    QUOTES,
    (
        *spans(QUOTES),
        one_of("kind", ("full", "partial", "scare")),
        not_null("quote_group_id"),
        share("confidence"),
        refers(QUOTES, "article_id", ARTICLES),
        refers(QUOTES, "speaker_entity_key", ENTITY_MAP, "entity_key"),
        provenance(QUOTES, "speaker", "speaker_"),
    ),
)
