"""What a page's mark-up states of its article.

A golden case in `tests/cases/fields` is a page and, in the file beside it, a line for each field: its name, value and
source, and what differs, parted by " | ".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from transforms.markup.fields import fields
from transforms.markup.fields.json_scripts import load
from transforms.markup.parsing import parse

CASES = sorted((Path(__file__).parents[1] / "cases" / "fields").glob("*.html"))
TITLE = "Ferries stay in port"
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ("@type", "@id", "@graph", "headline", "author", "name", "datePublished", "url", "publisher")
            ),
            st.one_of(inner, st.sampled_from(("NewsArticle", "Person", "WebPage", "2026-03-03", "#a"))),
            max_size=5,
        ),
    ),
    max_leaves=20,
)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def of(head: str, body: str = "") -> dict[str, dict[str, str]]:
    return fields(parse(f"<html><head>{head}</head><body>{body}<p>Rain fell.</p></body></html>"))


def written(found: dict[str, dict[str, str]]) -> list[str]:
    """Write fields as a case does."""
    return [
        " | ".join(
            (name, field["value"], field["source"], *(f"differs: {field[key]}" for key in field if key == "differs"))
        )
        for name, field in sorted(found.items())
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases(path: Path) -> None:
    expected = path.with_suffix(".html.txt").read_text("utf-8").splitlines()
    assert written(fields(parse(path.read_text("utf-8")))) == expected


@pytest.mark.parametrize("path", CASES[:8], ids=lambda path: path.stem)
def test_the_page_is_left_as_it_is(path: Path) -> None:
    tree = parse(path.read_text("utf-8"))
    before = etree.tostring(tree)
    fields(tree)
    assert etree.tostring(tree) == before


@pytest.mark.parametrize(
    "head",
    [
        script("[" * 10_000 + "]" * 10_000),
        script('{"@graph":' * 900 + "{}" + "}" * 900),
        script('{"@type": "NewsArticle", "author": "' + "x" * 3_000_000 + '"}'),
        f'<meta name="author" content="{"Ana Costa " * 100_000}">',
        f'<meta property="og:title" content="{"Rain " * 200_000}">',
        f"<title>{'Rain | ' * 20_000}</title>",
        '<meta name="author" content="Ana Costa">' * 20_000,
        script("," * 200_000),
        script('{"@type": "NewsArticle" "headline": "' + '"name": "' * 20_000),
    ],
    ids=[
        "deep list",
        "deep graph",
        "long script",
        "long author",
        "long title tag",
        "long title",
        "many",
        "commas",
        "keys",
    ],
)
def test_attacks_say_nothing_or_little(head: str) -> None:
    found = of(head)
    assert all(len(field["value"]) <= 5_000 for field in found.values())


def test_a_list_of_many_articles_is_none() -> None:
    many = [{"@type": "NewsArticle", "headline": f"Story {n}", "author": f"Ana Costa{n}"} for n in range(500)]
    assert of(script(json.dumps(many)), f"<h1>{TITLE}</h1>").keys() == {"headline"}


@given(JSON)
def test_any_json_ld(value: object) -> None:
    found = of(script(json.dumps(value)), f"<h1>{TITLE}</h1>")
    assert found["headline"]["value"]
    assert all(isinstance(text, str) for field in found.values() for text in field.values())


@given(st.text())
def test_any_text_for_json(text: str) -> None:
    assert isinstance(load(text), list)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("author", "og:title", "article:published_time", "og:url", "og:site_name", "dc.creator")),
            st.text(),
        ),
        max_size=6,
    )
)
def test_any_meta_tags(tags: list[tuple[str, str]]) -> None:
    tree = parse("<html><head></head><body><h1>Rain</h1></body></html>")
    for name, content in tags:
        tree[0].append(etree.Element("meta", name=name, content="".join(filter(str.isprintable, content))))
    assert all(field["value"] and field["source"] for field in fields(tree).values())
