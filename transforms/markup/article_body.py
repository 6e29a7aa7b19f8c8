"""The article body a page states in JSON-LD."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from transforms.markup.fields.json_scripts import load, scripts

_KEY = "articleBody"
_TAG = re.compile(r"<[^<>]{0,500}>")


def stated_body(tree: etree._Element) -> str:
    """Return the longest schema.org `articleBody` of a page's JSON-LD, without mark-up; empty when there is none."""
    found = [""]
    for script in scripts(tree):
        if _KEY in script:
            found += _bodies(load(script))
    return _TAG.sub(" ", html.unescape(max(found, key=len)))


def _bodies(loaded: object) -> Iterator[str]:
    """Yield the bodies in a JSON value, however deep."""
    todo = [loaded]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if isinstance(value.get(_KEY), str):
                yield value[_KEY]
            todo += value.values()
        elif isinstance(value, list):
            todo += value
