"""Identity as the pipeline's stages see it: over the mentions they find, or over given ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from transforms.entities import entities
from transforms.entity_map import entity_map
from transforms.gazetteer import cities, country, territory
from transforms.identity.core import name_core
from transforms.identity.tables import designators, generic_words
from transforms.names import folded
from transforms.ner.document import Document, Mention
from transforms.ner.linking import link
from warehouse import schema

Row = dict[str, Any]
_LONGEST_ACRONYM = 5


def identify(mentions: pa.Table) -> dict[str, Row]:
    """Return {entity_key: {entity_id, name}} over rows of schema.MENTIONS."""
    none = schema.MENTIONS.empty()
    keys = entity_map(mentions, none, schema.ENTITY_MAP.empty())
    names = entities(mentions, none, keys)
    by_id = dict(zip(names["entity_id"].to_pylist(), names["name"].to_pylist(), strict=True))
    return {
        row["entity_key"]: {"entity_id": row["entity_id"], "name": by_id[row["entity_id"]]} for row in keys.to_pylist()
    }


def cluster_given(docs: Iterable[Row]) -> Iterator[Row]:
    """Yield {id, cluster} for the mentions {id, start, end, surface, type} given in each record.

    Names are linked inside each document first, as the pipeline does.
    """
    rows = [row for doc in docs for row in _given(doc)]
    found = identify(schema.MENTIONS.rows([{name: row[name] for name in row if name != "id"} for row in rows]))
    for row in rows:
        yield {"id": row["id"], "cluster": found[row["entity_key"]]["entity_id"]}


def _given(doc: Row) -> Iterator[Row]:
    given = doc["mentions"]
    spans = [_as_mention(mention) for mention in given]
    for mention, linked in zip(given, link(Document([doc["text"]]), spans), strict=True):
        yield {
            "id": mention["id"],
            "article_id": doc["id"],
            "label": linked.mention.label,
            "surface": doc["text"][linked.mention.start : linked.mention.end],
            "entity_key": linked.entity_key,
        }


def _as_mention(mention: Row) -> Mention:
    surface = mention["surface"]
    core = name_core(surface, "LOC" if mention["type"] == "PLACE" else "PERSON")
    label = _label(core, mention["type"])
    at = surface.find(core)
    start, end = (at, at + len(core)) if at >= 0 else (0, len(surface))
    return Mention(0, mention["start"] + start, mention["start"] + end, label, "model")


def _label(name: str, given: str) -> str:
    """Return the label the pipeline would give a name of a coarse type."""
    if given == "PLACE":
        return "GPE" if cities(name) or country(name) or territory(name) else "LOC"
    words = folded(name).split()
    is_acronym = len(words) == 1 and name.replace(".", "").isupper() and len(words[0]) <= _LONGEST_ACRONYM
    is_company = any(word in generic_words() or word in designators() for word in words)
    return "ORG" if is_acronym or is_company else "PERSON"
