"""HTML: the page as text, what its mark-up says, and which of its lines are the article."""

from __future__ import annotations

from typing import NamedTuple

from transforms.markup.body import body_lines
from transforms.markup.fields import fields
from transforms.markup.parsing import parse
from transforms.markup.rendering import rendered


class WebPage(NamedTuple):
    """A page: its text, one line a block; the fields its mark-up states; where its lines stand and which are its body.

    Between two lines of text stands an empty one, so the numbers of `body_lines` are even. `line_tags` and
    `link_shares` have an item a line of text: its innermost block with the regions around it, outermost first
    ("p main article"), and the percent of its characters inside links.
    """

    rendering: str
    fields: dict[str, dict[str, str]]
    body_lines: list[int]
    line_tags: list[str]
    link_shares: list[int]

    def facts(self) -> dict[str, object]:
        """Return what `documents.page` keeps: each field with its value and source, and what is known of the lines."""
        names = ("fields", "body_lines", "line_tags", "link_shares")
        return {name: getattr(self, name) for name in names}


def read_page(html: str) -> WebPage:
    r"""Read one page. Raises ValueError when it has no text, or elements nested deeper than can be read.

    >>> read_page("<body><nav>Home</nav><p>Rain fell.</p></body>").rendering
    'Home\n\nRain fell.'
    """
    tree = parse(html)
    page = rendered(tree)
    if not page.lines:
        raise ValueError("a page without text")
    return WebPage(
        rendering="\n\n".join(line.text for line in page.lines),
        fields=fields(tree),
        body_lines=[2 * number for number in body_lines(tree, page)],
        line_tags=[page.tag(line) for line in page.lines],
        link_shares=[line.link_share for line in page.lines],
    )
