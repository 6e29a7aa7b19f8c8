"""The stage `articles`: the kept lines as one clean text, and what the page, its lines and its record say of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.lines.patterns import CAPITAL, DAY, NAME
from transforms.published import Published, published
from transforms.segments import Cleaned, clean_line, join_lines
from warehouse import schema

_BODY_ROLES = ("body", "contributor")
_DATELINE = re.compile(
    rf"(?P<place>{CAPITAL}(?:{CAPITAL}|[ .,'’/-]){{1,40}}(?:{CAPITAL}|\.))(?:, {CAPITAL}[\w. ]{{1,30}})?\s*"
    r"(?:\((?P<wire>[^()]{2,40})\))?\s*[—–-]{1,2}\s",
)
_CREDIT = re.compile(r"\b(?:on|in|at|by) (?:the )?(?P<source>.{2,120}?)[.\s]*$", re.IGNORECASE)
_OWNERS = tuple(
    re.compile(
        rf"{before}[\s\d©,–-]*(?P<owner>[^\W\d][^.|\d©]{{1,59}}?)[\s,–-]*(?:\.|\||\d{{4}}|all rights|©|\(c\)|$)",
        re.IGNORECASE,
    )
    for before in (r"(?:copyright(?: ©| \(c\))?|©|\(c\))", r"^(?!copyright|all rights)")
)
_OWNER_CHARACTERS = 200
_JOB = re.compile(r"\b(?:bureau|chief|correspondent|desk|editor|reporter|staff|writer)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_BYLINE = re.compile(rf"(?:By|BY|Words by|Story by) (?P<names>{NAME}(?:(?:,| and|, and| &) {NAME})*)")
_TRAILING_DAY = re.compile(rf" {DAY}.*$", re.IGNORECASE)
_NAMES = re.compile(r",? (?:and|&) |, |; ?")
_LABELLED = re.compile(r"(?:first |last )?(?:published|posted|updated|modified|date)\b", re.IGNORECASE)
_CAPTION_LABEL = re.compile(r"^(?:photo(?:graph)?|image|picture|caption):\s*", re.IGNORECASE)


class Block(NamedTuple):
    """One line with its role and its cleaned text."""

    role: str
    rule: str
    cleaned: Cleaned

    @property
    def text(self) -> str:
        """The cleaned words."""
        return self.cleaned.text


def articles(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """Clean each accepted document.

    In: rows of schema.DOCUMENTS and their schema.BLOCKS. Out: one row of schema.ARTICLES an accepted document, in
    document order; `text` is empty where no line is body.
    """
    parts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for block in blocks.to_pylist():
        parts[block["article_id"]].append(block)
    return schema.ARTICLES.rows(
        [
            article(document, parts[document["article_id"]])
            for document in documents.to_pylist()
            if document["status"] == "accepted"
        ]
    )


def article(document: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the articles row of one document and its blocks."""
    lines = list(_lines(document["raw_text"], blocks))
    given = json.loads(document["given"] or "{}")
    page = json.loads(document["page"] or "{}").get("fields", {})
    stated = {name: field["value"] for name, field in page.items()}
    body = join_lines([line.cleaned for line in lines if line.role in _BODY_ROLES])
    dates = published(given, page, list(_date_lines(lines)))
    return {
        "article_id": document["article_id"],
        "text": body.text,
        "segments": [segment._asdict() for segment in body.segments],
        "word_count": len(body.text.split()),
        "captions": [_CAPTION_LABEL.sub("", line.text) for line in lines if line.role == "caption"],
        **_names(given, stated, lines),
        **_origin(lines, body.text),
        **_dates(dates),
    }


def _lines(raw_text: str, blocks: list[dict[str, Any]]) -> Iterator[Block]:
    for block in blocks:
        if block["role"] != "blank":
            yield Block(block["role"], block["rule"], clean_line(raw_text, block["raw_start"], block["raw_end"]))


def _date_lines(lines: list[Block]) -> Iterator[str]:
    """Yield the lines that may date the article: below its first words a bare date is that of some event."""
    is_above = True
    for line in lines:
        is_above = is_above and line.role != "body"
        if line.rule == "date_line" and (is_above or _LABELLED.match(line.text)):
            yield line.text


def _names(given: dict[str, Any], stated: dict[str, str], lines: list[Block]) -> dict[str, Any]:
    """What came with the record wins over mark-up, and that over lines; a headline or deck on the page is quoted."""
    byline = _first(lines, "byline")
    return {
        "headline": _text(given.get("title")) or _first(lines, "headline") or stated.get("headline"),
        "deck": _text(given.get("deck")) or _first(lines, "deck") or stated.get("deck"),
        "byline": byline,
        "authors": _authors(given, stated, byline),
        "outlet": _text(given.get("source")) or stated.get("outlet") or _owner(lines),
        "section": _text(given.get("section")) or stated.get("section") or _first(lines, "section"),
        "language": _language(_text(given.get("language")) or stated.get("language") or ""),
        "url": _text(given.get("url")) or stated.get("url"),
    }


def _text(value: object) -> str | None:
    return clean_line(value).text or None if isinstance(value, str) else None


def _language(tag: str) -> str | None:
    found = _LANGUAGE.fullmatch(tag)
    return found[1].lower() if found else None


def _first(lines: list[Block], role: str) -> str | None:
    return next((line.text for line in lines if line.role == role), None)


def _authors(given: dict[str, Any], stated: dict[str, str], byline: str | None) -> list[str]:
    listed = given.get("authors") or given.get("author")
    if isinstance(listed, list):
        return [name for item in listed if (name := _text(item.get("name") if isinstance(item, dict) else item))]
    names = _text(listed) or stated.get("authors")
    if names is None and byline and (found := _BYLINE.match(_TRAILING_DAY.sub("", byline))):
        return [name for name in _NAMES.split(found["names"]) if not _JOB.search(name)]
    return [name for name in _NAMES.split(names or "") if name and "://" not in name]


def _owner(lines: list[Block]) -> str | None:
    """Return who the copyright line names."""
    line = (_first(lines, "copyright") or "")[:_OWNER_CHARACTERS]
    found = next(filter(None, (owner.search(line) for owner in _OWNERS)), None)
    return found["owner"].strip() if found else None


def _origin(lines: list[Block], text: str) -> dict[str, str | None]:
    """Where the text was taken from and where it was reported."""
    dateline = _DATELINE.match(text)
    if dateline and not dateline["place"].isupper():
        dateline = None
    credit = _first(lines, "source_credit")
    source = _CREDIT.search(credit) if credit else None
    wire = dateline["wire"] if dateline else None
    return {
        "dateline_place": _place(dateline["place"]) if dateline else None,
        "original_source": source["source"] if source else wire,
        "original_source_kind": "republished" if source else "wire" if wire else None,
    }


def _place(capitals: str) -> str:
    """Write a dateline's place as a name.

    >>> _place("NEW YORK")
    'New York'
    """
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: word.group().capitalize(), capitals).strip(" ,")


def _dates(dates: Published) -> dict[str, Any]:
    return {
        "published_on": dates.published_on,
        "published_at": dates.published_at,
        "modified_at": dates.modified_at,
        "published_source": dates.source,
    }
