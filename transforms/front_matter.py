"""Front matter of Markdown: the fields that writers put between two rules above the text."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<lines>.{0,20000}?)^(?:---|\.\.\.)[ \t]*$(?:\r?\n)?", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w-]{0,40}):[ \t]+(?P<value>\S[^\r\n]{0,2000})$", re.MULTILINE)
_NAMES = {
    "title": "title",
    "author": "author",
    "authors": "authors",
    "date": "published",
    "published": "published",
    "updated": "modified",
    "modified": "modified",
    "lang": "language",
    "language": "language",
    "url": "url",
    "source": "source",
    "description": "deck",
}
"""Fields of front matter, and what JSONL records call them."""


class FrontMatter(NamedTuple):
    """The fields as a record's metadata, and where the text begins behind them."""

    given: dict[str, object]
    end: int


def front_matter(text: str) -> FrontMatter:
    r"""Read `name: value` lines between `---` and `---` at the very beginning; what is nested there is passed over.

    >>> front_matter("---\ntitle: Ferry aground\ndate: 2026-03-02\n---\nIt rained.").given
    {'title': 'Ferry aground', 'published': '2026-03-02'}
    """
    block = _BLOCK.match(text)
    fields = (
        {found["name"].lower(): found["value"].strip() for found in _FIELD.finditer(block["lines"])} if block else {}
    )
    if not block or not fields:
        return FrontMatter({}, 0)
    return FrontMatter({_NAMES[name]: _value(value) for name, value in fields.items() if name in _NAMES}, block.end())


def _value(written: str) -> object:
    if written.startswith("[") and written.endswith("]"):
        return [_bare(part) for part in written[1:-1].split(",") if part.strip()]
    return _bare(written)


def _bare(written: str) -> str:
    written = written.strip()
    is_quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
    return written[1:-1] if is_quoted else written
