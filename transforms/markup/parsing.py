"""From the text of a page to its tree of elements, with what the page's own script would put in place."""

from __future__ import annotations

import lxml.html
from lxml import etree


def parse(html: str) -> etree._Element:
    """Return the root element, without comments. Raises ValueError when nothing is there or it nests too deep."""
    # without huge_tree all that is nested deeper than 256 elements is lost
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except etree.LxmlError as error:
        raise ValueError(f"not HTML: {error}") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError("a page with elements nested too deep")
    _place_streamed_parts(tree)
    _open_buttons(tree)
    return tree


def _place_streamed_parts(tree: etree._Element) -> None:
    """Move each part that React streams after the page, hidden under the id S:n, to its template of the id B:n."""
    slots = {slot.get("id", "")[2:]: slot for slot in tree.iter("template") if slot.get("id", "").startswith("B:")}
    for part in [part for part in tree.iter("div") if "hidden" in part.attrib and part.get("id", "").startswith("S:")]:
        del part.attrib["hidden"]
        slot = slots.get(part.get("id")[2:])
        if slot is not None and part not in slot.iterancestors():
            slot.addprevious(part)


def _open_buttons(tree: etree._Element) -> None:
    """Take a button that holds paragraphs as a plain container: it was left open, and the page fell into it."""
    for paragraph in tree.iter("p"):
        button = next(paragraph.iterancestors("button"), None)
        if button is not None:
            button.tag = "div"
