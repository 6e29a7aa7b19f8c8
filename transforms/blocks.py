"""The stage `blocks`: the part each line plays on its page. Nothing is deleted; `articles` keeps what the roles say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from transforms.lines.patterns import RELATED_RULES, match_line
from transforms.readers.record import MARKDOWN
from transforms.segments import clean_line
from warehouse import schema

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARKDOWN = re.compile(r"(?:#{1,6} +|> ?)?(?P<marks>[*_]{0,2})(?P<words>.*)(?P=marks)", re.DOTALL)
_SITE_NAME = re.compile(r" (?:[|·•»—–-]|::) ")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$|:$")
_LONG_WORDS = 20
_SENTENCE_WORDS = 9
_DECK_WORDS = 6
_SECTION_WORDS = 3
_HEADLINE_CHARACTERS = 250


class Line(NamedTuple):
    """One line of a raw text: its raw span without the line break, and its cleaned words."""

    raw_start: int
    raw_end: int
    text: str


class Role(NamedTuple):
    """The part a line plays, how sure that is, and the rule that says so."""

    role: str
    probability: float
    rule: str


def blocks(documents: pa.Table, *, clean: str = "lines") -> pa.Table:
    """Give every line of every accepted document a role.

    In: rows of schema.DOCUMENTS. Out: rows of schema.BLOCKS, in document order. With `clean="none"` the text is
    taken as clean already: every line that is not blank is body.
    """
    rows: list[dict[str, object]] = []
    for document in documents.to_pylist():
        if document["status"] == "accepted":
            lines = split_lines(document["raw_text"], is_markdown=document["media_type"] == MARKDOWN)
            roles = _as_given(lines) if clean == "none" else label_lines(lines, *_page(document["page"]))
            rows.extend(
                {
                    "article_id": document["article_id"],
                    "block_number": number,
                    "raw_start": line.raw_start,
                    "raw_end": line.raw_end,
                    **role._asdict(),
                }
                for number, (line, role) in enumerate(zip(lines, roles, strict=True))
            )
    return schema.BLOCKS.rows(rows)


def _page(page: str | None) -> tuple[str | None, frozenset[int] | None]:
    """Return the headline and body lines a page's mark-up states."""
    if page is None:
        return None, None
    facts = json.loads(page)
    return facts["fields"].get("headline", {}).get("value"), frozenset(facts["body_lines"])


def split_lines(raw_text: str, *, is_markdown: bool = False) -> list[Line]:
    """Split at line breaks; of Markdown, the marks of headings and emphasis around a line are left out."""
    lines: list[Line] = []
    for match in _LINE.finditer(raw_text):
        if match.start() < len(raw_text) or not lines:
            bare = match.group().rstrip("\r\n")
            start, end = _words_span(bare) if is_markdown else (0, len(bare))
            raw_start, raw_end = match.start() + start, match.start() + end
            lines.append(Line(raw_start, raw_end, clean_line(raw_text, raw_start, raw_end).text))
    return lines


def _words_span(line: str) -> tuple[int, int]:
    """Return where the words of a Markdown line begin and end."""
    match = _MARKDOWN.fullmatch(line.rstrip())
    return match.span("words") if match else (0, len(line))


def _as_given(lines: Sequence[Line]) -> list[Role]:
    return [Role("body", 1.0, "given_clean") if line.text else Role("blank", 1.0, "blank") for line in lines]


def label_lines(
    lines: Sequence[Line],
    headline: str | None = None,
    body_lines: frozenset[int] | None = None,
) -> list[Role]:
    r"""Return a role for each line.

    `headline` and `body_lines` come from a page's mark-up where there is one; plain text has neither.

    >>> text = "News\n\nFerry runs aground\n\nThe ferry ran aground off the northern harbour wall on Tuesday."
    >>> [role.role for role in label_lines(split_lines(text))]
    ['section', 'blank', 'headline', 'blank', 'body']
    """
    roles: list[Role | None] = [_by_words(line.text) for line in lines]
    _mark_repeats(lines, roles)
    named = _mark_page(lines, roles, headline, body_lines) if body_lines is not None else None
    _mark_opening(lines, roles, named)
    _mark_rest(lines, roles)
    return [role or Role("body", 0.6, "kept") for role in roles]


def _by_words(text: str) -> Role | None:
    if not text:
        return Role("blank", 1.0, "blank")
    pattern = match_line(text)
    return Role(pattern.role, 0.95, pattern.rule) if pattern else None


def _mark_repeats(lines: Sequence[Line], roles: list[Role | None]) -> None:
    seen: set[str] = set()
    for number, role in enumerate(roles):
        if role and role.role == "caption":
            if lines[number].text in seen:
                roles[number] = Role("caption_repeat", 0.95, "repeat")
            seen.add(lines[number].text)


def _mark_page(
    lines: Sequence[Line],
    roles: list[Role | None],
    headline: str | None,
    body_lines: frozenset[int],
) -> int | None:
    """Take over what mark-up says: which line is the headline (returned), and which lines are not the article."""
    named = None
    titles = {headline, _SITE_NAME.split(headline)[0]} if headline else set()
    for number, role in enumerate(roles):
        if lines[number].text in titles:
            roles[number] = Role("headline" if named is None else "headline_repeat", 0.95, "markup_headline")
            named = number if named is None else named
        elif role is None and number not in body_lines:
            roles[number] = Role("furniture", 0.8, "outside_markup_body")
    return named


def _mark_opening(lines: Sequence[Line], roles: list[Role | None], named: int | None) -> None:
    """Name what stands above the first paragraph: section, headline and its repeats, deck."""
    opening = _open(roles, _first_paragraph(lines, roles))
    main = _headline(lines, opening) if named is None else named
    is_next = True
    for number in opening:
        roles[number] = role = _opening_role(lines, number, main, is_next=is_next)
        is_next = is_next and (number <= main or role.role == "headline_repeat")


def _open(roles: Sequence[Role | None], end: int) -> list[int]:
    return [number for number in range(end) if roles[number] is None]


def _first_paragraph(lines: Sequence[Line], roles: Sequence[Role | None]) -> int:
    """Return the number of the first paragraph, or first sentence, or of the second open line, or the end."""
    numbers = _open(roles, len(lines))
    for reads_on in (is_paragraph, _SENTENCE_END.search):
        for number in numbers:
            if reads_on(lines[number].text):
                return number
    return (numbers[1:2] or [len(lines)])[0]


def is_paragraph(text: str) -> bool:
    """Whether a line is running text rather than a title or label."""
    words = len(text.split())
    return words >= _LONG_WORDS or (words >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(text)))


def _headline(lines: Sequence[Line], opening: Sequence[int]) -> int:
    """Return the line that is the headline: the first title repeated, else the first title, else the longest line."""
    titles = [
        number
        for number in opening
        if len(lines[number].text.split()) > _SECTION_WORDS and len(lines[number].text) <= _HEADLINE_CHARACTERS
    ]
    counts = Counter(lines[number].text for number in titles)
    repeated = [number for number in titles if counts[lines[number].text] > 1]
    by_length = sorted(opening, key=lambda number: -len(lines[number].text.split()))
    return (repeated or titles or by_length or [-1])[0]


def _opening_role(lines: Sequence[Line], number: int, main: int, *, is_next: bool) -> Role:
    """`is_next` says that nothing but the headline stands between it and the line."""
    text = lines[number].text
    if number == main:
        return Role("headline", 0.9, "first_title")
    if text == lines[main].text:
        return Role("headline_repeat", 0.95, "repeat")
    if number < main:
        is_label = len(text.split()) <= _SECTION_WORDS
        return Role("section", 0.8, "label_above_headline") if is_label else Role("furniture", 0.6, "above_headline")
    is_deck = is_next and len(text.split()) >= _DECK_WORDS
    return Role("deck", 0.8, "under_headline") if is_deck else Role("furniture", 0.6, "above_body")


def _mark_rest(lines: Sequence[Line], roles: list[Role | None]) -> None:
    """Below the first paragraph: paragraphs are body, titles under a related label or after the end are furniture."""
    last = max((number for number in _open(roles, len(lines)) if is_paragraph(lines[number].text)), default=-1)
    headline = next((lines[n].text for n, role in enumerate(roles) if role and role.role == "headline"), None)
    under_related = False
    for number, role in enumerate(roles):
        if role is not None:
            under_related = role.rule in RELATED_RULES or (under_related and role.role == "blank")
        elif lines[number].text == headline:
            roles[number] = Role("headline_repeat", 0.9, "repeat")
        elif is_paragraph(lines[number].text):
            under_related = False
            roles[number] = Role("body", 0.9, "paragraph")
        elif under_related:
            roles[number] = Role("furniture", 0.8, "under_related_label")
        elif number > last and not _SENTENCE_END.search(lines[number].text):
            roles[number] = Role("furniture", 0.7, "after_last_paragraph")
