"""Stage: direct quotations and who said them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from transforms.pages import Passage, pages
from transforms.quoting.attribution import Attribution, attribute
from transforms.quoting.bearers import bearers
from transforms.quoting.mention import Name
from transforms.quoting.repeats import with_repeats
from transforms.quoting.scanner import find_quotes
from warehouse import schema

_Mentions = list[dict[str, Any]]
_MENTION_COLUMNS = [
    "article_id",
    "text_start",
    "text_end",
    "raw_start",
    "raw_end",
    "surface",
    "role",
    "label",
    "entity_key",
]


def quotations(documents: pa.Table, blocks: pa.Table, articles: pa.Table, mentions: pa.Table) -> pa.Table:
    """Return the direct quotations of `articles`, by article and then by place in the raw text."""
    by_article: dict[str, _Mentions] = defaultdict(list)
    for mention in mentions.select(_MENTION_COLUMNS).to_pylist():
        by_article[mention["article_id"]].append(mention)
    rows: list[dict[str, object]] = []
    for page in pages(documents, blocks, articles):
        article_id = page.article["article_id"]
        mentions_here = by_article[article_id]
        surnames = _surnames(mentions_here)
        found = [row for passage in page.passages for row in _rows(passage, mentions_here, surnames)]
        found.sort(key=lambda row: row["raw_start"])
        rows += [{"article_id": article_id, **row} for row in with_repeats(found)]
    return schema.QUOTATIONS.rows(rows)


def _surnames(mentions: _Mentions) -> dict[str, str]:
    """Return the entity keys of surnames that only one of the people named in full has."""
    keys: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        words = mention["surface"].split()
        if mention["label"] == "PERSON" and len(words) > 1 and words[-1].isalpha():
            keys[words[-1]].add(mention["entity_key"])
    return {surname: next(iter(found)) for surname, found in keys.items() if len(found) == 1}


def _rows(passage: Passage, mentions: _Mentions, surnames: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    quotes = find_quotes(passage.text)
    if not quotes:
        return
    keys = _names(passage, mentions)
    keys |= dict(bearers(passage.text, keys, surnames))
    for found in attribute(passage.text, quotes, sorted(keys)):
        yield {
            **passage.span(found.quote.start, found.quote.end),
            **_speaker(passage, found, keys),
            "cue": found.cue,
            "kind": found.kind,
            "rule": found.rule,
            "confidence": found.confidence,
        }


def _names(passage: Passage, mentions: _Mentions) -> dict[Name, str]:
    """Return the mentions in the passage, offsets in its text, with their entity keys."""
    here = [mention for mention in mentions if mention["role"] == passage.role]
    if passage.role == "body":
        return {Name(one["text_start"], one["text_end"], one["label"]): one["entity_key"] for one in here}
    starts, ends = passage.text_offsets()
    return {
        Name(starts[one["raw_start"]], ends[one["raw_end"]], one["label"]): one["entity_key"]
        for one in here
        if one["raw_start"] in starts and one["raw_end"] in ends
    }


def _speaker(passage: Passage, found: Attribution, keys: dict[Name, str]) -> dict[str, object]:
    if found.speaker is None:
        return {}
    raw_start, raw_end = passage.raw_map.raw_span(found.speaker.start, found.speaker.end)
    return {
        "speaker_surface": passage.raw_text[raw_start:raw_end],
        "speaker_raw_start": raw_start,
        "speaker_raw_end": raw_end,
        "speaker_entity_key": keys[found.speaker.name] if found.speaker.name else None,
    }
