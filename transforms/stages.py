"""The stages of the pipeline, in order."""

from transforms.articles import articles
from transforms.blocks import blocks
from transforms.changes import changes
from transforms.clues import clues
from transforms.clusters import clusters
from transforms.dates import dates
from transforms.documents import documents
from transforms.duplicates import duplicates
from transforms.entities import entities
from transforms.entity_map import entity_map
from transforms.expressions import expressions
from transforms.fingerprints import fingerprints
from transforms.mentions import mentions
from transforms.publications import publications
from transforms.quotations import quotations
from transforms.quotes import quotes
from transforms.stage import Named, Stage, known, new
from warehouse import schema

_ORDER = ("article_id", "published_on", "published_at")
_PLACE = (*_ORDER, "word_count")
_EDGE = ("article_id", "other_article_id", "relation", "containment", "other_containment")
_PAIR = ("article_id", "other_article_id", "relation")
_TEXT = ("article_id", "text", "segments")
_VERSIONS = Named(schema.DUPLICATES, "relation", "version")
_SOURCE = ("article_id", "uri", "record_number", "given")
_NAME = ("entity_key", "label", "surface")
_STATED = ("article_id", "published_on", "published_source", "published_raw_start", "published_raw_end")
_WORDING = ("article_id", "words_hash", "shingle_count", "has_frame")
_QUOTE = ("article_id", "surface")
_INTERVAL = ("article_id", "earliest", "latest", "basis")
_READABLE = (new(schema.DOCUMENTS), new(schema.BLOCKS), new(schema.ARTICLES))

STAGES = (
    Stage(documents, (new(schema.RECORDS),), schema.DOCUMENTS, "clean", ("max_characters",)),
    Stage(blocks, (new(schema.DOCUMENTS),), schema.BLOCKS, "clean", ("clean",)),
    Stage(articles, (new(schema.DOCUMENTS), new(schema.BLOCKS)), schema.ARTICLES, "clean"),
    Stage(
        fingerprints,
        (new(schema.ARTICLES, "article_id", "text"), new(schema.BLOCKS, "article_id", "rule")),
        schema.FINGERPRINTS,
        "fingerprint",
    ),
    Stage(
        duplicates,
        (
            new(schema.FINGERPRINTS),
            known(schema.FINGERPRINTS),
            new(schema.ARTICLES, *_ORDER),
            known(schema.ARTICLES, *_ORDER),
            new(schema.DOCUMENTS, *_SOURCE, "run_id"),
            known(schema.DOCUMENTS, *_SOURCE, "run_id"),
        ),
        schema.DUPLICATES,
        "compare",
    ),
    Stage(
        changes,
        (
            new(schema.DUPLICATES, *_PAIR),
            new(schema.ARTICLES, *_TEXT, of=_VERSIONS),
            known(schema.ARTICLES, *_TEXT, of=_VERSIONS),
        ),
        schema.CHANGES,
        "compare",
    ),
    Stage(
        clusters,
        (
            new(schema.ARTICLES, *_PLACE),
            known(schema.ARTICLES, *_PLACE),
            new(schema.DUPLICATES, *_EDGE),
            known(schema.DUPLICATES, *_EDGE),
            known(schema.CLUSTERS),
        ),
        schema.CLUSTERS,
        "compare",
    ),
    Stage(expressions, _READABLE, schema.EXPRESSIONS, "extract"),
    Stage(clues, (*_READABLE, new(schema.EXPRESSIONS)), schema.CLUES, "extract"),
    Stage(mentions, _READABLE, schema.MENTIONS, "extract", ("tagger",)),
    Stage(quotations, (*_READABLE, new(schema.MENTIONS)), schema.QUOTATIONS, "extract"),
    Stage(quotes, (new(schema.QUOTATIONS), known(schema.QUOTES)), schema.QUOTES, "link"),
    Stage(
        entity_map,
        (
            new(schema.MENTIONS, "article_id", *_NAME),
            known(schema.MENTIONS, "article_id", *_NAME, "run_id"),
            known(schema.ENTITY_MAP, "entity_id"),
        ),
        schema.ENTITY_MAP,
        "link",
        ("aliases",),
    ),
    Stage(
        entities,
        (new(schema.MENTIONS, *_NAME), known(schema.MENTIONS, *_NAME), new(schema.ENTITY_MAP)),
        schema.ENTITIES,
        "link",
        ("aliases",),
    ),
    Stage(
        publications,
        (
            new(schema.ARTICLES, *_STATED),
            new(schema.CLUES),
            known(schema.PUBLICATIONS),
            new(schema.FINGERPRINTS, *_WORDING),
            known(schema.FINGERPRINTS, *_WORDING),
            new(schema.DUPLICATES),
            known(schema.DUPLICATES),
            new(schema.QUOTES, *_QUOTE),
            known(schema.QUOTES, *_QUOTE),
        ),
        schema.PUBLICATIONS,
        "link",
    ),
    Stage(dates, (new(schema.EXPRESSIONS), new(schema.PUBLICATIONS, *_INTERVAL)), schema.DATES, "resolve"),
)
