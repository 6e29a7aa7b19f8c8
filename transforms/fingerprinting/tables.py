"""What each character is to a fingerprint: part of a word, a word of its own, nothing at all, or what ends a word.

Letters are folded by case and compatibility and lose their accents, so that decomposed, composed, capital and
typographic forms are the same; digits of all scripts are those of ASCII.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SEPARATOR, LETTER, DIGIT, SIGN, SKIPPED, STOP, NEWLINE, SEVERAL = range(8)
"""Kinds: a SIGN is a word of its own, a STOP ends a sentence, SEVERAL stands for more than one letter."""
KIND_SHIFT = 24
CAPITAL = 1 << 23
CODE = (1 << 21) - 1
SIZE = 0x20000
"""Code points in the table; above are rare ideographs and private ones."""
SIGNS_ABOVE = 0x40000
MOST_LETTERS = 4
_STOPS = ".!?…。！？؟।։"
_APOSTROPHES = "'’ʼ＇"
_UNSPACED = (
    (0x0E00, 0x10A0),  # Thai, Lao, Tibetan, Myanmar
    (0x1780, 0x1800),  # Khmer
    (0x3005, 0x3100),  # ideographic marks, Hiragana, Katakana
    (0x31F0, 0x3200),
    (0x3400, 0xA000),  # ideographs
    (0xF900, 0xFB00),
    (0x1B000, 0x1B170),
)
"""Scripts without spaces between words."""


class Tables(NamedTuple):
    """For each code point its kind, case and code; for those of SEVERAL letters, their count and codes."""

    points: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint32]


@cache
def tables() -> Tables:
    """Return the tables for the Unicode version of this Python."""
    points = np.zeros(SIZE, np.uint32)
    several: list[list[int]] = []
    for point in range(SIZE):
        char = chr(point)
        category = unicodedata.category(char)
        if category[0] in "LMN" or category == "Cf" or char in _STOPS or char in _APOSTROPHES or char in "\n\u2029":
            points[point] = _entry(char, category, several)
    return Tables(points, np.array(several, np.uint32).reshape(-1, MOST_LETTERS + 1))


def _entry(char: str, category: str, several: list[list[int]]) -> int:
    if char in _APOSTROPHES or category in {"Mn", "Me", "Cf"}:
        return SKIPPED << KIND_SHIFT
    if char in _STOPS:
        return STOP << KIND_SHIFT
    if category[0] not in "LMN":
        return NEWLINE << KIND_SHIFT
    if category == "Nd":
        return DIGIT << KIND_SHIFT | ord("0") + unicodedata.digit(char)
    capital = CAPITAL if category in {"Lu", "Lt"} else 0
    codes = [ord(part) for part in _folded(char)][:MOST_LETTERS] or [ord(char)]
    if len(codes) > 1:
        several.append([len(codes), *codes, *[0] * (MOST_LETTERS - len(codes))])
        return SEVERAL << KIND_SHIFT | capital | len(several) - 1
    return _kind(chr(codes[0])) << KIND_SHIFT | capital | codes[0]


def _folded(char: str) -> str:
    """Return the letters and digits of a character in lower case without accents."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(part for part in parts if part.isalnum() or unicodedata.category(part) == "Mc")


def _kind(char: str) -> int:
    if char in "0123456789":
        return DIGIT
    return SIGN if any(begin <= ord(char) < end for begin, end in _UNSPACED) else LETTER
