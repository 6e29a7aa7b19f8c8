"""Which lines of a rendered page are the article: those that trafilatura takes as its body."""

from __future__ import annotations

import re

import trafilatura
from lxml import etree

_WORD = re.compile(r"\w+")
_GRAM = 4
_BODY_SHARE = 0.8


def body_lines(tree: etree._Element, lines: list[str]) -> list[int]:
    """Return the numbers of `lines`' raw lines that trafilatura takes as the article's body."""
    extracted = trafilatura.extract(tree, include_comments=False, include_tables=False, output_format="txt") or ""
    kept = {_folded(line.removeprefix("- ")) for line in extracted.splitlines()}
    grams = {gram for line in kept for gram in _grams(line)}
    # every rendered line is followed by an empty one, hence the even numbers
    return [2 * number for number, line in enumerate(lines) if _is_kept(_folded(line), kept, grams)]


def _is_kept(line: str, kept: set[str], grams: set[str]) -> bool:
    if line in kept:
        return bool(line)
    own = _grams(line)
    return len(own) >= _GRAM and sum(gram in grams for gram in own) >= _BODY_SHARE * len(own)


def _folded(line: str) -> str:
    return " ".join(_WORD.findall(line.casefold()))


def _grams(folded: str) -> list[str]:
    words = folded.split()
    return [" ".join(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)]
