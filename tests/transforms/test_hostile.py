"""The whole clean phase over input made to break it: rejected or nulled with a reason, and never an exception."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.cases import Cleaned, cleaned, record
from transforms.fingerprints import fingerprints
from transforms.segments import RawMap, Segment

HTML = "text/html"
TEXT = "text/plain"
SENTENCE = "The ferry ran aground off the harbour wall on Tuesday, and nobody on board was hurt, the owner said."
BODY = "".join(f"<p>{SENTENCE} It was the {number}th time this year.</p>" for number in range(5))
JSON_LD = '<script type="application/ld+json">{}</script>'


def clean(content: str | bytes, media_type: str = HTML, **given: Any) -> Cleaned:
    """Run the clean phase over one document, and hold what comes out against what is promised."""
    made = cleaned(record("a", content, media_type, **given))
    fingerprints(made.articles, made.blocks)
    [row] = made.documents.to_pylist()
    assert (row["status"] == "accepted") == (row["reason"] is None) == (row["raw_text"] is not None)
    assert made.articles.num_rows == (row["status"] == "accepted")
    for article in made.articles.to_pylist():
        require_way_back(article, row["raw_text"])
        assert_blocks_cover(made.blocks.to_pylist(), row["raw_text"])
    return made


def require_way_back(article: dict[str, Any], raw_text: str) -> None:
    """Every character of the text but the spaces between lines leads to raw characters, in their order."""
    segments = [Segment(**segment) for segment in article["segments"]]
    text = article["text"] or ""
    at = raw_at = 0
    for segment in segments:
        assert segment.text_start >= at
        assert segment.raw_start >= raw_at
        assert not text[at : segment.text_start].strip()
        at, raw_at = segment.text_end, segment.raw_end
        assert at <= len(text)
        assert raw_at <= len(raw_text)
        if segment.edit is None:
            assert text[segment.text_start : at] == raw_text[segment.raw_start : raw_at]
    assert not text[at:].strip()
    for start, end in words(text):
        raw_start, raw_end = RawMap(segments).raw_span(start, end)
        assert 0 <= raw_start < raw_end <= len(raw_text)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each word."""
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        yield start, end


def assert_blocks_cover(blocks: list[dict[str, Any]], raw_text: str) -> None:
    """Nothing vanishes: what stands in no block is white space."""
    at = 0
    for block in sorted(blocks, key=lambda block: block["raw_start"]):
        assert not raw_text[at : block["raw_start"]].strip()
        at = max(at, block["raw_end"])
    assert not raw_text[at:].strip()


def reason(made: Cleaned) -> str:
    """Return why a document was rejected."""
    [row] = made.documents.to_pylist()
    return row["reason"] or ""


def article(made: Cleaned) -> dict[str, Any]:
    """Return the only article."""
    [row] = made.articles.to_pylist()
    return dict(row)


def test_a_page_of_50_megabytes() -> None:
    """Is rejected before it is parsed."""
    page = b"<p>" + SENTENCE.encode() * (50_000_000 // len(SENTENCE)) + b"</p>"
    assert reason(clean(page)).endswith("more than 5,000,000 (setting max_characters)")


def test_ten_thousand_nested_tags() -> None:
    """Are refused; a thousand cost no sentence."""
    assert reason(clean("<div>" * 10_000 + SENTENCE + "</div>" * 10_000)) == "a page with elements nested too deep"
    assert SENTENCE in article(clean("<div>" * 1_000 + SENTENCE + "</div>" * 1_000))["text"]


@pytest.mark.parametrize("tag", ["b", "table", "ul", "a", "span"])
def test_tags_that_are_never_closed(tag: str) -> None:
    """A page of nothing else has no text, and what stands between them is kept."""
    assert reason(clean(f"<{tag}>" * 20_000))
    made = clean(f"<{tag}>" * 200 + SENTENCE)
    assert SENTENCE in article(made)["text"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Ferry aground</title></head></html>",
        "<html><body></body></html>",
        "<html><body><script>var ferry = 'aground';</script><style>p {}</style></body></html>",
        "<script>document.write('Ferry aground')</script>",
        "<!-- Ferry aground -->",
    ],
    ids=["no body", "empty body", "only script", "bare script", "comment"],
)
def test_a_page_without_text(page: str) -> None:
    """Is rejected with the reason; a script is no text."""
    assert reason(clean(page))


@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_nul_bytes(media_type: str) -> None:
    """A few are no reason to lose the text; nothing but them is binary content."""
    text = f"{BODY}<p>The port\0 is shut.\0</p>" if media_type == HTML else f"{SENTENCE}\0\n\n" * 2
    assert SENTENCE in article(clean(text, media_type))["text"]
    assert reason(clean(b"\0" * 5_000, media_type))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "cp1252"), ("shift_jis", "utf-8"), ("no-such-charset", "utf-8"), ("utf-16", "utf-8")],
)
def test_a_wrong_declared_charset(declared: str, encoding: str) -> None:
    """The bytes win over what the page, or the header that came with it, says of them."""
    text = "Le café à côté de l’église était fermé mardi, a déclaré le maire de la ville à la presse régionale."
    page = f'<meta charset="{declared}"><p>{text}</p>'.encode(encoding)
    assert text in article(clean(page, charset=declared))["text"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    """A page and a text are read, in either byte order."""
    assert SENTENCE in article(clean(f"<html><body>{BODY}</body></html>".encode(encoding)))["text"]
    assert SENTENCE in article(clean(f"{SENTENCE}\n\n{SENTENCE}\n".encode(encoding), TEXT))["text"]


@pytest.mark.parametrize(
    "block",
    [
        "{not json",
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": ' + "[" * 5_000 + "]" * 5_000 + "}",
        json.dumps([{"@type": "NewsArticle", "headline": f"Other {n}", "author": f"Ann {n}"} for n in range(500)]),
        '{"@type": "NewsArticle", "headline": {"@id": 7}, "author": 9e999, "datePublished": ["x"]}',
        '{"@type": "NewsArticle", "headline": "\\ud800", "author": "\\udfff", "datePublished": "\\ud800"}',
    ],
    ids=["no json", "brackets", "deep", "500 articles", "odd types", "surrogates"],
)
def test_json_ld_that_is_none(block: str) -> None:
    """Is passed over: the page's own headline and text are read, and no author is made up."""
    found = article(clean(f"{JSON_LD.format(block)}<h1>Ferry runs aground off harbour wall</h1>{BODY}"))
    assert found["headline"] == "Ferry runs aground off harbour wall"
    assert SENTENCE in found["text"]
    assert not found["authors"]


@pytest.mark.parametrize(
    "day",
    ["0000-01-01", "0000-00-00T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59-14:00", "99999-01-01", "-0001-01-01"],
)
def test_a_day_in_no_paper_s_time(day: str) -> None:
    """Is no publication date, when a page states it; what a record gives, the gate judges if it is a day at all."""
    node = json.dumps({"@type": "NewsArticle", "headline": "Ferry aground", "datePublished": day})
    meta = f'<meta property="article:published_time" content="{day}"><time datetime="{day}">{day}</time>'
    assert article(clean(JSON_LD.format(node) + BODY))["published_on"] is None
    assert article(clean(f"<head>{meta}</head>{BODY}"))["published_on"] is None
    assert article(clean(f"{SENTENCE}\n", TEXT, published=day))["published_on"] in (None, date(9999, 12, 31))


def test_a_byline_of_2000_characters() -> None:
    """Is no list of authors, in a line or in mark-up."""
    byline = "By " + "Ann Example and Bob Sample " * 75
    node = json.dumps({"@type": "NewsArticle", "author": {"name": byline}})
    for made in (
        clean(f"Ferry aground\n\n{byline}\n\n{SENTENCE}\n", TEXT),
        clean(f'{JSON_LD.format(node)}<h1>Ferry aground</h1><p class="byline">{byline}</p>{BODY}'),
    ):
        found = article(made)
        assert len(found["byline"] or "") < 400
        assert all(len(name) < 100 for name in found["authors"] or [])


def test_an_xml_bomb() -> None:
    """Entities that grow are not expanded."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ferry">{entities}]><html><body>&e9;{BODY}</body></html>'
    [row] = clean(bomb).documents.to_pylist()
    assert len(row["raw_text"]) < 10_000
    assert SENTENCE in row["raw_text"]


@pytest.mark.parametrize(
    "line",
    ["By " * 50_000, "<" * 200_000, "&amp;" * 50_000, "(" * 100_000, "“" * 100_000, "a " * 100_000, "- " * 100_000,
     "1" * 100_000, "1-" * 50_000, "é\u0301" * 50_000, "\u200b" * 100_000, "https://" * 20_000, "Ã©" * 50_000,
     "\u202e" * 50_000, "Jan. " * 30_000, "@" * 100_000, "A." * 50_000, "| " * 100_000],
)  # fmt: skip
@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_one_line_of_many(line: str, media_type: str) -> None:
    """Lines that make careless patterns run for ever, alone, first and last."""
    for text in (line, f"{line}\n{SENTENCE}", f"{SENTENCE}\n\n{line}"):
        clean(text, media_type)


TAGS = ("p", "div", "b", "br", "h1", "h2", "title", "time", "article", "table", "td", "ul", "li", "script", "figure")
ATTRIBUTES = ("class='byline'", "itemprop='author'", "datetime='2026-03-04'", "property='og:title' content='x'", "id=x")
WORDS = (
    *("By Ann Example", "(AP)", "LISBON —", "Copyright 2026", "March 4, 2026", "Advertisement", SENTENCE, "By", "©"),
    *("&nbsp;", "\u00a0", "\u200b", "&#0;", "&#xd800;", "\r\n", "\n\n", "\ud7ff", "Ã©", "--", "|", "e\u0301"),
)
MARK_UP = st.one_of(
    st.builds("<{} {}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("<{}>".format, st.sampled_from(TAGS)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<?x", JSON_LD.format('{"@type":"Article"}')]),
)
PIECES = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))


def unpaired(text: str) -> bytes:
    """Write text, where it cannot be written with a mark in its place."""
    return text.encode("utf-8", "replace")


@given(st.lists(st.one_of(PIECES, MARK_UP), max_size=40).map("".join))
def test_any_page(page: str) -> None:
    """Accepted or rejected, with every character's way back."""
    clean(unpaired(page))


@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", "\n", "\n\n", "\r\n", "\u2028", "\x0c", "\x85"]))
def test_any_text(pieces: list[str], joint: str) -> None:
    """Likewise for plain text, whatever ends its lines."""
    clean(unpaired(joint.join(pieces)), TEXT)


@given(st.binary(max_size=600), st.sampled_from([HTML, TEXT, "text/markdown"]), st.text(max_size=12))
def test_any_bytes(content: bytes, media_type: str, charset: str) -> None:
    """Likewise for bytes, whatever charset they are said to be in."""
    clean(content, media_type, charset=charset.encode("utf-8", "replace").decode())


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=20), st.sampled_from(WORDS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("id", "title", "url", "published", "source", "authors", "section", "language", "fetched", "charset", "byline")


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5))
def test_any_given_metadata(fields: dict[str, Any]) -> None:
    """What comes with a record may be anything JSON can hold."""
    clean(f"{SENTENCE}\n\n{SENTENCE}\n", TEXT, **fields)
    clean(BODY, HTML, **fields)


@given(JSON, st.sampled_from(["headline", "author", "datePublished", "publisher", "articleSection", "@graph", "@type"]))
def test_any_json_ld(value: object, name: str) -> None:
    """So may what a page says of itself."""
    node = {"@type": "NewsArticle", "headline": "Ferry aground", name: value}
    clean(unpaired(JSON_LD.format(json.dumps(node)) + BODY))
