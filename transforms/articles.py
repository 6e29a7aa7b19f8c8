"""The stage `articles`: the kept lines as one clean text, and what its record, page and lines say of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.languages import detect_surely
from transforms.markup.fields.titles import TITLE_CHARACTERS, alike
from transforms.origins import dateline, origin, owner, self_label
from transforms.people import agency, by_line_people, people, signed_people
from transforms.published import DateLine, Found, modified, published
from transforms.segments import Cleaned, RawMap, clean_line, join_lines
from warehouse import schema

_BODY_ROLES = ("body", "contributor")
_NO_DATE_ROLES = ("caption", "caption_repeat", "copyright", "headline", "headline_repeat", "source_credit")
_UNDATED_ROLES = (*_BODY_ROLES, *_NO_DATE_ROLES)
_UNDER_HEADLINE = 15
"""Most lines under a page's headline among which byline and date stand."""
_BEHIND_TEXT = 6
"""Most lines behind a page's text that may still be of it; further down stand other stories."""
_LABEL_WORDS = 8
"""Most words of a line under a page's headline that may date it though mark-up counts it as body."""
_ABOVE_HEADLINE = 3
"""Most lines above a page's headline that may date it; further up stands the day it was looked at."""
_ALIKE = 0.7
"""How alike a line must be to a headline that no line is, to stand for it."""
_TITLE_CHARACTERS = 200
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_LANGUAGE_CHARACTERS = 200
"""Fewest characters that tell a language better than mark-up does."""
_CAPTION_LABEL = re.compile(r"^(?:photo(?:graph)?|image|picture|caption):\s*", re.IGNORECASE)

Part = tuple[int, str, int, int]
"""The number of a line, its role and its raw span."""
Field = tuple[str | None, str]
"""A value and where it was read."""


class Block(NamedTuple):
    """One line with its role and its cleaned text; `number` counts the document's lines from 0."""

    number: int
    role: str
    cleaned: Cleaned

    @property
    def text(self) -> str:
        """The cleaned words."""
        return self.cleaned.text


class Given(NamedTuple):
    """What an article's fields are read from: its record's metadata, its page's mark-up, its lines."""

    record: dict[str, Any]
    page: dict[str, dict[str, str]]
    lines: list[Block]
    is_page: bool

    def given(self, name: str) -> Field:
        """Return a field of the record."""
        return _text(self.record.get(name)), f"given {name}"

    def stated(self, name: str) -> Field:
        """Return a field of the page's mark-up."""
        field = self.page.get(name)
        return (field["value"], field["source"]) if field else (None, "")

    def line(self, role: str) -> Field:
        """Return the first line of a role."""
        found = next((line for line in self.lines if line.role == role), None)
        return (found.text, _place(found, role)) if found else (None, "")


def articles(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """Clean each accepted document.

    In: rows of schema.DOCUMENTS and their schema.BLOCKS. Out: one row of schema.ARTICLES an accepted document, in
    document order; `text` is empty where no line is body.
    """
    parts = _parts(blocks)
    return schema.ARTICLES.rows(
        [
            article(document, parts[document["article_id"]])
            for document in documents.to_pylist()
            if document["status"] == "accepted"
        ]
    )


def _parts(blocks: pa.Table) -> defaultdict[str, list[Part]]:
    """Return the lines of each article that are not blank."""
    parts: defaultdict[str, list[Part]] = defaultdict(list)
    columns = (blocks[name].to_pylist() for name in ("article_id", "block_number", "role", "raw_start", "raw_end"))
    for article_id, *part in zip(*columns, strict=True):
        if part[1] != "blank":
            parts[article_id].append(tuple(part))
    return parts


def article(document: dict[str, Any], parts: Iterable[Part]) -> dict[str, Any]:
    """Return the articles row of one document and its lines."""
    page = json.loads(document["page"]) if document["page"] else None
    from_ = Given(
        json.loads(document["given"] or "{}"),
        page.get("fields", {}) if page else {},
        [Block(number, role, clean_line(document["raw_text"], *span)) for number, role, *span in parts],
        page is not None,
    )
    kept = [line.cleaned for line in from_.lines if line.role in _BODY_ROLES]
    body = join_lines(kept)
    fields = _fields(from_, body.text)
    language = fields["language"][0]
    row = {
        "article_id": document["article_id"],
        "text": body.text,
        "segments": body.segments,
        "word_count": sum(line.text.count(" ") + 1 for line in kept),
        "captions": [_CAPTION_LABEL.sub("", line.text) for line in from_.lines if line.role == "caption"],
        **{name: value for name, (value, _) in fields.items()},
    }
    authors, read_at = _authors(from_)
    days, day_sources = _days(from_, language)
    sources = {name: source for name, (value, source) in fields.items() if value} | day_sources
    if authors:
        sources["authors"] = read_at
    return row | days | {"authors": authors, "sources": json.dumps(sources, ensure_ascii=False, sort_keys=True)}


def _fields(from_: Given, text: str) -> dict[str, Field]:
    """Return each field of one value with its source: given wins over mark-up, and that over lines."""
    headline = _first(from_.given("title"), from_.stated("headline"), from_.line("headline"))
    outlet = _first(from_.given("source"), from_.stated("outlet"), _printed_outlet(from_))
    credit, agency_name = from_.line("source_credit"), from_.stated("agency")[0] or agency(_bylines(from_))
    origin_ = origin(text, headline[0], outlet[0], credit[0], agency_name)
    where = credit[1] if origin_ and origin_.kind == "republished" else origin_.where if origin_ else ""
    return {
        "headline": headline,
        "deck": _first(from_.given("deck"), from_.line("deck"), _printed_deck(from_)),
        "byline": from_.line("byline"),
        "outlet": outlet,
        "original_source": (origin_.source if origin_ else None, where),
        "original_source_kind": (origin_.kind if origin_ else None, where),
        "dateline_place": (dateline(text)[0], "dateline"),
        "section": _first(from_.given("section"), from_.stated("section"), from_.line("section")),
        "language": _language(from_, text),
        "url": _first(from_.given("url"), from_.stated("url")),
    }


def _first(*fields: Field) -> Field:
    return next((field for field in fields if field[0]), (None, ""))


def _text(value: object) -> str | None:
    return clean_line(value).text or None if isinstance(value, str) else None


def _place(line: Block, what: str) -> str:
    return f"line {line.number + 1} {what}"


def _language(from_: Given, text: str) -> Field:
    given, stated = (
        (_code(value or ""), source) for value, source in (from_.given("language"), from_.stated("language"))
    )
    detected = detect_surely(text), "detected"
    return _first(given, detected, stated) if len(text) >= _LANGUAGE_CHARACTERS else _first(given, stated, detected)


def _code(tag: str) -> str | None:
    found = _LANGUAGE.fullmatch(tag)
    return found[1].lower() if found else None


def _printed_deck(from_: Given) -> Field:
    """Return what mark-up calls the description, where the page prints it as a line that is no body."""
    stated, source = from_.stated("deck")
    is_printed = any(line.text == stated and line.role not in _BODY_ROLES for line in from_.lines)
    return (stated, source) if is_printed else (None, "")


def _printed_outlet(from_: Given) -> Field:
    """Return who a label over other stories names, or the owner in full where that begins with the label's name."""
    others = (line for line in from_.lines if line.role not in _BODY_ROLES)
    label = _first(*((self_label(line.text), _place(line, "label")) for line in others))
    owned = _owner(from_)
    return owned if owned[0] and owned[0].startswith(label[0] or "") else label


def _owner(from_: Given) -> Field:
    line, source = from_.line("copyright")
    return (owner(line), source) if line else (None, "")


def _bylines(from_: Given) -> list[str]:
    return [line.text for line in from_.lines if line.role == "byline"]


def _authors(from_: Given) -> tuple[list[str], str]:
    """Return the people who wrote it and where they are named."""
    listed = from_.record.get("authors") or from_.record.get("author")
    if listed is not None:
        key = "authors" if from_.record.get("authors") else "author"
        if names := _given_authors(listed):
            return names, f"given {key}"
    stated, source = from_.stated("authors")
    if stated:
        return stated.split("; "), source
    outlets = [name for name in (from_.given("source")[0], from_.stated("outlet")[0]) if name]
    before = ""
    for line in _above(from_):
        is_byline = line.role == "byline" and not from_.is_page
        if names := (is_byline and people([line.text], outlets)) or by_line_people(line.text, outlets, before):
            return names, _place(line, "byline")
        before = line.text
    signed = [(names, line) for line in from_.lines if (names := signed_people(line.text, outlets))]
    # cards of other stories are signed too, by others
    is_one = signed and all(names == signed[0][0] for names, _ in signed)
    return (signed[0][0], _place(signed[0][1], "byline")) if is_one else ([], "")


def _given_authors(listed: object) -> list[str]:
    if isinstance(listed, list):
        names = (_text(item.get("name") if isinstance(item, dict) else item) for item in listed)
        return [name for name in names if name]
    return people([listed]) if isinstance(listed, str) else []


def _above(from_: Given) -> Iterable[Block]:
    """Yield the lines above the article's words and their first, on a page also those near under the headline.

    Lines marked as bylines are yielded wherever they stand.
    """
    is_above = True
    title = _title(from_)
    for number, line in enumerate(from_.lines):
        is_near = from_.is_page and title < number < title + _UNDER_HEADLINE
        if line.role == "byline" or ((is_above or is_near) and line.role not in _NO_DATE_ROLES):
            yield line
        is_above = is_above and line.role not in _BODY_ROLES


def _days(from_: Given, language: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the columns of publication and modification, and their sources."""
    lines = _dating(from_)
    tag = from_.stated("language")[0] or language
    day = published(from_.record, from_.page, [DateLine(line.text, is_above) for line, is_above in lines], tag)
    changed = modified(from_.record, from_.page, tag)
    row: dict[str, Any] = {"modified_at": changed.instant if changed else None}
    sources = {"modified_at": changed.source} if changed and changed.instant else {}
    if day is None:
        return row, sources | _unread(from_)
    line = lines[day.line][0] if day.line is not None else None
    row |= {"published_on": day.day, "published_at": day.instant, "published_source": day.source}
    if line:
        span = RawMap(line.cleaned.segments).raw_span(day.start, day.end)
        row |= dict(zip(("published_raw_start", "published_raw_end"), span, strict=True))
    return row, sources | {"published_on": _day_source(day, line)}


def _unread(from_: Given) -> dict[str, str]:
    """Say where something stands for the day of publication that is none."""
    stated, source = from_.stated("published")
    source = "given published" if from_.record.get("published") else source
    return {"published_on": f"{source}: not a day"} if stated or from_.record.get("published") else {}


def _day_source(day: Found, line: Block | None) -> str:
    place = _place(line, "date") if line else "given published" if day.source == "given" else day.source
    return f"{place}; differs: {day.differs}" if day.differs else place


def _dating(from_: Given) -> list[tuple[Block, bool]]:
    """Return the lines that may hold the day of publication, with whether they stand above the article's words."""
    lines = from_.lines
    title = _title(from_)
    start = max(0, title - _ABOVE_HEADLINE) if from_.is_page else 0
    end = _first_words(from_, title)
    last = max((number for number, line in enumerate(lines) if line.role in _BODY_ROLES), default=end)
    behind = last + _BEHIND_TEXT if from_.is_page else len(lines)
    labels = _labels(from_, title)
    return [
        (line, start <= number < end or number in labels)
        for number, line in enumerate(lines[:behind])
        if (line.role not in _UNDATED_ROLES and (number >= start or not from_.is_page)) or number in labels
    ]


def _title(from_: Given) -> int:
    """Return the number of the line that is the headline; on a page that prints it otherwise, of the one most like it.

    Where none is like it, a page's is taken to stand shortly above its first words.
    """
    printed = next((number for number, line in enumerate(from_.lines) if line.role == "headline"), None)
    if printed is not None or not from_.is_page:
        return printed or 0
    stated = from_.stated("headline")[0] or ""
    near = [alike(line.text, stated) if _is_title(line) else 0.0 for line in from_.lines]
    best = max(range(len(near)), key=near.__getitem__, default=0)
    body = next((number for number, line in enumerate(from_.lines) if line.role in _BODY_ROLES), 0)
    return best if near and near[best] >= _ALIKE else max(0, body - _ABOVE_HEADLINE)


def _is_title(line: Block) -> bool:
    return TITLE_CHARACTERS <= len(line.text) <= _TITLE_CHARACTERS


def _labels(from_: Given, title: int) -> set[int]:
    """Return the numbers of a page's short lines under its headline that its mark-up counts as body."""
    near = range(title + 1, min(title + _UNDER_HEADLINE, len(from_.lines))) if from_.is_page else ()
    return {number for number in near if from_.lines[number].role in _BODY_ROLES and _is_label(from_.lines[number])}


def _is_label(line: Block) -> bool:
    return len(line.text.split()) <= _LABEL_WORDS


def _first_words(from_: Given, title: int) -> int:
    """Return the number of the line the article's words begin with; on a page, one may stand above as a deck."""
    numbers = [number for number, line in enumerate(from_.lines) if line.role in _BODY_ROLES]
    if not from_.is_page:
        return next(iter(numbers), len(from_.lines))
    below = [number for number in numbers if number >= title and not _is_label(from_.lines[number])]
    return min([*below[1:2], title + _UNDER_HEADLINE])
