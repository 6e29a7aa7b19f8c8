"""The stage `blocks`: the part each line plays on its page. Nothing is deleted; `articles` keeps what the roles say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from transforms.front_matter import front_matter
from transforms.lines.labels import PageSigns, Text, label_lines
from transforms.lines.line import Line, Role, split_lines
from transforms.readers.record import MARKDOWN
from warehouse import schema


def blocks(documents: pa.Table, *, clean: str = "lines") -> pa.Table:
    """Give every line of every accepted document a role.

    In: rows of schema.DOCUMENTS. Out: rows of schema.BLOCKS, in document order. With `clean="none"` the text is
    taken as clean already: every line that is not blank is body.
    """
    accepted = [document for document in documents.to_pylist() if document["status"] == "accepted"]
    texts = [_text(document) for document in accepted]
    labelled = [_as_given(text.lines) for text in texts] if clean == "none" else label_lines(texts)
    lines = [line for text in texts for line in text.lines]
    roles = [role for found in labelled for role in found]
    return schema.BLOCKS.of_columns(
        {
            "article_id": [
                document["article_id"] for document, text in zip(accepted, texts, strict=True) for _ in text.lines
            ],
            "block_number": [number for text in texts for number in range(len(text.lines))],
            "raw_start": [line.raw_start for line in lines],
            "raw_end": [line.raw_end for line in lines],
            "role": [role.role for role in roles],
            "probability": [role.probability for role in roles],
            "rule": [role.rule for role in roles],
        }
    )


def _text(document: dict[str, Any]) -> Text:
    is_markdown = document["media_type"] == MARKDOWN
    lines = split_lines(document["raw_text"], is_markdown=is_markdown)
    if document["page"] is None:
        end = front_matter(document["raw_text"]).end if is_markdown else 0
        return Text(lines, front=sum(line.raw_start < end for line in lines))
    facts = json.loads(document["page"])
    headline = facts["fields"].get("headline", {}).get("value")
    return Text(lines, PageSigns(headline, frozenset(facts["body_lines"])))


def _as_given(lines: Sequence[Line]) -> list[Role]:
    return [Role("body", 1.0, "given_clean") if line.text else Role("blank", 1.0, "blank") for line in lines]
