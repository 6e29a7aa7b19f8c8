"""Where an element stands: in the page's own article, or in what is about other things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

_MOST_ANCESTORS = 60
_MOST_HEADINGS = 30
# "address" is the author of what it stands in, wherever the page puts it
_HERE_TAGS = frozenset(("address", "article", "body", "html", "main"))
_ELSEWHERE_TAGS = frozenset(("nav", "aside", "footer", "form", "dialog"))
_ELSEWHERE = re.compile(
    r"comment|related|recirc|sidebar|side-bar|footer|recommend|teaser|promo|trending|most-?(?:read|popular)|newsletter"
    r"|read-?(?:more|next)|suggested|up-?next|carousel|widget|(?:^|[\s_-])nav(?:bar|igation)?(?:[\s_-]|$)|mega-?menu|disqus|popup",
    re.IGNORECASE,
)
_ABOUT_THE_STORY = re.compile(r"(?<![^\s_-])(?:author|byline|meta)(?![^\s_-])", re.IGNORECASE)
"""Classes of a footer or aside that tells of the story it ends."""
_LAYOUT = re.compile(r"(?<!\S)(?:has|no|with|without|hide|elementor|et_pb|jet|vc)[-_]\S*|\S*\[\S*", re.IGNORECASE)
"""Classes that say how a part is laid out, and name others: has-sidebar, no-comments; those of page builders."""
_ARTICLE_SCOPE = re.compile(r"(?:Article|Posting|Report|Review|Recipe|WebPage|CreativeWork)$")


def is_elsewhere(element: etree._Element) -> bool:
    """Whether an element stands in a part of the page that is about other things than its article."""
    for level in islice(self_and_ancestors(element), _MOST_ANCESTORS):
        marks = f"{level.get('class') or ''} {level.get('id') or ''}"
        if level.tag in _ELSEWHERE_TAGS and not _ABOUT_THE_STORY.search(marks[:500]):
            return True
        if level.tag in _HERE_TAGS:
            return False
        if marks != " " and _ELSEWHERE.search(_LAYOUT.sub("", marks[:500])):
            return True
    return False


def self_and_ancestors(element: etree._Element) -> Iterator[etree._Element]:
    """Yield an element and all it stands in."""
    yield element
    yield from element.iterancestors()


def scope(element: etree._Element) -> etree._Element | None:
    """Return the thing, in microdata or RDFa, that the properties on an element belong to."""
    scopes = (level for level in element.iterancestors() if level.get("itemscope") is not None or level.get("typeof"))
    return next(scopes, None)


def is_of_article(element: etree._Element) -> bool:
    """Whether the thing an element belongs to is an article, or of no stated type."""
    thing = scope(element)
    stated = "" if thing is None else str(thing.get("itemtype") or thing.get("typeof") or "")
    return not stated or any(map(_ARTICLE_SCOPE.search, stated.split()))


def own(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Return those of some marked elements that describe the page's article.

    Where there are several things, those without a top heading in them are other stories.
    """
    things = [(element, scope(element)) for element in elements if is_of_article(element)]
    distinct = {thing for _, thing in things if thing is not None}
    ours = distinct & _around_headings(things[0][0]) if len(distinct) > 1 else distinct
    return [element for element, thing in things if (not is_elsewhere(element) if thing is None else thing in ours)]


def _around_headings(element: etree._Element) -> set[etree._Element]:
    headings = islice(element.getroottree().iter("h1"), _MOST_HEADINGS)
    return {level for heading in headings for level in heading.iterancestors()}
