"""The shape of lines: counts of their words, letters and marks, whatever they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.lines.model.words import Words, function_words

SHAPE = (
    "words",
    "characters",
    "word_length",
    "lower_share",
    "title_share",
    "capitals_share",
    "function_words",
    "function_share",
    "digits",
    "number_words",
    "commas",
    "stops",
    "quote_marks",
    "separators",
    "brackets",
    "currency",
    "colons",
    "addresses",
    "clocks",
    "ellipses",
    "closed",
    "question",
    "colon_end",
    "lower_start",
    "digit_start",
    "bullet",
)
"""What `shapes` measures, a column each."""

_CLASSES = {
    "commas": ",、،，",
    "quote_marks": '"“”«»„',
    "separators": "|·•/›»>",
    "brackets": "([（",
    "currency": "$€£¥₽₹",
    "ends": ".!?…。？！؟।",
    "closers": "\"'”’»)]",
    "bullets": "-–—•*·▪›»+#",
}
_TABLE = 0x10000
_LINES = 1_000
"""Lines measured at a time: what fits a core's cache."""
_Flags = NDArray[np.bool_]
_Counts = NDArray[np.int32]


@cache
def _bits() -> tuple[dict[str, int], NDArray[np.uint16]]:
    """Return a bit for each class of characters, and the classes of every code point below `_TABLE`."""
    characters = [chr(number) for number in range(_TABLE)]
    tests: dict[str, Any] = {
        "upper": str.isupper,
        "lower": str.islower,
        "digit": str.isdigit,
        "space": str.isspace,
        **{name: frozenset(members).__contains__ for name, members in _CLASSES.items()},
    }
    flags = [np.array([test(character) for character in characters]) for test in tests.values()]
    table = np.zeros(_TABLE, np.uint16)
    for number, flag in enumerate(flags):
        table |= flag.astype(np.uint16) << np.uint16(number)
    return {name: 1 << number for number, name in enumerate(tests)}, table


class _Characters:
    """The characters of lines in one row, each line closed by a line break."""

    def __init__(self, lines: Sequence[str]) -> None:
        lengths = np.array([len(line) + 1 for line in lines], np.int64)
        ends = np.cumsum(lengths)
        self.first = ends - lengths
        self.last = np.maximum(ends - 2, self.first)
        joined = "\n".join([*lines, ""])
        self.codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
        self._bit, table = _bits()
        self._classes = table.take(self.codes, mode="clip")
        self.lengths = lengths - 1

    def of(self, name: str) -> _Flags:
        """Return which characters are of a class."""
        return np.asarray((self._classes & self._bit[name]) > 0)

    def count(self, flags: _Flags) -> _Counts:
        """Return how many characters of each line are flagged; a line break never is."""
        return np.add.reduceat(flags.view(np.uint8), self.first, dtype=np.int32)

    def starts(self, space: _Flags) -> _Flags:
        """Return which characters begin a word."""
        return np.asarray(~space & np.concatenate([[True], space[:-1]]))


def shapes(lines: Sequence[str], words: Words) -> NDArray[np.float32]:
    """Measure lines that are not empty; `words` are theirs. Out: one row a line, a column for each name in SHAPE.

    >>> from transforms.lines.model.words import words_of
    >>> lines = ["Rain fell on Oslo."]
    >>> dict(zip(SHAPE, shapes(lines, words_of(lines))[0].tolist()))["closed"]
    1.0
    """
    if not lines:
        return np.zeros((0, len(SHAPE)), np.float32)
    parts = [_measured(_Characters(lines[at : at + _LINES])) for at in range(0, len(lines), _LINES)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    told = function_words(words)
    columns |= {"function_words": told, "function_share": told / np.maximum(words.counts, 1)}
    return np.column_stack([columns[name] for name in SHAPE]).astype(np.float32)


def _measured(text: _Characters) -> dict[str, Any]:
    return {**_words(text), **_marks(text), **_ends(text)}


def _words(text: _Characters) -> dict[str, Any]:
    upper, lower, digit = (text.of(name) for name in ("upper", "lower", "digit"))
    starts = text.starts(text.of("space"))
    words, capitals = text.count(starts), text.count(upper)
    count = np.maximum(words, 1)
    return {
        "characters": text.lengths,
        "words": words,
        "word_length": text.lengths / count,
        "lower_share": text.count(starts & lower) / count,
        "title_share": text.count(starts & upper) / count,
        "capitals_share": capitals / np.maximum(capitals + text.count(lower), 1),
        "digits": text.count(digit),
        "number_words": text.count(starts & digit),
    }


def _marks(text: _Characters) -> dict[str, Any]:
    colon, digit = text.codes == ord(":"), text.of("digit")
    follows_space = np.concatenate([text.of("space")[1:], [True]])
    follows = {code: np.concatenate([text.codes[1:] == ord(code), [False]]) for code in "/."}
    near_digit = np.concatenate([[False], digit[:-1]]) & np.concatenate([digit[1:], [False]])
    stop = text.codes == ord(".")
    return {
        **{name: text.count(text.of(name)) for name in ("commas", "quote_marks", "separators", "brackets", "currency")},
        "stops": text.count(text.of("ends") & follows_space),
        "colons": text.count(colon & follows_space),
        "addresses": text.count((text.codes == ord("@")) | (colon & follows["/"])),
        "clocks": text.count(colon & near_digit),
        "ellipses": text.count((text.codes == ord("…")) | (stop & follows["."])),
    }


def _ends(text: _Characters) -> dict[str, Any]:
    end, closer = text.of("ends"), text.of("closers")
    last = text.last
    before = np.maximum(last - closer[last], text.first)
    before = np.maximum(before - closer[before], text.first)
    return {
        "closed": end[before],
        "question": np.isin(text.codes[before], [ord(mark) for mark in "?？؟"]),
        "colon_end": text.codes[last] == ord(":"),
        "lower_start": text.of("lower")[text.first],
        "digit_start": text.of("digit")[text.first],
        "bullet": text.of("bullets")[text.first],
    }
