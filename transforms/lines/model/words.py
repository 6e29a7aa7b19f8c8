"""The words of lines as hashed features of a linear model, and their ids for comparing lines of a text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIRST, _LAST = 30, 10
"""Words read of a long line, at its beginning and at its end."""
_LENGTHS = (3, 8, 25)
"""Words up to which a line is very short, short, or of middle length: the same word says other things in each."""
_FUNCTION_WORDS = """
a about after all also an and are as at be because been but by can could did do for from had has have he her his how i
if in into is it its more my no not of on one or our out said she so some than that the their them then there they this
to up was we were what when where which who will with would you your
al como con de del el en es esta este fue ha las lo los más para pero por que se sin su sus un una y ya
ao as da das dos e em foi mais na nas não nos o os ou pela pelo seu sua uma
au aux ce ces cette dans des du elle est et être il ils la le les leur mais ne par pas plus pour qui sa ses son sur une
alla che chi dei della delle di è gli il nel nella non per più sono tra
als am auch auf aus bei das dass dem den der die ein eine einen einer er für hat im ist mit nach nicht oder sich sie
sind über und uns von war wird zu zum zur
bij dat door een het hij met naar niet ook op over te uit van voor was werd wij ze zijn
att av det ett för har här inte med när och på som till är af fra ikke og var
jest nie się w z że dla po
без был была были в для до его за и из к как на не но о от по с то у что это
bir bu daha çok için ile olan olarak ve
"""
"""The commonest small words of eleven groups of languages (English, Spanish, Portuguese, French, Italian, German,
Dutch, Scandinavian, Polish, Russian, Turkish): running text has many, labels few."""
_CACHED = 200_000
_CACHED_CHARACTERS = 40
_SMALL = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2**64 over the golden ratio, for multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4)."""
_ID = 8
_FUNCTION = 1 << 32
"""Bytes of an id, and the bit above it that is set for function words."""


class Words(NamedTuple):
    """The words of lines, flat: their ids, whether each is a function word, its line; and where lines begin."""

    ids: NDArray[np.uint64]
    is_function: NDArray[np.bool_]
    line: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]


def words_of(lines: Sequence[str]) -> Words:
    """Read the words of lines: case folded, all numbers of as many digits alike."""
    found = [b"".join(map(_known.__getitem__, line.lower().split())) for line in lines]
    most = (_FIRST + _LAST) * _ID
    kept = [ids if len(ids) <= most else ids[: _FIRST * _ID] + ids[-_LAST * _ID :] for ids in found]
    length = np.array([len(ids) // _ID for ids in kept], np.int64)
    flat = np.frombuffer(b"".join(kept), "<u8")
    ids, is_function = flat & np.uint64(_FUNCTION - 1), flat >= _FUNCTION
    return Words(ids, is_function, np.repeat(np.arange(len(lines)), length), np.cumsum(length) - length, length)


class _Pieces(dict[str, bytes]):
    """The ids of the words in what stands between two spaces; most of it has been met before."""

    def __missing__(self, piece: str) -> bytes:
        numbers = (_id(word) for word in _WORD.findall(piece))
        ids = b"".join((number | _FUNCTION * (number in _function_ids())).to_bytes(_ID, "little") for number in numbers)
        if len(self) > _CACHED:
            self.clear()
        if len(piece) <= _CACHED_CHARACTERS:
            self[piece] = ids
        return ids


_known = _Pieces()


def _id(word: str) -> int:
    known = "0" * len(word) if word.isdigit() else word
    # the last bit tells words long enough to speak of a subject
    return (zlib.crc32(known.encode("utf-8", "replace")) | 3) ^ (1 if len(word) <= _SMALL else 0)


def function_words(words: Words) -> NDArray[np.int64]:
    """Return how many of each line's words are function words of some language."""
    return np.bincount(words.line[words.is_function], minlength=len(words.counts))


@cache
def _function_ids() -> frozenset[int]:
    return frozenset(map(_id, _FUNCTION_WORDS.split()))


def buckets(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the hashed features of lines: bucket numbers, and the line each belongs to.

    Features are words and pairs of neighbours, each with the length class of its line, the first and the last word,
    and short lines whole.
    """
    length = np.searchsorted(_LENGTHS, words.counts).astype(np.uint64)
    here = length[words.line] << np.uint64(33)
    parts = [(words.ids + here, words.line)]
    if len(words.ids) > 1:
        is_pair = words.line[1:] == words.line[:-1]
        pairs = words.ids[:-1] * np.uint64(3) + (words.ids[1:] << np.uint64(5))
        parts.append((pairs[is_pair], words.line[1:][is_pair]))
    filled = np.flatnonzero(words.counts)
    first, last = words.starts[filled], words.starts[filled] + words.counts[filled] - 1
    parts.append((words.ids[first] * np.uint64(5) + here[first], filled))
    parts.append((words.ids[last] * np.uint64(7) + here[last], filled))
    short = filled[words.counts[filled] <= _LENGTHS[1]]
    totals = _sums(words)
    parts.append((totals[short] * np.uint64(11), short))
    keys = np.concatenate([key for key, _ in parts])
    return ((keys * _MIX) >> np.uint64(64 - 15)).astype(np.int64), np.concatenate([line for _, line in parts])


def _sums(words: Words) -> NDArray[np.uint64]:
    """Return a number for each line's words in order."""
    place = (np.arange(len(words.ids)) - words.starts[words.line]).astype(np.uint64)
    sums = np.zeros(len(words.counts), np.uint64)
    np.add.at(sums, words.line, words.ids * (place * np.uint64(2) + np.uint64(1)))
    return sums


def score(words: Words, weights: NDArray[np.int64], bias: int) -> NDArray[np.int64]:
    """Return the linear score of lines, in hundredths of a logit: whole numbers, so that no order of adding matters."""
    bucket, line = buckets(words)
    sums = np.full(len(words.counts), bias, np.int64)
    np.add.at(sums, line, weights[bucket])
    return np.clip(sums, -600, 600)
