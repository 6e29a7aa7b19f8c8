"""The visible text of a page, one line a block element, and where in the page each line stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_UNSEEN = frozenset((
    "annotation", "audio", "button", "canvas", "datalist", "head", "iframe", "noframes", "noscript", "object",
    "rp", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "input", "ins", "kbd", "label", "link", "map", "mark", "meta", "meter", "nobr", "picture", "progress",
    "q", "rb", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "math", "mfrac", "mi", "mn", "mo", "mrow", "msqrt", "mstyle", "msub", "msubsup",
    "msup", "mtext", "semantics",
))  # fmt: skip
_REGIONS = frozenset(("article", "aside", "figure", "footer", "header", "main", "nav"))
_BREAKS = frozenset(("br", "hr"))
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Block(NamedTuple):
    """A block element: the number of the one around it, the regions it lies in (outermost first, blanks between)."""

    tag: str
    parent: int
    regions: str
    is_article_body: bool


class Line(NamedTuple):
    """A line of text, the number of its innermost block and the percent of its characters inside links."""

    text: str
    block: int
    link_share: int


class Rendering(NamedTuple):
    """A page as text. Blocks stand in page order, a block before those inside it; block 0 is around all others."""

    lines: list[Line]
    blocks: list[Block]

    def tag(self, line: Line) -> str:
        """Return the tag of a line's block and the regions it lies in: "p article"."""
        block = self.blocks[line.block]
        return " ".join(dict.fromkeys((block.tag, *block.regions.split())))


class _Row(NamedTuple):
    """An open table row: the number of its first line, and whether each cell so far is one line at most."""

    first_line: int
    cell_line: int
    is_plain: bool


class _Writer:
    """Takes a page's elements and texts in order and writes its lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.blocks = [Block("", 0, "", is_article_body=False)]
        self._open = [0]
        self._rows: list[_Row] = []
        self._links = 0
        self._texts: list[str] = []
        self._linked: list[str] = []

    def text(self, text: str) -> None:
        self._texts.append(text)
        if self._links:
            self._linked.append(text)

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if _is_inline(tag):
            self._links += tag == "a"
            return
        self.end_line()
        if tag not in _BREAKS:
            self._open_block(element, tag)

    def end(self, tag: str) -> None:
        if _is_inline(tag):
            self._links -= tag == "a"
            return
        self.end_line()
        if tag not in _BREAKS:
            block = self._open.pop()
            if self._rows:
                self._end_in_row(tag, block)

    def end_line(self) -> None:
        if not self._texts:
            return
        text = "".join(self._texts)
        if text and not text.isspace():
            text = _squeezed(text)
            linked = len(_squeezed("".join(self._linked))) if self._linked else 0
            self.lines.append(Line(text, self._open[-1], 100 * linked // len(text)))
        self._texts.clear()
        self._linked.clear()

    def _open_block(self, element: etree._Element, tag: str) -> None:
        parent = self._open[-1]
        regions = self.blocks[parent].regions
        if tag in _REGIONS and tag not in regions.split():
            regions = f"{regions} {tag}".lstrip()
        self._open.append(len(self.blocks))
        self.blocks.append(Block(tag, parent, regions, _is_article_body(element)))
        if tag == "tr":
            self._rows.append(_Row(len(self.lines), len(self.lines), is_plain=True))

    def _end_in_row(self, tag: str, block: int) -> None:
        row = self._rows[-1]
        if tag in ("td", "th"):
            is_plain = row.is_plain and len(self.lines) - row.cell_line <= 1
            self._rows[-1] = _Row(row.first_line, len(self.lines), is_plain)
        elif tag == "tr":
            self._rows.pop()
            if row.is_plain and len(self.lines) - row.first_line > 1:
                self.lines[row.first_line :] = [_joined(self.lines[row.first_line :], block)]


def rendered(tree: etree._Element) -> Rendering:
    """Render an element: its visible text in page order, one line a block.

    A line break ends a line; a table row whose cells are one line each is one line, tabs between its cells.
    """
    page = _Writer()
    walk = etree.iterwalk(tree, events=("start", "end"))
    is_seen = True
    for event, element in walk:
        if event == "start":
            is_seen = not _is_unseen(element)
            if is_seen:
                page.start(element)
                if text := element.text:
                    page.text(text)
            else:
                walk.skip_subtree()
        else:
            # the end that follows an unseen start is its own
            if is_seen:
                page.end(element.tag)
            is_seen = True
            if text := element.tail:
                page.text(text)
    page.end_line()
    return Rendering(page.lines, page.blocks)


def lines(tree: etree._Element) -> Iterator[str]:
    """Yield the texts of an element's lines."""
    return (line.text for line in rendered(tree).lines)


def _is_unseen(element: etree._Element) -> bool:
    tag = element.tag
    return tag in _UNSEEN or element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None)


def _is_article_body(element: etree._Element) -> bool:
    marks = element.get("itemprop")
    return marks is not None and "articleBody" in marks.split()


def _is_inline(tag: str) -> bool:
    # elements of a page's own making, with a hyphen in their names, are inline unless styled otherwise
    return tag in _INLINE or "-" in tag


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


def _joined(cells: list[Line], block: int) -> Line:
    linked = sum(len(cell.text) * cell.link_share for cell in cells)
    return Line("\t".join(cell.text for cell in cells), block, linked // sum(len(cell.text) for cell in cells))
