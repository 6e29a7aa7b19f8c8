"""The quotations stage, from text to rows.

A golden case is one file in `tests/cases/quotations`: a title and the names in the
text (label, then spelling), the text, and one line for each expected row: surface,
kind, speaker as written, the name meant, cue, rule. `~` stands for a no-break space.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.quotations import quotations
from transforms.quoting.attribution import Attribution, attribute
from transforms.quoting.mention import Name
from transforms.quoting.scanner import find_quotes, paragraphs
from transforms.quoting.words import CONFIDENCE
from transforms.segments import clean_line, join_lines
from warehouse import schema

CASES = sorted((Path(__file__).parents[1] / "cases" / "quotations").glob("*.txt"))
PIECES = st.sampled_from([
    "“", "”", '"', "'", "‘", "’", "„", "«", "»", "``", "''", "said", "Rosa", "she", "who", "was", "asked", "according",
    "to", "the", "and", ",", ".", "?", ":", "—", " ", " ", " ", "\n", "\n\n", "6", "It is", "adding", "claim", "(", ")",
    "’s", "\u00a0",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


class Case(NamedTuple):
    """A golden case as read from its file."""

    names: list[tuple[str, str]]
    text: str
    rows: list[str]


def read_case(path: Path) -> Case:
    """Read a case file: names, text and rows, apart by lines of three dashes."""
    head, text, rows = path.read_text(encoding="utf-8").replace("~", "\u00a0").split("---\n")
    names = [(label, name) for label, _, name in (line.partition(" ") for line in head.splitlines()[1:])]
    return Case(names, text.removesuffix("\n"), rows.splitlines())


def find_names(text: str, names: list[tuple[str, str]]) -> list[Name]:
    """Find every place where a name stands."""
    places = []
    for label, name in names:
        at = text.find(name)
        while at >= 0:
            places.append(Name(at, at + len(name), label))
            at = text.find(name, at + 1)
    return sorted(places)


def row(text: str, found: Attribution) -> str:
    """Write one result as a line of a case file."""
    speaker, name = found.speaker, found.speaker.name if found.speaker else None
    spoken = text[speaker.start : speaker.end] if speaker else "-"
    meant = text[name.start : name.end] if name else "-"
    words = text[found.quote.start : found.quote.end]
    return f"{words} | {found.kind} | {spoken} | {meant} | {found.cue or '-'} | {found.rule or '-'}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_case(path)
    found = attribute(case.text, find_quotes(case.text), find_names(case.text, case.names))
    assert [row(case.text, one) for one in found] == case.rows


@given(TEXTS)
def test_quotes_lie_in_the_text_in_order_and_apart(text: str) -> None:
    quotes = find_quotes(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(before.end <= after.start for before, after in pairwise(quotes))


@given(TEXTS)
def test_paragraphs_cover_all_that_is_not_space(text: str) -> None:
    spans = list(paragraphs(text))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(TEXTS, st.data())
def test_speakers_lie_in_the_text_outside_the_words(text: str, data: st.DataObject) -> None:
    quotes = find_quotes(text)
    starts = data.draw(st.lists(st.integers(0, max(len(text) - 1, 0)), max_size=5, unique=True))
    names = [Name(start, start + 1, "PERSON") for start in sorted(starts) if start < len(text)]
    found = attribute(text, quotes, names)
    assert [one.quote for one in found] == quotes
    for speaker in (one.speaker for one in found if one.speaker):
        assert 0 <= speaker.start < speaker.end <= len(text)
    assert {one.rule for one in found} <= {None, *CONFIDENCE}
    assert all((one.rule is None) == (one.speaker is None) == (one.confidence is None) for one in found)


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        '"a "',
        "“a ”",
        "“",
        "' ",
        "'a ",
        '“ "',
        "„a «",
        '"a" said X, ',
        '"Ab cd." The mayor said it. ',
        "(“a”, ",
        "“a”: ",
        "“a,” he said. ",
        "“a,” the minister said. ",
    ],
)
def test_a_hundred_thousand_marks_are_read_to_the_end(unit: str) -> None:
    """Whatever they pair to, speech behind them keeps its speaker."""
    text = unit * (100_000 // sum(mark in unit for mark in "\"'“”„«")) + "\n\n“We leave at noon,” Rosa Lind said."
    last = attribute(text, find_quotes(text), [])[-1]
    assert row(text, last) == "“We leave at noon,” | full | Rosa Lind | - | said | cue_after"


def test_five_million_characters_are_read_to_the_end() -> None:
    text = f"“We leave at noon,” the mayor said{' and nobody in the old town asked her why' * 20}.\n\n" * 6_000
    found = attribute(text, find_quotes(text), [])
    assert len(text) > 5_000_000
    assert len(found) == 6_000
    assert {row(text, one) for one in found[:9] + found[-9:]} == {
        "“We leave at noon,” | full | the mayor | - | said | cue_after"
    }


def tables(lines: list[tuple[str, str]], names: list[tuple[str, str]]) -> tuple[pa.Table, ...]:
    """Build documents, blocks, articles and mentions of one article out of (role, raw line)."""
    raw_text = "\n".join(line for _, line in lines)
    blocks, body, at = [], [], 0
    for number, (role, line) in enumerate(lines):
        span = {"raw_start": at, "raw_end": at + len(line)}
        blocks.append({"article_id": "a", "block_number": number, "role": role, "rule": "test", **span})
        if role == "body":
            body.append(clean_line(raw_text, at, at + len(line)))
        at += len(line) + 1
    text, segments = join_lines(body)
    documents: list[dict[str, object]] = [
        {"article_id": "a", "uri": "a", "media_type": "text/plain", "raw_text": raw_text, "status": "accepted"}
    ]
    articles: list[dict[str, object]] = [
        {"article_id": "a", "text": text, "segments": [segment._asdict() for segment in segments]}
    ]
    mentions = [mention for name in names for mention in mentions_of(raw_text, text, blocks, name)]
    return (
        schema.DOCUMENTS.rows(documents),
        schema.BLOCKS.rows(blocks),
        schema.ARTICLES.rows(articles),
        schema.MENTIONS.rows(mentions),
    )


def mentions_of(
    raw_text: str, text: str, blocks: list[dict[str, object]], name: tuple[str, str]
) -> list[dict[str, object]]:
    """Mention a name in each block where it stands (once a block, and once in the body)."""
    label, surface = name
    mentions = []
    for block in blocks:
        at = raw_text.find(surface, int(str(block["raw_start"])), int(str(block["raw_end"])))
        if at >= 0:
            in_text = text.find(surface.replace("\u00a0", " ")) if block["role"] == "body" else None
            mentions.append({
                "article_id": "a", "raw_start": at, "raw_end": at + len(surface), "surface": surface,
                "text_start": in_text, "text_end": None if in_text is None else in_text + len(surface),
                "role": block["role"], "label": label, "entity_key": f"key of {surface}",
                "key_rule": "own_name", "source": "model",
            })  # fmt: skip
    return mentions


def test_rows_prove_themselves_in_the_raw_text() -> None:
    """Offsets, surface, speaker and key stand in the raw text, whatever cleaning did to it."""
    lines = [
        ("furniture", "Menu “not this”"),
        ("headline", "Lind:\u00a0 “We leave at\u00a0noon”"),
        ("body", "  “We \u200bleave at noon,”\u00a0Rosa\u00a0Lind said."),
        ("caption", "A pier “too old to stand,” Rosa Lind says."),
    ]
    found = quotations(*tables(lines, [("PERSON", "Lind"), ("PERSON", "Rosa\u00a0Lind"), ("PERSON", "Rosa Lind")]))
    raw_text = "\n".join(line for _, line in lines)
    assert found.schema.equals(schema.QUOTATIONS.arrow)
    rows = found.to_pylist()
    assert [one["role"] for one in rows] == ["headline", "body", "caption"]
    assert [one["text_start"] for one in rows] == [None, 0, None]
    assert all(raw_text[one["raw_start"] : one["raw_end"]] == one["surface"] for one in rows)
    assert all(raw_text[one["speaker_raw_start"] : one["speaker_raw_end"]] == one["speaker_surface"] for one in rows)
    assert [one["speaker_entity_key"] for one in rows] == ["key of Lind", "key of Rosa\u00a0Lind", "key of Rosa Lind"]


def test_pronoun_has_the_key_of_the_name_it_stands_for() -> None:
    lines = [("body", "Rosa Lind came late."), ("body", "“We leave at noon,” she said.")]
    [one] = quotations(*tables(lines, [("PERSON", "Rosa Lind")])).to_pylist()
    assert (one["speaker_surface"], one["speaker_entity_key"]) == ("she", "key of Rosa Lind")
    assert one["confidence"] < CONFIDENCE["cue_after"]


def test_a_headline_takes_its_speaker_from_the_body() -> None:
    """The same words are said by the same person, whose name stands in the body."""
    lines = [
        ("headline", "“We leave at noon”: the guild on what comes next"),
        ("caption", "“At noon”"),
        ("body", "“We leave at noon, whatever the weather,” Rosa Lind said."),
    ]
    headline, caption, body = quotations(*tables(lines, [("PERSON", "Rosa Lind")])).to_pylist()
    assert (headline["speaker_surface"], headline["speaker_entity_key"]) == ("Rosa Lind", "key of Rosa Lind")
    assert (headline["rule"], headline["cue"]) == ("repeated", None)
    assert headline["confidence"] < body["confidence"]
    assert (caption["speaker_surface"], caption["rule"]) == (None, None)


def test_a_surname_that_is_a_month_speaks() -> None:
    lines = [("body", "Rosa March came late in March. “We leave at noon,” March said.")]
    [one] = quotations(*tables(lines, [("PERSON", "Rosa March")])).to_pylist()
    assert (one["speaker_surface"], one["speaker_entity_key"]) == ("March", "key of Rosa March")


def test_a_surname_of_two_people_is_nobody() -> None:
    lines = [("body", "Rosa March met Tom March. “We leave at noon,” March said.")]
    [one] = quotations(*tables(lines, [("PERSON", "Rosa March"), ("PERSON", "Tom March")])).to_pylist()
    assert (one["speaker_surface"], one["speaker_entity_key"]) == ("March", None)


def test_without_articles_there_are_no_rows() -> None:
    empty = (table.empty() for table in (schema.DOCUMENTS, schema.BLOCKS, schema.ARTICLES, schema.MENTIONS))
    assert quotations(*empty).equals(schema.QUOTATIONS.empty())
