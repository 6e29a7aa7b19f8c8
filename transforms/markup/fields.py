"""What a page's mark-up states of its article, each field with the source that states it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lxml import etree

from transforms.markup.rendering import lines
from transforms.readers.record import sound

_SPACE = re.compile(r"[ \t\n\r\f]+")
_LABEL_WORDS = 12
"""Most words of a line that dates its article, rather than tells of some day."""

_META = {
    "headline": ("og:title", "twitter:title"),
    "authors": ("author", "article:author", "parsely-author"),
    "outlet": ("og:site_name", "application-name"),
    "published": ("article:published_time", "datepublished", "dc.date.issued", "parsely-pub-date"),
    "modified": ("article:modified_time", "datemodified"),
    "section": ("article:section",),
    "url": ("og:url",),
    "deck": ("og:description", "description"),
}
_JSON_LD = {
    "headline": "headline",
    "published": "datePublished",
    "modified": "dateModified",
    "section": "articleSection",
    "url": "url",
    "language": "inLanguage",
    "outlet": "publisher",
    "authors": "author",
}
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "OpinionNewsArticle",
)


def fields(tree: etree._Element) -> dict[str, dict[str, str]]:
    """Return each field with the first source that states it: JSON-LD, then meta tags, then the page's elements."""
    found: dict[str, dict[str, str]] = {}
    beside = [*_meta(tree), *_elements(tree)]
    for name, value, source in (*_json_ld(tree, {value for name, value, _ in beside if name == "headline"}), *beside):
        text = _SPACE.sub(" ", sound(value)).strip()
        if text and name not in found:
            found[name] = {"value": text, "source": source}
    return found


def _json_ld(tree: etree._Element, titles: set[str]) -> list[tuple[str, str, str]]:
    """Return what JSON-LD says of the page's article: where it lists several, of the one the page is titled by."""
    stated: list[list[tuple[str, str, str]]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        with suppress(ValueError, RecursionError):
            stated += [list(_node_fields(node)) for node in _article_nodes(json.loads(script.text or ""))]
    headlines = [fields[0][1] for fields in stated]
    is_one = len(stated) == 1 or len(set(filter(None, headlines))) == 1
    return [field for fields in stated if is_one or fields[0][1] in titles for field in fields]


def _node_fields(node: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, key in _JSON_LD.items():
        yield name, _as_name(node.get(key)), f"json-ld {key}"


def _article_nodes(loaded: object) -> Iterator[dict[str, Any]]:
    nodes = loaded if isinstance(loaded, list) else [loaded]
    for node in nodes:
        if isinstance(node, dict):
            kinds = node.get("@type")
            if any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield node
            if isinstance(node.get("@graph"), list):
                yield from _article_nodes(node["@graph"])


def _as_name(value: object) -> str:
    """Return the text or name in a JSON-LD value; several are joined by '; '."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_as_name, value)))
    if isinstance(value, dict):
        return _as_name(value.get("name"))
    return value if isinstance(value, str) else ""


def _meta(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    stated: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = str(element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        stated.setdefault(key, []).append(str(element.get("content") or ""))
    for name, keys in _META.items():
        for key in keys:
            values = stated.get(key, [])
            yield name, "; ".join(values) if name == "authors" else "".join(values[:1]), f"meta {key}"


def _elements(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    for name, path, attribute in (
        ("url", './/link[@rel="canonical"]', "href"),
        ("published", ".//time[@itemprop='datePublished']", "datetime"),
        ("language", ".", "lang"),
    ):
        element = tree.find(path)
        if element is not None:
            yield name, str(element.get(attribute) or ""), f"{element.tag} {attribute}"
    if (time := _dating(tree)) is not None:
        yield "published", str(time.get("datetime")), "time datetime"
    headings = tree.findall(".//h1")
    if len(headings) == 1:
        yield "headline", " ".join(lines(headings[0])), "h1"


def _dating(tree: etree._Element) -> etree._Element | None:
    """Return the first time in an article, unless it stands in a sentence and dates an event."""
    first = tree.find(".//article//time[@datetime]")
    if first is None or len(first.getparent().text_content().split()) > _LABEL_WORDS:
        return None
    return first
