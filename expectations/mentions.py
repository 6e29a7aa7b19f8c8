"""What is expected of `mentions`."""

from expectations.rules import Suite, not_null, one_of, refers, share, spans
from warehouse.schema import ARTICLES, ENTITY_MAP, MENTIONS

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "WEAPON", "PRODUCT", "LAW", "WORK")
KEY_RULES = (
    "own_name",
    "surname_in_article",
    "first_name_in_article",
    "first_and_last_in_article",
    "acronym_in_article",
)
SOURCES = ("model", "gazetteer", "lexicon", "head", "acronym", "vote", "surname", "context")

SUITE = Suite(
    MENTIONS,
    (
        *spans(MENTIONS),
        one_of("label", LABELS),
        one_of("key_rule", KEY_RULES),
        one_of("source", SOURCES),
        not_null("entity_key"),
        share("confidence"),
        refers(MENTIONS, "article_id", ARTICLES),
        refers(MENTIONS, "entity_key", ENTITY_MAP),
    ),
)
