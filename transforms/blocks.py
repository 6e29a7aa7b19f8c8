"""The stage `blocks`: the part each line plays on its page. Nothing is deleted; `articles` keeps what the roles say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

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
    return schema.BLOCKS.rows(
        [
            {
                "article_id": document["article_id"],
                "block_number": number,
                "raw_start": line.raw_start,
                "raw_end": line.raw_end,
                "role": role.role,
                "probability": role.probability,
                "rule": role.rule,
            }
            for document, text, roles in zip(accepted, texts, labelled, strict=True)
            for number, (line, role) in enumerate(zip(text.lines, roles, strict=True))
        ]
    )


def _text(document: dict[str, Any]) -> Text:
    lines = split_lines(document["raw_text"], is_markdown=document["media_type"] == MARKDOWN)
    if document["page"] is None:
        return Text(lines)
    facts = json.loads(document["page"])
    headline = facts["fields"].get("headline", {}).get("value")
    return Text(lines, PageSigns(headline, frozenset(facts["body_lines"])))


def _as_given(lines: Sequence[Line]) -> list[Role]:
    return [Role("body", 1.0, "given_clean") if line.text else Role("blank", 1.0, "blank") for line in lines]
