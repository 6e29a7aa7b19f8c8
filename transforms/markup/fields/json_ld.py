"""What JSON-LD says of a page's article, in the words of schema.org."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from transforms.markup.fields.json_scripts import load
from transforms.markup.fields.statement import Statement
from transforms.markup.fields.titles import alike, folded

_MOST_NODES = 3_000
_MOST_NAMES = 50
_DEEPEST = 12
_ALIKE = 0.75
"""How alike a stated headline must be to a title of the page, where none is the same."""
_ARTICLE_ENDS = ("article", "posting", "report", "review", "recipe", "howto", "podcastepisode", "creativework")
_PAGES = frozenset(("webpage", "itempage", "aboutpage", "faqpage"))
_ORGANISATIONS = ("organization", "corporation", "business", "agency", "brand", "website")
_KEYS = {
    "headline": ("headline", "name"),
    "published": ("datePublished", "dateCreated", "uploadDate"),
    "modified": ("dateModified",),
    "section": ("articleSection",),
    "language": ("inLanguage",),
    "outlet": ("publisher", "sourceOrganization", "provider"),
    "deck": ("alternativeHeadline", "description"),
    "authors": ("author", "creator"),
    "url": ("url",),
}
_OF_A_PAGE = ("published", "modified", "language", "outlet", "authors")

Node = dict[str, Any]


def json_ld(scripts: Sequence[str], titles: frozenset[str], address: str | None) -> Iterator[Statement]:
    """Yield what the scripts say of the article the page is about, the surest first.

    Several articles are told apart by the page's address or one of its `titles` (folded, see `titles`); where neither
    does and their headlines differ, the page is a list and nothing is said of any. What the article leaves out is
    read off its WebPage.
    """
    nodes = list(_nodes(scripts))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    articles = [node for node in nodes if _is_article(node)]
    ours = _of_the_page(articles, titles, address)
    stated = [statement for node in ours for statement in _statements(node, by_id, _KEYS)]
    yield from stated
    if ours or not articles:
        # what the article leaves out, its page may say
        left = [field for field in _OF_A_PAGE if field not in {statement.field for statement in stated}]
        for node in nodes:
            if _kinds(node) & (_PAGES if ours else _PAGES | {"videoobject"}):
                yield from _statements(node, by_id, left)
    for node in nodes:
        if "website" in _kinds(node):
            yield from (Statement("site", name, "json-ld WebSite") for name in _names(node.get("name"), by_id))


def _nodes(scripts: Sequence[str]) -> Iterator[Node]:
    """Yield every object that may describe the page: in lists, graphs, and as the main thing of another."""
    waiting: deque[tuple[object, int]] = deque()
    for script in scripts:
        waiting.extend((value, 0) for value in load(script))
    found = 0
    while waiting and found < _MOST_NODES:
        value, depth = waiting.popleft()
        if depth > _DEEPEST:
            continue
        if isinstance(value, list):
            waiting.extendleft((item, depth + 1) for item in reversed(value[:_MOST_NODES]))
        elif isinstance(value, dict):
            found += 1
            yield value
            inner = ("about", "hasPart", "itemListElement", "item", "mainEntityOfPage", "mainEntity", "@graph")
            waiting.extendleft((value[key], depth + 1) for key in inner if isinstance(value.get(key), list | dict))


def _kinds(node: Node) -> set[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/#:]", kind)[-1].strip().lower() for kind in listed if isinstance(kind, str)}


def _is_article(node: Node) -> bool:
    return any(kind.endswith(_ARTICLE_ENDS) for kind in _kinds(node))


def _of_the_page(articles: list[Node], titles: frozenset[str], address: str | None) -> list[Node]:
    """Return the articles that are the page's own."""
    exact = [node for node in articles if folded(_title(node)) in titles]
    named = exact or [node for node in articles if any(alike(_title(node), title) >= _ALIKE for title in titles)]
    placed = [node for node in articles if address and address in _addresses(node)]
    headlines = {folded(_title(node)) for node in articles} - {""}
    return [node for node in placed if node in named] or named or placed or (articles if len(headlines) < 2 else [])


def _addresses(node: Node) -> set[str]:
    main = node.get("mainEntityOfPage")
    stated = (node.get("url"), node.get("@id"), main, main.get("@id") if isinstance(main, dict) else None)
    return {place for value in stated if isinstance(value, str) and (place := plain_address(value))}


def plain_address(url: str) -> str:
    """Return host and path of an address, or "" for that of a whole site.

    >>> plain_address("https://www.post.example/a/1/?ref=x#top")
    'post.example/a/1'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return parts.netloc.lower().removeprefix("www.") + path if path else ""


def _title(node: Node) -> str:
    return next((value for value in (node.get("headline"), node.get("name")) if isinstance(value, str)), "")


def _statements(node: Node, by_id: dict[str, Node], fields: Sequence[str] | dict[str, Any]) -> Iterator[Statement]:
    for field in fields:
        for key in _KEYS[field]:
            names = _people(node.get(key), by_id) if field == "authors" else _names(node.get(key), by_id)
            yield from (Statement(field, name, f"json-ld {key}") for name in names[:_MOST_NAMES])
    authors = node.get("author")
    for author in (authors if isinstance(authors, list) else [authors])[:_MOST_NAMES]:
        if isinstance(author, dict) and "person" in _kinds(_resolved(author, by_id)):
            yield from (Statement("person", name, "json-ld author") for name in _names(author, by_id)[:1])


def _people(value: object, by_id: dict[str, Node]) -> list[str]:
    """Return the names of those that are not said to be organisations."""
    listed = value if isinstance(value, list) else [value]
    return [
        name
        for item in listed[:_MOST_NAMES]
        if not (isinstance(item, dict) and _is_organisation(_resolved(item, by_id)))
        for name in _names(item, by_id)
    ]


def _is_organisation(node: Node) -> bool:
    return any(kind.endswith(_ORGANISATIONS) for kind in _kinds(node))


def _names(value: object, by_id: dict[str, Node], depth: int = 0) -> list[str]:
    """Return the texts, or names of objects, in a value."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if depth > 3:
        return []
    if isinstance(value, list):
        return [name for item in value[:_MOST_NAMES] for name in _names(item, by_id, depth + 1)]
    if isinstance(value, dict):
        node = _resolved(value, by_id)
        parts = " ".join(part for key in ("givenName", "familyName") if isinstance(part := node.get(key), str))
        stated = node.get("name") or parts or node.get("@value") or node.get("alternateName")
        return _names(stated, by_id, depth + 1)
    return []


def _resolved(node: Node, by_id: dict[str, Node]) -> Node:
    return by_id.get(node["@id"], node) if isinstance(node.get("@id"), str) and "name" not in node else node
