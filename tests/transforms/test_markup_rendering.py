"""The text of a page: all that is seen, once, in page order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.markup import read_page

TAGS = st.sampled_from(["p", "div", "span", "b", "li", "ul", "td", "tr", "table", "article", "a", "h2", "x-note"])
WORDS = st.text("abc", min_size=1, max_size=3)
TREES = st.recursive(
    WORDS.map(lambda word: (word, f" {word} ")),
    lambda inner: st.tuples(TAGS, st.lists(inner, min_size=1, max_size=4)).map(
        lambda made: (
            " ".join(words for words, _ in made[1]),
            f"<{made[0]}>{''.join(html for _, html in made[1])}</{made[0]}>",
        )
    ),
    max_leaves=20,
)


@given(TREES)
def test_every_word_is_there_once(tree: tuple[str, str]) -> None:
    """However the elements nest, and whatever of that the parser mends."""
    words, html = tree
    page = read_page(f"<body><div>{html}</div>")
    assert sorted(page.rendering.split()) == sorted(words.split())


@given(TREES)
def test_lines_and_what_is_known_of_them_agree(tree: tuple[str, str]) -> None:
    """Each line of text is followed by an empty one and has its tag and its share of links."""
    page = read_page(f"<body><div>{tree[1]}</div>")
    lines = page.rendering.split("\n")
    assert all(lines[::2])
    assert not any(lines[1::2])
    assert len(lines[::2]) == len(page.line_tags) == len(page.link_shares)
    assert all(0 <= share <= 100 for share in page.link_shares)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a\x00b</p>", "a\ufffdb"),
        ("<p>one<p>two<div>three<b>four", "one\n\ntwo\n\nthreefour"),
        ("<table>words before<tr><td>cell", "words before\n\ncell"),
        ("<tr><td>one</td><td>two</td></tr>", "one\ttwo"),
        ("</p></div>left over", "left over"),
        ("<p>one</p>\n<!-- not this --><?nor this?>\n<p>two", "one\n\ntwo"),
        ("<textarea>typed</textarea><p>one", "one"),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
        ("<p>E = <math><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>", "E = mc2"),
    ],
)
def test_broken_and_odd_pages(html: str, text: str) -> None:
    """What a browser would show."""
    assert read_page(html).rendering == text


def test_a_streamed_part_that_holds_its_own_place() -> None:
    """It stays where it is."""
    assert read_page('<p>one</p><div hidden id="S:1">two<template id="B:1"></template></div>').rendering == "one\n\ntwo"
