"""Which lines of a page are the article, when pages are large, odd or hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.markup import WebPage, read_page
from transforms.markup.alignment import matched

SENTENCE = "The ferry ran aground off the northern harbour wall on Tuesday, and {} of those on board were hurt."
STORY = "".join(f"<p>{SENTENCE.format(count)}</p>" for count in range(1, 9))
WORDS = st.lists(st.sampled_from("abcdef"), max_size=60)


def body_of(page: WebPage) -> list[str]:
    """Return the lines of the body."""
    lines = page.rendering.split("\n")
    return [lines[number] for number in page.body_lines]


STORY_LINES = [SENTENCE.format(count) for count in range(1, 9)]


@given(st.data())
def test_what_was_cut_from_a_page_is_found_in_it(data: st.DataObject) -> None:
    """Where every word is told from every other, exactly the words cut out are marked."""
    page = [str(number) for number in range(data.draw(st.integers(0, 60)))]
    cut = [data.draw(st.booleans()) for _ in page]
    extract = [word for word, keep in zip(page, cut, strict=True) if keep]
    found = matched(extract, page)
    assert [word for word, flag in zip(page, found, strict=True) if flag] == extract or len(page) > 4 * len(
        extract
    ) + 20


@given(WORDS, WORDS)
def test_no_word_is_found_more_often_than_it_was_said(extract: list[str], page: list[str]) -> None:
    """Each word of the extract stands for one on the page at most, and the order is kept."""
    found = [word for word, flag in zip(page, matched(extract, page), strict=True) if flag]
    rest = iter(extract)
    assert all(word in rest for word in found)


@pytest.mark.parametrize(
    "furniture",
    [
        "<ul>" + "<li><a href=x>Sport</a></li>" * 6_000 + "</ul>",
        "<ul>" + "<li>Sport</li>" * 21_000 + "</ul>",
        "<div>" * 300 + "x" + "</div>" * 300,
    ],
    ids=["links", "elements", "depth"],
)
def test_a_page_that_is_too_much_for_the_extractor(furniture: str) -> None:
    """The story is still found, by its own sentences."""
    assert body_of(read_page(f"<body>{furniture}<article>{STORY}</article></body>")) == STORY_LINES


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "x" * 1_000_000,
        "<div>one</div>" * 50_000,
        "<table><tr><td>one" * 500,
        "<ul><li>one" * 900,
        "<button>" * 900 + "<p>one</p>" * 900,
        "<itemscope>" * 100 + f"<div itemprop='articleBody'>{SENTENCE}</div>" * 20_000,
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;&b;</p>',
        "".join(f'<div hidden id="S:{n}"><template id="B:{n + 1}"></template>' for n in range(900)) + "x",
    ],
    ids=["line", "elements", "tables", "lists", "buttons", "bodies", "entities", "streams"],
)
def test_hostile_pages_are_read(html: str) -> None:
    """Their text comes out no longer than they are."""
    assert 0 < len(read_page(html).rendering) <= len(html)


@pytest.mark.parametrize(
    "stated", ['"' + "[" * 100_000, "7", '["x"]', '{"articleBody": "x"}', '"' + "<" * 100_000 + '"']
)
def test_a_stated_body_that_is_none(stated: str) -> None:
    """Is passed over."""
    script = f'<script type="application/ld+json">{{"articleBody": {stated}}}</script>'
    assert body_of(read_page(f"<head>{script}</head><body><article>{STORY}</article></body>")) == STORY_LINES


def test_the_same_page_gives_the_same_facts() -> None:
    """Nothing is carried over from page to page."""
    html = f"<body><nav>Home</nav><article>{STORY}</article></body>"
    first = read_page(html)
    read_page("<p>Another page.</p>")
    assert read_page(html) == first
