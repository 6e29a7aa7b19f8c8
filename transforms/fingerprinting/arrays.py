"""Fingerprints by NumPy, text by text: the same as the compiled ones, for few texts or where nothing compiles."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from transforms.fingerprinting.parameters import (
    BOUND,
    COARSE_SHIFT,
    FACT_HASH_BITS,
    FACT_PLACE_BITS,
    FACT_PLACES,
    FINE_SHIFT,
    KEPT_BELOW,
    LEAST_KEPT,
    LONGEST_WORD,
    MIX_FIRST,
    MIX_SECOND,
    MIX_SHIFT,
    PIECE,
    PIECE_MULTIPLIER,
    SHINGLE,
    TEXT_MULTIPLIERS,
    WIDEST_GAP,
    WORD_MULTIPLIER,
)
from transforms.fingerprinting.tables import (
    CAPITAL,
    CODE,
    DIGIT,
    KIND_SHIFT,
    LETTER,
    NEWLINE,
    SEVERAL,
    SIGN,
    SIGNS_ABOVE,
    SIZE,
    SKIPPED,
    STOP,
)

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Sampled = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


class Fingerprints(NamedTuple):
    """Fingerprints of texts: two halves of a hash of all words, shingles, kept hashes and facts with where they end.

    `gaps` says of each kept hash how many shingles after the one before it stands.
    """

    digests: Hashes
    shingle_counts: npt.NDArray[np.int32]
    hashes: Sampled
    gaps: npt.NDArray[np.uint8]
    hash_ends: Integers
    facts: npt.NDArray[np.int32]
    fact_ends: Integers


class _Letters(NamedTuple):
    """Characters that count, those that stand for several spread out."""

    kinds: Integers
    codes: Hashes
    are_capital: Flags


def fingerprint_texts(
    data: npt.NDArray[np.uint8], offsets: Integers, points: npt.NDArray[np.uint32], letters: npt.NDArray[np.uint32]
) -> Fingerprints:
    """Fingerprint texts given as UTF-8 bytes and offsets."""
    found = [
        _fingerprint(*_words(_letters(data[begin:end].tobytes().decode(), points, letters)))
        for begin, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    ]
    digests, counts, hashes, gaps, facts = zip(*found, strict=True) if found else ((), (), (), (), ())
    return Fingerprints(
        np.array(digests, np.uint64).reshape(-1, 2),
        np.array(counts, np.int32),
        np.concatenate([np.empty(0, np.uint32), *hashes]),
        np.concatenate([np.empty(0, np.uint8), *gaps]),
        np.cumsum([len(one) for one in hashes], dtype=np.int64),
        np.concatenate([np.empty(0, np.int32), *facts]),
        np.cumsum([len(one) for one in facts], dtype=np.int64),
    )


def _letters(text: str, points: npt.NDArray[np.uint32], letters: npt.NDArray[np.uint32]) -> _Letters:
    chars = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    entries = points[np.minimum(chars, SIZE - 1)].astype(np.int64)
    above = chars >= SIZE
    entries[above] = np.where(chars[above] < SIGNS_ABOVE, SIGN << KIND_SHIFT | chars[above], 0)
    before_digit = np.r_[(chars[1:] >= ord("0")) & (chars[1:] <= ord("9")), np.zeros(min(len(chars), 1), bool)]
    inside = before_digit & ((chars == ord(",")) | (chars == ord(".")))
    counts = entries >> KIND_SHIFT != SKIPPED
    entries, inside = entries[counts], inside[counts]
    inside[1:] &= entries[:-1] >> KIND_SHIFT == DIGIT
    inside[:1] = False
    return _spread(entries[~inside], letters)


def _spread(entries: Integers, letters: npt.NDArray[np.uint32]) -> _Letters:
    is_several = entries >> KIND_SHIFT == SEVERAL
    number = np.ones(len(entries), np.int64)
    number[is_several] = letters[entries[is_several] & CODE, 0]
    which = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    entries, is_several = np.repeat(entries, number), np.repeat(is_several, number)
    codes = (entries & CODE).astype(np.uint64)
    codes[is_several] = letters[entries[is_several] & CODE, which[is_several] + 1]
    return _Letters(entries >> KIND_SHIFT, codes, entries & CAPITAL != 0)


def _words(letters: _Letters) -> tuple[Hashes, Flags]:
    """Return the hash of each word, and whether it is a name or number."""
    is_letter = np.isin(letters.kinds, (LETTER, DIGIT, SEVERAL))
    place = np.arange(len(is_letter))
    run_start = np.maximum.accumulate(np.where(is_letter, -1, place)) if len(place) else place
    starts = np.flatnonzero((is_letter & ((place - run_start - 1) % LONGEST_WORD == 0)) | (letters.kinds == SIGN))
    if not len(starts):
        return np.empty(0, np.uint64), np.empty(0, np.bool_)
    part = is_letter | (letters.kinds == SIGN)
    ends = np.minimum(np.r_[starts[1:], len(place)], _next(~part, place)[starts])
    of_word = np.maximum(np.cumsum(np.isin(place, starts, assume_unique=True)) - 1, 0)
    pieces_left = np.where(part, (ends - starts - 1)[of_word] // PIECE - (place - starts[of_word]) // PIECE, 0)
    powers = np.r_[np.uint64(1), np.multiply.accumulate(np.full(LONGEST_WORD // PIECE - 1, PIECE_MULTIPLIER))]
    placed = _placed(letters.codes, (place - starts[of_word]) % PIECE)
    hashes = np.add.reduceat(np.where(part, placed, np.uint64(0)) * powers[pieces_left], starts)
    return _mixed(hashes), _are_facts(letters, starts, ends)


def _placed(codes: Hashes, places: Integers) -> Hashes:
    """Return what each letter adds to its piece of a word: an ASCII one its byte, another one all bits."""
    wide = np.where(codes < 0x80, codes, _mixed(codes))
    bits = (8 * places).astype(np.uint64)
    return wide << bits | (wide >> np.uint64(1)) >> (np.uint64(63) - bits)


def _next(flags: Flags, place: Integers) -> Integers:
    """Return for each place the next at which a flag is set, or the end."""
    return np.minimum.accumulate(np.where(flags, place, len(place))[::-1])[::-1]


def _are_facts(letters: _Letters, starts: Integers, ends: Integers) -> Flags:
    """Return which words are numbers, or have a capital though they begin no sentence."""
    stops, newlines = (np.r_[0, np.cumsum(letters.kinds == kind)] for kind in (STOP, NEWLINE))
    before = np.r_[0, ends[:-1]]
    begins = (stops[starts] > stops[before]) | (newlines[starts] - newlines[before] > 1)
    begins[0] = True
    kinds = letters.kinds[starts]
    return np.asarray((kinds == DIGIT) | (letters.are_capital[starts] & ~begins & (kinds != SIGN)), np.bool_)


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits."""
    values = (values ^ (values >> MIX_SHIFT)) * MIX_FIRST
    values = (values ^ (values >> MIX_SHIFT)) * MIX_SECOND
    return values ^ (values >> MIX_SHIFT)


def _fingerprint(
    words: Hashes, is_fact: Flags
) -> tuple[Hashes, int, Sampled, npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    shingles = _shingles(words)
    places = _kept(shingles)
    said = np.flatnonzero(is_fact)
    keys = (words[said] >> np.uint64(64 - FACT_HASH_BITS)).astype(np.int64)
    first = np.sort(np.unique(keys, return_index=True)[1])
    after = np.clip(np.searchsorted(places, said[first], side="right") - 1, 0, FACT_PLACES)
    facts = (keys[first] << FACT_PLACE_BITS | after).astype(np.int32)
    gaps = np.minimum(np.diff(places, prepend=0), WIDEST_GAP).astype(np.uint8)
    return _digest(words), len(shingles), shingles[places], gaps, facts


def _digest(words: Hashes) -> Hashes:
    """Return two hashes of all words in their order."""
    halves = np.zeros(2, np.uint64)
    for half, multiplier in enumerate(TEXT_MULTIPLIERS):
        powers = np.multiply.accumulate(np.r_[np.uint64(1), np.full(max(len(words) - 1, 0), multiplier)])
        halves[half] = (words * powers[::-1][: len(words)]).sum(dtype=np.uint64)
    return _mixed(halves)


def _shingles(words: Hashes) -> Sampled:
    """Return the hash of each run of words; a shorter text is one shingle."""
    size = min(len(words), SHINGLE)
    rolled = np.zeros(len(words) - size + 1 if size else 0, np.uint64)
    for offset in range(size):
        rolled = rolled * WORD_MULTIPLIER + words[offset : offset + len(rolled)]
    mixed = _mixed(rolled)
    coarse = np.uint64(BOUND) + ((mixed - KEPT_BELOW) >> COARSE_SHIFT)
    return np.where(mixed < KEPT_BELOW, mixed >> FINE_SHIFT, coarse).astype(np.uint32)


def _kept(shingles: Sampled) -> Integers:
    """Return the places of the kept shingles, each at its first occurrence."""
    distinct, first = np.unique(shingles, return_index=True)
    below = first[distinct < BOUND]
    return np.sort(below if len(below) >= min(len(shingles), LEAST_KEPT) else first[:LEAST_KEPT])
