"""From records to raw text: what is accepted, what is rejected and why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.cases import record
from transforms.documents import document, documents
from transforms.markup import read_page
from warehouse import schema

PARAGRAPH = (
    "The ferry ran aground off the northern harbour wall on Tuesday, and nobody on board was hurt, the owner said."
)
JSON_LD = '<script type="application/ld+json">{}</script>'
PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "<b>", "</b>", "<br>", "<script>", "</script>", "<!--", "-->", "<?x", "?>", "<article>",
    "<time datetime='2026'>", "<h1>", "Rain fell.", "&nbsp;", "&#0;", "&#xd800;", "<table><td>", "<svg>",
    "<meta property='og:title' content='x'>",
    JSON_LD.format('{"@type": "Article", "headline": "x", "author": [{}, [], 7]}'),
    JSON_LD.format('{"@type": [{}]}'),
])  # fmt: skip


def page_of(html: str) -> dict[str, Any]:
    """Return the fields of a page, name to value."""
    return {name: field["value"] for name, field in read_page(html).fields.items()}


def test_plain_text_comes_through() -> None:
    """The raw text is the decoded text, with its breaks and odd characters."""
    row = document(record("a", "One\r\n\ttwo\u00a0three\n"))
    assert (row["status"], row["raw_text"], row["byte_count"]) == ("accepted", "One\r\n\ttwo\u00a0three\n", 17)


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b" \n", "text/plain", "no text in it"),
        (b"\x00\x01\x02\x03" * 9, "text/plain", "binary content"),
        (b"<script>var a = 1</script>", "text/html", "a page without text"),
        (b"<!-- nothing -->", "text/html", "not HTML: Document is empty"),
        (b"<frameset><frame></frameset>", "text/html", "a page without text"),
        (b"<div>" * 10_000 + b"deep" + b"</div>" * 10_000, "text/html", "a page with elements nested too deep"),
        (b"x" * 101, "text/plain", "101 characters, more than 100 (setting max_characters)"),
    ],
    ids=["spaces", "binary", "script", "comment", "frames", "deep", "long"],
)
def test_rejected_with_a_reason(content: bytes, media_type: str, reason: str) -> None:
    """The reason says what is wrong; no raw text is kept."""
    row = document(record("a", content, media_type), 1_000_000 if media_type == "text/html" else 100)
    assert (row["status"], row.get("raw_text")) == ("rejected", None)
    assert reason in row["reason"]


def test_a_reader_s_reason_is_kept() -> None:
    """What could not be read is not decoded."""
    row = document(record("a", b"") | {"content": None, "reason": "cannot be read: Permission denied"})
    assert (row["status"], row["reason"], row["byte_count"]) == ("rejected", "cannot be read: Permission denied", None)


@pytest.mark.parametrize(
    "html",
    [
        "Rain fell.",
        "<p>Rain fell.",
        "<html>Rain fell.</html>",
        "<?xml version='1.0' encoding='utf-16'?><p>Rain fell.</p>",
    ],
)
def test_half_a_page_is_a_page(html: str) -> None:
    """Without a body or a head the text is still there."""
    assert read_page(html).rendering == "Rain fell."


def test_text_nested_deep_is_kept() -> None:
    """A thousand elements deep is no reason to lose a sentence."""
    assert read_page("<div>" * 1_000 + PARAGRAPH + "</div>" * 1_000).rendering == PARAGRAPH


def test_comments_and_instructions_are_no_text() -> None:
    """What follows them in the same line still is."""
    assert read_page("<p>One<!-- not --> two<?php not ?> three</p>").rendering == "One two three"


def test_json_ld_of_one_article() -> None:
    """Names are read from texts, objects and lists of them; broken blocks are passed over."""
    node = {
        "@type": ["NewsArticle", 7, {}],
        "headline": "Ferry aground",
        "author": [{"name": "Ana Costa"}, "Åsa Berg", 7, None],
        "publisher": {"name": "Harbour Post"},
        "datePublished": 20260303,
    }
    assert page_of(f"{JSON_LD.format('{')}{JSON_LD.format('[[[')}{JSON_LD.format(json.dumps(node))}<p>x</p>") == {
        "headline": "Ferry aground",
        "authors": "Ana Costa; Åsa Berg",
        "outlet": "Harbour Post",
    }


def test_json_ld_that_lists_articles() -> None:
    """A page that lists 500 articles is none of them; one that carries their list beside it is its own."""
    nodes = json.dumps(
        [
            {"@type": "NewsArticle", "headline": f"Article {n}", "datePublished": f"2026-01-{n % 28 + 1:02}"}
            for n in range(500)
        ]
    )
    assert page_of(f"{JSON_LD.format(nodes)}<p>All our news</p>") == {}
    titled = page_of(f"{JSON_LD.format(nodes)}<h1>Article 7</h1><p>Rain fell.</p>")
    assert titled == {"headline": "Article 7", "published": "2026-01-08"}


@pytest.mark.parametrize("deep", ["[" * 900 + "]" * 900, '{"name":' * 900 + "1" + "}" * 900, "[" * 100_000])
def test_json_ld_nested_deep(deep: str) -> None:
    """Is passed over, not an error."""
    assert "authors" not in page_of(JSON_LD.format(f'{{"@type": "Article", "author": {deep}}}') + "<p>x</p>")


def test_a_wrongly_declared_charset() -> None:
    """A page that is UTF-8 is read as UTF-8 whatever it says."""
    row = document(record("a", '<meta charset="iso-8859-1"><p>Córdoba “no”</p>', "text/html"))
    assert (row["raw_text"], row["encoding"]) == ("Córdoba “no”", "utf-8")


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_any_page_is_read_or_refused(html: str) -> None:
    """Nothing but ValueError; facts can be written down, and body lines are lines of the rendering."""
    try:
        page = read_page(html.encode(errors="replace").decode())
    except ValueError:
        return
    json.dumps(page.facts()).encode()
    page.rendering.encode()
    lines = page.rendering.split("\n")
    assert all(lines[number] for number in page.body_lines)


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/markdown", "text/html"]))
def test_any_bytes_are_a_row(content: bytes, media_type: str) -> None:
    """Accepted with a text, or rejected with a reason."""
    [row] = documents(schema.RECORDS.rows([record("a", content, media_type)])).to_pylist()
    assert (row["status"] == "accepted") == (row["raw_text"] is not None) == (row["reason"] is None)
