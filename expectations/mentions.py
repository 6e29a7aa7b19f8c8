"""What is expected of `mentions`."""

from expectations.rules import Suite, not_null, one_of, refers, share, spans
from warehouse.schema import ARTICLES, ENTITY_MAP, MENTIONS

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "WEAPON", "PRODUCT", "LAW", "WORK")

SUITE = Suite(
    MENTIONS,
    (
        *spans(MENTIONS),
        one_of("label", LABELS),
        one_of("key_rule", ("own_name", "surname_in_article")),
        one_of("source", ("model", "gazetteer", "vote", "surname", "lexicon")),
        not_null("entity_key"),
        share("confidence"),
        refers(MENTIONS, "article_id", ARTICLES),
        refers(MENTIONS, "entity_key", ENTITY_MAP),
    ),
)
