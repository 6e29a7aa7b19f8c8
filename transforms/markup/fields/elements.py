"""What the elements around a headline show: titles, bylines and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from transforms.byline_words import NOT_BY
from transforms.markup.fields.places import is_elsewhere, is_of_article, self_and_ancestors
from transforms.markup.fields.shown import shown
from transforms.markup.fields.statement import Statement
from transforms.published_words import UPDATED

_MOST_ELEMENTS = 4_000
_MOST_BYLINES = 12
_BYLINE_CHARACTERS = 300
_PIECE_CHARACTERS = 100
_LABEL_WORDS = 14
"""Most words of a line that dates or signs its article, rather than tells of some day or person."""

# "descendant::*" is twice as fast as "//*"
_MARKED = etree.XPath(
    "descendant::*[self::h1 or self::time or @itemprop or (@property and not(self::meta)) or @rel='author' or"
    " @class[contains(.,'ut') and (contains(.,'utho') or contains(.,'uto') or contains(.,'uteur')) or"
    " contains(.,'lin') and (contains(.,'ylin') or contains(.,'y-lin')) or"
    " contains(.,'writer') or contains(.,'journalist') or contains(.,'fn')]]"
    "|descendant::a[@href[contains(.,'/aut') or contains(.,'/by/') or contains(.,'/profile/') or"
    " contains(.,'/staff/') or contains(.,'/journalist') or contains(.,'/redakt') or contains(.,'/people/')]]"
)
_AUTHOR = r"(?:author|byline|by-line|autor|autore|auteur|writer|journalist|contributor)s?"
_NAME_CLASS = re.compile(
    rf"(?:^|[\s_-]){_AUTHOR}[_-]{{0,2}}(?:full)?(?:name|link)s?(?:[\s_-]|$)|(?:^|\s)(?:p-author|fn)(?:\s|$)",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    rf"(?:^|[\s_-]){_AUTHOR}(?:[\s_-]|$)|[a-z](?:Author|Byline)(?:[A-Z_\s-]|s?$)|(?:^|[\s_])(?:Author|Byline)"
)
_NO_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bio|avatar|image|photo|about|social|follow|desc(?:ription)?|role|title|job|twitter|date|disclosure"
    r"|reviewer|editor)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_AUTHOR_HREF = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|by|profile|staff|journalists?|redakt\w{0,8}|people)/[^/]", re.IGNORECASE
)
_LABEL_CHARACTERS = 60
_LABEL_LEVELS = 3
_ANOTHER_ROLE = re.compile(rf"(?<!\w)(?:{NOT_BY})\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…][\"”’»)]?$")
_PUBLISHED_CLASS = re.compile(r"publish|posted|entry-date|dt-published|pubdate|created", re.IGNORECASE)
_UPDATED = re.compile(rf"update|modif|(?<!\w)(?:{UPDATED})(?!\w)", re.IGNORECASE)


def marked(tree: etree._Element) -> list[etree._Element]:
    """Return the elements that may carry a field, in page order."""
    return list(islice(_MARKED(tree), _MOST_ELEMENTS))


def bylines(elements: Sequence[etree._Element], after: etree._Element | None) -> Iterator[list[Statement]]:
    """Yield groups of statements that may name the authors, the surest kind of mark first.

    `after` is the headline's element: what follows it comes before what stands above it.
    """
    start = elements.index(after) if after is not None else 0
    ordered = [*elements[start:], *elements[:start]]
    for source, is_kind in _KINDS:
        ours = (e for e in ordered if is_kind(e) and not is_elsewhere(e) and not _is_of_another_role(e))
        found = list(islice(ours, _MOST_BYLINES))
        for number, element in enumerate(found):
            beside = [element, *(other for other in found[number + 1 :] if _is_beside(other, element))]
            if statements := [Statement("authors", text, source) for one in beside if (text := _short(one))]:
                yield statements


def _is_of_another_role(element: etree._Element) -> bool:
    """Whether an element names somebody who did not write the story: "Edited by" stands before it."""
    return bool(_ANOTHER_ROLE.search(_label(element, _LABEL_LEVELS)))


def _label(element: etree._Element, levels: int) -> str:
    """Return the words before an element: those next to it, else to its parent, so many levels up."""
    for level in islice(self_and_ancestors(element), levels):
        before, parent = level.getprevious(), level.getparent()
        label = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if not label.strip() and before is not None:
            label = shown(before)
        if label.strip():
            return label[-_LABEL_CHARACTERS:]
    return ""


def _is_beside(element: etree._Element, first: etree._Element) -> bool:
    """Whether two elements belong to the same byline."""
    near = set(islice(first.iterancestors(), 3))
    return any(level in near for level in islice(element.iterancestors(), 3))


def _short(element: etree._Element) -> str:
    """Return the short pieces an element shows: the rest tells of the author's life."""
    pieces = filter(None, (piece.strip() for piece in shown(element, "\n").split("\n")))
    return " | ".join(piece for piece in pieces if len(piece) <= _PIECE_CHARACTERS)[:_BYLINE_CHARACTERS]


def _class(element: etree._Element) -> str:
    return str(element.get("class") or "")[:500]


def _is_rel_author(element: etree._Element) -> bool:
    return "author" in str(element.get("rel") or "").lower().split()


def _is_named(element: etree._Element) -> bool:
    return bool(_NAME_CLASS.search(_class(element)))


def _is_linked(element: etree._Element) -> bool:
    is_link = element.tag == "a" and _AUTHOR_HREF.search(str(element.get("href") or "")[:500])
    return bool(is_link) and not _is_in_a_sentence(element, ends=True)


def _is_byline(element: etree._Element) -> bool:
    marks = _class(element)
    return bool(_BYLINE_CLASS.search(marks)) and not _NO_BYLINE.search(marks)


_KINDS = (
    ("rel author", _is_rel_author),
    ("class author name", _is_named),
    ("class byline", _is_byline),
    ("link to author", _is_linked),
)


def times(elements: Sequence[etree._Element], after: etree._Element | None) -> Iterator[Statement]:
    """Yield the times that date the article: those marked as such, then the first one behind the headline."""
    start = elements.index(after) if after is not None else 0
    dated = [element for element in elements if element.tag == "time" and element.get("datetime")]
    ours = [one for one in dated if is_of_article(one) and not _is_updated(one) and not is_elsewhere(one)]
    for element in ours:
        if element.get("pubdate") is not None or _PUBLISHED_CLASS.search(_class(element)):
            yield Statement("published", str(element.get("datetime"))[:100], "time published")
            break
    behind = [element for element in elements[start:] if element in ours]
    if behind and not _is_in_a_sentence(behind[0]):
        yield Statement("published", str(behind[0].get("datetime"))[:100], "time datetime")


def _is_updated(time: etree._Element) -> bool:
    """Whether a time tells when the page was last changed."""
    return any(_UPDATED.search(text) for text in (_class(time), _label(time, 1)[-40:], shown(time)[:40]))


def _is_in_a_sentence(element: etree._Element, *, ends: bool = False) -> bool:
    """Whether what an element stands in has more words than a label, and where `ends`, ends as a sentence does."""
    around = shown(element.getparent())
    return len(around.split()) > _LABEL_WORDS and (not ends or bool(_SENTENCE.search(around)))
