"""The visible text of a page, one line a block element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

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


def lines(tree: etree._Element) -> Iterator[str]:
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
