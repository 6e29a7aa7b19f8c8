"""What meta tags, links and elements with microdata, RDFa or microformats say of a page's article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from transforms.byline_words import BY
from transforms.markup.fields.places import own
from transforms.markup.fields.shown import shown
from transforms.markup.fields.statement import Statement

_MOST_CHARACTERS = 5_000
_META = {
    "headline": "og:title twitter:title citationtitle dctitle dctermstitle parselytitle sailthrutitle headline",
    "authors": "author article:author citationauthor dccreator dctermscreator parselyauthor sailthruauthor authors byl "
    "cxenseparse:author og:article:author authorname articleauthor dccreatorname",
    "published": "article:publishedtime og:article:publishedtime og:publishedtime datepublished citationonlinedate "
    "citationpublicationdate citationdate dcdateissued dctermsissued dcdatepublished parselypubdate sailthrudate "
    "publishdate publisheddate publicationdate pubdate publishedon publishedat article:published articlepublished "
    "cxenseparse:recs:publishtime originalpublicationdate articledateoriginal og:pubdate article:publicationdate "
    "article:publishdate publishtime publishedtime publicationdatetime publishdatetime bt:pubdate rnews:datepublished "
    "releasedate dcdatecreated dctermscreated datecreated dctermsdate dcdate date",
    "modified": "article:modifiedtime og:updatedtime og:article:modifiedtime datemodified dcdatemodified "
    "dctermsmodified article:modified modifiedtime lastmodified",
    "outlet": "og:sitename dcpublisher dctermspublisher citationpublisher publisher applicationname "
    "applemobilewebapptitle",
    "section": "article:section og:article:section parselysection cxenseparse:section section",
    "language": "dclanguage dctermslanguage contentlanguage og:locale",
    "url": "og:url parselylink twitter:url",
    "deck": "og:description description dcdescription dctermsdescription twitter:description",
}
"""Names of meta tags without case, hyphens, dots and underscores, of each field the surest first."""
_FIELDS = {key: (field, rank) for field, keys in _META.items() for rank, key in enumerate(keys.split())}
_MARKS = str.maketrans("", "", "-_. ")
_BY_LABEL = re.compile(rf"(?:{BY})\s*:?", re.IGNORECASE)
_ITEMS = {
    "headline": "headline",
    "author": "authors",
    "creator": "authors",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "publisher": "outlet",
    "articlesection": "section",
    "inlanguage": "language",
    "alternativeheadline": "deck",
}


def meta_tags(tree: etree._Element) -> list[Statement]:
    """Return what meta tags say, of each field the surest kind of tag first."""
    found: list[tuple[int, Statement]] = []
    labels: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = str(element.get("content") or "")
        if not content or len(content) > _MOST_CHARACTERS:
            continue
        for name in ("property", "name", "http-equiv"):
            key = str(element.get(name) or "").lower()
            if (known := key.translate(_MARKS)) in _FIELDS:
                field, rank = _FIELDS[known]
                found.append((rank, Statement(field, content, f"meta {key}")))
            elif key.startswith("twitter:"):
                labels[key] = content
    found.sort(key=lambda ranked: ranked[0])
    return [statement for _, statement in found] + list(_labelled(labels))


def _labelled(cards: dict[str, str]) -> Iterator[Statement]:
    """Yield the author that a Twitter card's pair of label and data names."""
    for number in "12":
        if _BY_LABEL.fullmatch(cards.get(f"twitter:label{number}", "").strip()) and f"twitter:data{number}" in cards:
            yield Statement("authors", cards[f"twitter:data{number}"], f"meta twitter:data{number}")


def items(elements: Sequence[etree._Element]) -> Iterator[Statement]:
    """Yield what microdata (itemprop) and RDFa (property) say of the page's article."""
    marks = [(element, mark) for element in elements for mark in _marks(element)]
    ours = set(own(element for element, _ in marks))
    for element, (kind, name) in marks:
        if element in ours:
            field = _ITEMS.get(name, "headline")
            yield Statement(field, _value(element, field), f"{kind} {name}")


def _marks(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the properties an element carries: how, and their names."""
    kind = "itemprop" if element.get("itemprop") else "property"
    for word in str(element.get(kind) or "").lower().split():
        name = word.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
        if name in _ITEMS or word == "dc:title":
            yield kind, name


def _value(element: etree._Element, field: str) -> str:
    """Return the value of a property: its attribute for machines, or the name of what it holds, or its words."""
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return str(element.get(attribute))[:_MOST_CHARACTERS]
    if field in ("authors", "outlet"):
        for inner in element.iterdescendants():
            if "name" in (inner.get("itemprop"), inner.get("property")):
                return str(inner.get("content") or "") or shown(inner)
    return shown(element)


def links(tree: etree._Element) -> Iterator[Statement]:
    """Yield the canonical address."""
    for link in tree.iter("link"):
        if str(link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Statement("url", str(link.get("href")), "link canonical")
