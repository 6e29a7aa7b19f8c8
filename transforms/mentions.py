"""The stage `mentions`: named entities, and which name of the article each mention means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from transforms.ner import layered
from transforms.ner.document import Document, Entity
from transforms.ner.linking import Linked
from transforms.pages import Page, pages
from warehouse import schema

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


def _page_mentions(page: Page, entities: list[list[Entity]]) -> list[dict[str, Any]]:
    document = Document([passage.text for passage in page.passages])
    rows = [_row(page, linked) for linked in layered(document, entities)]
    return sorted(rows, key=lambda row: (row["raw_start"], row["raw_end"]))


def _row(page: Page, linked: Linked) -> dict[str, Any]:
    mention = linked.mention
    return {
        "article_id": page.article["article_id"],
        **page.passages[mention.passage].span(mention.start, mention.end),
        "label": mention.label,
        "entity_key": linked.entity_key,
        "key_rule": linked.key_rule,
        "source": mention.source,
        "confidence": linked.confidence,
    }
