"""HTML: the page as text, what its mark-up says, and which of its lines are the article."""

from __future__ import annotations

from typing import NamedTuple

import lxml.html
from lxml import etree

from transforms.markup.body import body_lines
from transforms.markup.fields import fields
from transforms.markup.rendering import lines


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
    rendered = list(lines(tree))
    if not rendered:
        raise ValueError("a page without text")
    return WebPage("\n\n".join(rendered), fields(tree), body_lines(tree, rendered))


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
