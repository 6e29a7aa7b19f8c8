"""The stage `mentions`: named entities, and which name of the article each mention means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.names import entity_key, folded
from transforms.pages import Page, Passage, pages
from warehouse import schema

LABELS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "NORP": "NORP",
    "FAC": "FAC",
    "EVENT": "EVENT",
    "PRODUCT": "PRODUCT",
    "LAW": "LAW",
    "WORK_OF_ART": "WORK",
}
"""Dateline's labels by those of OntoNotes 5, which the spaCy models use. Others (dates, figures) are no names."""

MODEL_CONFIDENCE = 0.8
SURNAME_CONFIDENCE = 0.85
_NAME = re.compile(r"(?!(?:[Tt]he|[Aa]n?)\b)\b[^\W_].*?(?=(?:['’]s|[^\w.)])*$)")
_APART = re.compile(r"[^()]+")


class Entity(NamedTuple):
    """A span the model calls an entity, with its OntoNotes label."""

    start: int
    end: int
    label: str


Tagger = Callable[[Sequence[str]], Iterable[list[Entity]]]
"""Finds entities in texts: for each text, in order, its spans."""


def mentions(documents: pa.Table, blocks: pa.Table, articles: pa.Table, *, tagger: Tagger) -> pa.Table:
    """Find the named entities of each article's headline, deck, captions and body.

    In: rows of schema.DOCUMENTS, BLOCKS and ARTICLES; `tagger` is the NER model. Out: rows of schema.MENTIONS, in
    article order, then by raw_start.
    """
    read = list(pages(documents, blocks, articles))
    found = iter(tagger([passage.text for page in read for passage in page.passages]))
    rows = [row for page in read for row in _page_mentions(page, [next(found) for _ in page.passages])]
    return schema.MENTIONS.rows(rows)


def _page_mentions(page: Page, found: list[list[Entity]]) -> list[dict[str, Any]]:
    rows = [
        {
            "article_id": page.article["article_id"],
            **passage.span(entity.start, entity.end),
            "label": entity.label,
            "name": passage.text[entity.start : entity.end],
        }
        for passage, entities in zip(page.passages, found, strict=True)
        for entity in names_only(passage, entities)
    ]
    full_names = _full_names(rows)
    return sorted((_keyed(row, full_names) for row in rows), key=lambda row: (row["raw_start"], row["raw_end"]))


def names_only(passage: Passage, entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the entities with one of LABELS, cut to the name: no article, possessive or punctuation, one line.

    A name with its short form in brackets is two.
    """
    for start, end, label in entities:
        surface = passage.text[start:end].split("\n")[0]
        for part in _APART.finditer(surface if label in LABELS else ""):
            if name := _NAME.search(part.group()):
                at = start + part.start()
                yield Entity(at + name.start(), at + name.end(), LABELS[label])


def _full_names(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return, for each surname that one full name of the article has, that name."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        words = folded(row["name"]).split()
        if row["label"] == "PERSON" and len(words) > 1:
            names[words[-1]].add(" ".join(words))
    return {surname: next(iter(full)) for surname, full in names.items() if len(full) == 1}


def _keyed(row: dict[str, Any], full_names: dict[str, str]) -> dict[str, Any]:
    name = folded(row.pop("name"))
    full = full_names.get(name) if row["label"] == "PERSON" else None
    return row | {
        "entity_key": entity_key(row["label"], full or name),
        "key_rule": "surname_in_article" if full else "own_name",
        "source": "model",
        "confidence": SURNAME_CONFIDENCE if full else MODEL_CONFIDENCE,
    }
