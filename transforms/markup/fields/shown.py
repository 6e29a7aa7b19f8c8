"""The words an element shows."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from transforms.segments import clean_line

_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "button"))
_INLINE = frozenset(
    (
        *(
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
        ),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
_MOST_EVENTS = 600
_MOST_PIECES = 12


def shown(element: etree._Element, joint: str = " ") -> str:
    """Return the visible words of an element on one line, blocks parted by `joint`; of a large one, its beginning.

    A joint that is no space also parts elements that stand in a row with nothing between them, as in bylines.
    """
    parts: list[str] = []
    hidden: etree._Element | None = None
    for count, (event, inner) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        if count > _MOST_EVENTS:
            break
        if event == "start" and hidden is None:
            if inner.tag in _HIDDEN:
                hidden = inner
            else:
                is_in_a_row = joint != " " and inner is not element and _follows(inner)
                parts.append((joint if is_in_a_row or inner.tag not in _INLINE else "") + (inner.text or ""))
        elif event == "end" and inner is not element and hidden in (None, inner):
            hidden = None
            parts.append(("" if inner.tag in _INLINE else joint) + (inner.tail or ""))
    text = "".join(parts)
    return clean_line(text).text if joint == " " else joint.join(clean_line(line).text for line in text.split(joint))


def _follows(element: etree._Element) -> bool:
    """Whether an element follows another at once."""
    before = element.getprevious()
    return before is not None and not before.tail


def pieces(element: etree._Element) -> list[str]:
    """Return the words of each element in one, and those that stand in none of them."""
    for _ in range(_MOST_PIECES):
        children = list(islice(element.iterchildren(), _MOST_PIECES))
        own = clean_line(" ".join(filter(None, (element.text, *(child.tail for child in children))))).text
        if len(children) != 1 or own:
            return [piece for piece in (*map(shown, children), own) if piece] if children else []
        element = children[0]
    return []
