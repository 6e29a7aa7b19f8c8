"""HTML: the page as text, what its mark-up says, and which of its lines are the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import lxml.html
import trafilatura
from lxml import etree

from transforms.readers.record import sound

_SKIPPED = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "button"))
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WORD = re.compile(r"\w+")
_GRAM = 4
_BODY_SHARE = 0.8
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


class WebPage(NamedTuple):
    """A page: its text, one line a block; the fields its mark-up states; the numbers of its body lines."""

    rendering: str
    fields: dict[str, dict[str, str]]
    body_lines: list[int]

    def facts(self) -> dict[str, object]:
        """Return what `documents.page` keeps: each field with its value and source, and the body lines."""
        return {"fields": self.fields, "body_lines": self.body_lines}


def read_page(html: str) -> WebPage:
    r"""Read one page. Raises ValueError when it has no text, or elements nested deeper than can be read.

    >>> read_page("<body><nav>Home</nav><p>Rain fell.</p></body>").rendering
    'Home\n\nRain fell.'
    """
    tree = _tree(html)
    lines = list(_lines(tree))
    if not lines:
        raise ValueError("a page without text")
    return WebPage("\n\n".join(lines), _fields(tree), _body_lines(tree, lines))


def _tree(html: str) -> etree._Element:
    # without huge_tree all that is nested deeper than 256 elements is lost
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except etree.LxmlError as error:
        raise ValueError(f"not HTML: {error}") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError("a page with elements nested too deep")
    return tree


def _lines(tree: etree._Element) -> Iterator[str]:
    """Yield the visible text, one line a block element."""
    line: list[str] = []
    for piece in _pieces(tree):
        if piece is None:
            text = _SPACE.sub(" ", "".join(line)).strip(" ")
            line.clear()
            if text and not text.isspace():
                yield text
        else:
            line.append(piece)


def _pieces(tree: etree._Element) -> Iterator[str | None]:
    """Yield texts in page order, and None where a block begins or ends."""
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else None
        if event == "start" and skipping is None:
            if tag in _SKIPPED:
                skipping = element
                continue
            if tag not in _INLINE:
                yield None
            yield element.text or ""
        elif event != "start" and (skipping is None or element is skipping):
            skipping = None
            if tag is not None and tag not in _INLINE:
                yield None
            yield element.tail or ""
    yield None


def _body_lines(tree: etree._Element, lines: list[str]) -> list[int]:
    """Return the numbers of `lines`' raw lines that trafilatura takes as the article's body."""
    extracted = trafilatura.extract(tree, include_comments=False, include_tables=False, output_format="txt") or ""
    kept = {_folded(line.removeprefix("- ")) for line in extracted.splitlines()}
    grams = {gram for line in kept for gram in _grams(line)}
    # every rendered line is followed by an empty one, hence the even numbers
    return [2 * number for number, line in enumerate(lines) if _is_kept(_folded(line), kept, grams)]


def _is_kept(line: str, kept: set[str], grams: set[str]) -> bool:
    if line in kept:
        return bool(line)
    own = _grams(line)
    return len(own) >= _GRAM and sum(gram in grams for gram in own) >= _BODY_SHARE * len(own)


def _folded(line: str) -> str:
    return " ".join(_WORD.findall(line.casefold()))


def _grams(folded: str) -> list[str]:
    words = folded.split()
    return [" ".join(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)]


def _fields(tree: etree._Element) -> dict[str, dict[str, str]]:
    """Return each field with the first source that states it: JSON-LD, then meta tags, then the page's elements."""
    fields: dict[str, dict[str, str]] = {}
    beside = [*_meta(tree), *_elements(tree)]
    for name, value, source in (*_json_ld(tree, {value for name, value, _ in beside if name == "headline"}), *beside):
        text = _SPACE.sub(" ", sound(value)).strip()
        if text and name not in fields:
            fields[name] = {"value": text, "source": source}
    return fields


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
        yield "headline", " ".join(_lines(headings[0])), "h1"


def _dating(tree: etree._Element) -> etree._Element | None:
    """Return the first time in an article, unless it stands in a sentence and dates an event."""
    first = tree.find(".//article//time[@datetime]")
    if first is None or len(first.getparent().text_content().split()) > _LABEL_WORDS:
        return None
    return first
