"""JSON-LD scripts as values: common faults are mended, an article in what stays broken is read by its keys."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from lxml import etree

_MOST_CHARACTERS = 2_000_000
_MOST_VALUES = 50
_MOST_BROKEN = 200_000
"""Characters of a broken script looked at."""
_WRAPPERS = re.compile(r"<!--|-->|(?://|/\*)? ?<!\[CDATA\[ ?(?:\*/)?|(?://|/\*)? ?\]\]> ?(?:\*/)?")
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_ESCAPE = re.compile(r"""\\(?:(["\\/bfnrt]|u[0-9A-Fa-f]{4})|(.?))""", re.DOTALL)
_MENDS: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: _WRAPPERS.sub("", text),
    lambda text: _TRAILING_COMMA.sub("", text),
    lambda text: _ESCAPE.sub(lambda escape: escape[0] if escape[1] else escape[2], text),
    html.unescape,
)
_OPENING = re.compile(r"[{\[]")
_BETWEEN = re.compile(r"[\s,;]*")
_ARTICLE_KIND = re.compile(r'"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(\w{0,30}(?:Article|BlogPosting))"')
_KEYS = ("headline", "datePublished", "dateModified", "articleSection", "inLanguage", "description")
_TEXT = r'\s{0,20}:\s{0,20}"([^\n]{1,600}?)"(?=\s{0,20}(?:[}\]]|,\s{0,200}["}]|$))'
_PAIRS = {key: re.compile(rf'"{key}"{_TEXT}') for key in _KEYS}
_NAME = re.compile(rf'"name"{_TEXT}')
_AUTHOR = re.compile(rf'"author"(?:{_TEXT}|\s{{0,20}}:\s{{0,20}}(\[[^\]]{{1,3000}}|{{[^}}]{{1,1000}}))', re.DOTALL)


def scripts(tree: etree._Element) -> list[str]:
    """Return the texts of a page's JSON-LD scripts but for those longer than two million characters."""
    found = (script for script in tree.iter("script") if "ld+json" in str(script.get("type") or "").lower())
    return [text for script in found if len(text := script.text or "") <= _MOST_CHARACTERS]


def load(text: str) -> list[object]:
    """Return the values a script holds, one after the other.

    Wrappers, assignments, raw line breaks, escapes JSON does not know and trailing commas are no hindrance. Of a
    script that cannot be read so, what its keys say of one article is returned, or nothing.

    >>> load('{"a": 1,} {"b": 2}')
    [{'a': 1}, {'b': 2}]
    """
    for mend in _MENDS:
        text = mend(text)
        with suppress(ValueError, RecursionError):
            return list(_values(text))
    return [article] if (article := _by_keys(text[:_MOST_BROKEN])) else []


def _values(text: str) -> Iterator[object]:
    """Yield the values in a text. Raises ValueError or RecursionError when the first cannot be read."""
    decoder = json.JSONDecoder(strict=False)
    opening = _OPENING.search(text)
    value, end = decoder.raw_decode(text, opening.start() if opening else 0)
    yield value
    for _ in range(_MOST_VALUES):
        with suppress(ValueError, RecursionError):
            value, end = decoder.raw_decode(text, _BETWEEN.match(text, end).end())  # type: ignore[union-attr]
            yield value
            continue
        return


def _by_keys(text: str) -> dict[str, Any] | None:
    """Return the first text behind each key of a script that is about one article."""
    kinds = _ARTICLE_KIND.findall(text)
    if len(kinds) != 1:
        return None
    found = {key: pair[1] for key, pattern in _PAIRS.items() if (pair := pattern.search(text))}
    return {"@type": kinds[0], **found, "author": _authors(text)}


def _authors(text: str) -> list[str]:
    author = _AUTHOR.search(text)
    if not author:
        return []
    return [author[1]] if author[1] else [name[1] for name in _NAME.finditer(author[2])]
