"""Titles compared: whether two places of a page state the same one."""

from __future__ import annotations

import html
import re
from collections import Counter

_GRAM = 3
TITLE_CHARACTERS = 12
"""Fewest letters and figures of what is a title by itself, or a title's whole beginning."""


def folded(title: str) -> str:
    """Return the letters and figures of a title, for comparison."""
    return re.sub(r"[\W_]", "", html.unescape(title).casefold())


def alike(one: str, other: str) -> float:
    """Return how alike two titles are by their groups of three letters, 0 to 1; 1 where one begins with the other."""
    a, b = folded(one), folded(other)
    short, long = sorted((a, b), key=len)
    if len(short) >= TITLE_CHARACTERS and (long.startswith(short) or long.endswith(short)):
        return 1.0
    left, right = _grams(a), _grams(b)
    return 2 * sum((left & right).values()) / max(1, left.total() + right.total())


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1)))
