"""What the elements around a headline show: titles, bylines and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from transforms.markup.fields.shown import shown
from transforms.markup.fields.statement import Statement
from transforms.markup.fields.tags import is_of_article
from transforms.published_words import UPDATED

_MOST_ELEMENTS = 4_000
_MOST_ANCESTORS = 60
_MOST_BYLINES = 12
_BYLINE_CHARACTERS = 300
_PIECE_CHARACTERS = 100
_TIME_WORDS = 14
"""Most words of a line that dates its article, rather than tells of some day."""

# "descendant::*" is twice as fast as "//*"
_MARKED = etree.XPath(
    "descendant::*[self::h1 or self::time or @itemprop or (@property and not(self::meta)) or @rel='author' or"
    " @class[contains(.,'ut') and (contains(.,'utho') or contains(.,'uto') or contains(.,'uteur')) or"
    " contains(.,'lin') and (contains(.,'ylin') or contains(.,'y-lin')) or"
    " contains(.,'writer') or contains(.,'journalist') or contains(.,'fn')]]"
    "|descendant::a[@href[contains(.,'/aut') or contains(.,'/by/') or contains(.,'/profile/') or"
    " contains(.,'/staff/') or contains(.,'/journalist') or contains(.,'/redakt') or contains(.,'/people/')]]"
)
# "address" is the author of what it stands in, wherever the page puts it
_HERE_TAGS = frozenset(("address", "article", "body", "html", "main"))
_ELSEWHERE_TAGS = frozenset(("nav", "aside", "footer", "form", "dialog"))
_ELSEWHERE = re.compile(
    r"comment|related|recirc|sidebar|side-bar|footer|recommend|teaser|promo|trending|most-?(?:read|popular)|newsletter"
    r"|read-?(?:more|next)|up-?next|carousel|widget|(?:^|[\s_-])nav(?:bar|igation)?(?:[\s_-]|$)|mega-?menu|disqus|popup",
    re.IGNORECASE,
)
_ABOUT_THE_STORY = re.compile(r"(?<![^\s_-])(?:author|byline|meta)(?![^\s_-])", re.IGNORECASE)
"""Classes of a footer or aside that tells of the story it ends."""
_LAYOUT = re.compile(r"(?<!\S)(?:has|no|with|without|hide|elementor|et_pb|jet|vc)[-_]\S*|\S*\[\S*", re.IGNORECASE)
"""Classes that say how a part is laid out, and name others: has-sidebar, no-comments; those of page builders."""
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
_PUBLISHED_CLASS = re.compile(r"publish|posted|entry-date|dt-published|pubdate|created", re.IGNORECASE)
_UPDATED = re.compile(rf"update|modif|(?<!\w)(?:{UPDATED})(?!\w)", re.IGNORECASE)


def marked(tree: etree._Element) -> list[etree._Element]:
    """Return the elements that may carry a field, in page order."""
    return list(islice(_MARKED(tree), _MOST_ELEMENTS))


def is_elsewhere(element: etree._Element) -> bool:
    """Whether an element stands in a part of the page that is about other things than its article."""
    for level in islice(_self_and_ancestors(element), _MOST_ANCESTORS):
        marks = f"{level.get('class') or ''} {level.get('id') or ''}"
        if level.tag in _ELSEWHERE_TAGS and not _ABOUT_THE_STORY.search(marks[:500]):
            return True
        if level.tag in _HERE_TAGS:
            return False
        if marks != " " and _ELSEWHERE.search(_LAYOUT.sub("", marks[:500])):
            return True
    return False


def _self_and_ancestors(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def bylines(elements: Sequence[etree._Element], after: etree._Element | None) -> Iterator[list[Statement]]:
    """Yield groups of statements that may name the authors, the surest kind of mark first.

    `after` is the headline's element: what follows it comes before what stands above it.
    """
    start = elements.index(after) if after is not None else 0
    ordered = [*elements[start:], *elements[:start]]
    for source, is_kind in _KINDS:
        found = list(islice((e for e in ordered if is_kind(e) and not is_elsewhere(e)), _MOST_BYLINES))
        for number, element in enumerate(found):
            beside = [element, *(other for other in found[number + 1 :] if _is_beside(other, element))]
            if statements := [Statement("authors", text, source) for one in beside if (text := _short(one))]:
                yield statements


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
    return element.tag == "a" and bool(_AUTHOR_HREF.search(str(element.get("href") or "")[:500]))


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
    before = time.getprevious()
    label = (before.tail if before is not None else time.getparent().text) or ""
    if not label.strip() and before is not None:
        label = shown(before)
    return bool(_UPDATED.search(_class(time)) or _UPDATED.search(label[-40:]) or _UPDATED.search(shown(time)[:40]))


def _is_in_a_sentence(time: etree._Element) -> bool:
    return len(shown(time.getparent()).split()) > _TIME_WORDS
