"""Fingerprints of many texts in one pass over their UTF-8 bytes, compiled."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
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
    MOST,
    PIECE,
    PIECE_MULTIPLIER,
    SAMPLE,
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

_ZERO, _ONE = np.uint64(0), np.uint64(1)
_FIRST, _SECOND = TEXT_MULTIPLIERS
_FACT_SHIFT = np.uint64(64 - FACT_HASH_BITS)
_ENTERED_FOR_LEAST = 1.5 * LEAST_KEPT + 8
"""Shingles of a short text among which its smallest are looked for first: more than enough, but for many repeats."""

# Eight bytes at once: each constant is one byte's eight times over.
_LOW, _HIGH, _CASE = (np.uint64(0x0101010101010101 * byte) for byte in (0x01, 0x80, 0x20))
_BEFORE_HIGH = np.uint64(0x7F7F7F7F7F7F7F7F)
_FROM_0, _PAST_9, _FROM_A, _PAST_Z = (
    np.uint64(0x0101010101010101 * (0x80 - byte)) for byte in (0x30, 0x3A, 0x61, 0x7B)
)
_BYTE_BITS, _TOP_BYTE, _TOP_BIT = np.uint64(3), np.uint64(56), np.uint64(7)
_IN_EIGHT, _63 = np.uint64(7), np.uint64(63)


@Kernel
def _mixed(value):
    value = (value ^ (value >> MIX_SHIFT)) * MIX_FIRST
    value = (value ^ (value >> MIX_SHIFT)) * MIX_SECOND
    return value ^ (value >> MIX_SHIFT)


@Kernel
def _eight(data, at):
    """Return eight bytes from a place on, the first lowest; `data` are whole words of memory, one more than needed."""
    word, bits = at >> _BYTE_BITS, (at & _IN_EIGHT) << _BYTE_BITS
    return data[word] >> bits | (data[word + _ONE] << _ONE) << (_63 - bits)


@Kernel
def _first_other(bytes_, folded):
    """Return the lowest bit of the first of eight bytes that is no ASCII letter or digit, 0 where all are."""
    low = folded & _BEFORE_HIGH
    is_letter = (low + _FROM_A) & ~(low + _PAST_Z)
    low = bytes_ & _BEFORE_HIGH
    is_digit = (low + _FROM_0) & ~(low + _PAST_9)
    others = ~((is_letter | is_digit) & ~bytes_) & _HIGH
    return (others & (~others + _ONE)) >> _TOP_BIT


@Kernel
def _with_letter(piece, length, code):
    """Add a letter to a piece of a word: an ASCII one its byte, another one all bits, turned to its place."""
    bits = np.uint64(8 * (length % PIECE))
    if code >= np.uint64(0x80):
        code = _mixed(code)
    return piece + (code << bits | (code >> _ONE) >> (_63 - bits))


@Kernel
def _hashed(hashed, piece, length):
    """Return the hash of a word of some letters, given that of its whole pieces and what is left."""
    return _mixed(hashed * PIECE_MULTIPLIER + piece if length % PIECE else hashed)


@Kernel
def _scan(data, eights, at, end, points, letters, words, is_fact):
    """Write the hash of each word, and whether it is a name or number; return how many there are."""
    count, length, newlines = 0, 0, 0
    hashed, piece = _ZERO, _ZERO
    starts, named, last_digit = True, False, False
    last_eight = min(end - PIECE, PIECE * (len(eights) - 2))
    while at < end:
        byte = data[at]
        if length == 0 and byte < 0x80 and at <= last_eight:
            bytes_ = _eight(eights, np.uint64(at))
            folded = bytes_ | _CASE
            other = _first_other(bytes_, folded)
            if other != _ONE:  # a word begins
                named = byte <= 0x39 or (byte <= 0x5A and not starts)
                while other == _ZERO and length < LONGEST_WORD - PIECE and at + PIECE <= last_eight:
                    hashed = hashed * PIECE_MULTIPLIER + folded
                    length += PIECE
                    at += PIECE
                    bytes_ = _eight(eights, np.uint64(at))
                    folded = bytes_ | _CASE
                    other = _first_other(bytes_, folded)
                piece = folded & (other - _ONE)
                more = np.int64(((other - _ONE) & _LOW) * _LOW >> _TOP_BYTE)
                length += more
                at += more
                if more == PIECE:
                    hashed = hashed * PIECE_MULTIPLIER + piece
                    piece = _ZERO
                elif data[at] == 0x20:  # what ends nearly all words
                    words[count] = _hashed(hashed, piece, length)
                    is_fact[count] = named
                    count += 1
                    at += 1
                    hashed, piece, length, newlines = _ZERO, _ZERO, 0, 0
                    starts = False
                    continue
                last_digit = 0x30 <= data[at - 1] <= 0x39
                continue
        at += 1
        point = np.int64(byte)
        if byte < 0x80:
            entry = np.int64(points[byte])
        else:
            if byte < 0xE0:
                point = np.int64(byte & 0x1F) << 6 | np.int64(data[at] & 0x3F)
                at += 1
            elif byte < 0xF0:
                point = np.int64(byte & 0x0F) << 12 | np.int64(data[at] & 0x3F) << 6 | np.int64(data[at + 1] & 0x3F)
                at += 2
            else:
                point = (
                    np.int64(byte & 0x07) << 18
                    | np.int64(data[at] & 0x3F) << 12
                    | np.int64(data[at + 1] & 0x3F) << 6
                    | np.int64(data[at + 2] & 0x3F)
                )
                at += 3
            if point < SIZE:
                entry = np.int64(points[point])
            elif point < SIGNS_ABOVE:
                entry = np.int64(SIGN << KIND_SHIFT) | point
            else:
                entry = np.int64(0)
        kind = entry >> KIND_SHIFT
        if kind == LETTER or kind == DIGIT or kind == SEVERAL:
            several = 1
            if kind == SEVERAL:
                several = np.int64(letters[entry & CODE, 0])
            for number in range(several):
                if length == LONGEST_WORD:
                    words[count] = _hashed(hashed, piece, length)
                    is_fact[count] = named
                    count += 1
                    hashed, piece, length, newlines = _ZERO, _ZERO, 0, 0
                    starts = False
                if length == 0:
                    named = kind == DIGIT or ((entry & CAPITAL) != 0 and not starts)
                code = np.uint64(entry & CODE)
                if kind == SEVERAL:
                    code = np.uint64(letters[entry & CODE, number + 1])
                piece = _with_letter(piece, length, code)
                length += 1
                if length % PIECE == 0:
                    hashed = hashed * PIECE_MULTIPLIER + piece
                    piece = _ZERO
            last_digit = kind == DIGIT
            continue
        if kind == SKIPPED:
            continue
        if length:
            if (byte == 0x2C or byte == 0x2E) and last_digit and at < end and 0x30 <= data[at] <= 0x39:
                continue
            words[count] = _hashed(hashed, piece, length)
            is_fact[count] = named
            count += 1
            hashed, piece, length, newlines = _ZERO, _ZERO, 0, 0
            starts = False
        if kind == SIGN:
            words[count] = _hashed(_ZERO, _with_letter(_ZERO, 0, np.uint64(entry & CODE)), 1)
            is_fact[count] = False
            count += 1
            newlines = 0
            starts = False
        elif kind == STOP:
            starts = True
        elif kind == NEWLINE:
            newlines += 1
            starts = starts or newlines > 1
    if length:
        words[count] = _hashed(hashed, piece, length)
        is_fact[count] = named
        count += 1
    return count


@Kernel
def _hash_words(words, count, shingles, digest):
    """Write the hash of each run of words, one for a text that is too short, and of all; return how many runs."""
    size = min(count, SHINGLE)
    power = _ONE
    for _ in range(size):
        power *= WORD_MULTIPLIER
    rolled, first, second = _ZERO, _ZERO, _ZERO
    for at in range(count):
        word = words[at]
        first = first * _FIRST + word
        second = second * _SECOND + word
        rolled = rolled * WORD_MULTIPLIER + word
        if at >= size:
            rolled -= words[at - size] * power
        if at + 1 >= size:
            mixed = _mixed(rolled)
            coarse = np.uint64(BOUND) + ((mixed - KEPT_BELOW) >> COARSE_SHIFT)
            shingles[at + 1 - size] = np.uint32(mixed >> FINE_SHIFT if mixed < KEPT_BELOW else coarse)
    digest[0], digest[1] = _mixed(first), _mixed(second)
    return count - size + 1 if count else 0


@Kernel
def _first_seen(key, table, stamps, stamp, mask):
    """Enter a key; return whether it was not there under this stamp."""
    slot = key & mask
    while stamps[slot] == stamp:
        if table[slot] == key:
            return False
        slot = (slot + 1) & mask
    stamps[slot] = stamp
    table[slot] = key
    return True


@Kernel
def _keep(shingles, count, bound, places, table, stamps, stamp):
    """Write the places of the distinct shingles up to a bound, in text order; return how many there are."""
    few = 0
    for at in range(count):  # no branches: which are kept is chance
        places[few] = at
        few += shingles[at] <= bound
    mask = _mask(few)
    kept = 0
    for at in range(few):
        if _first_seen(np.int64(shingles[places[at]]), table, stamps, stamp, mask):
            places[kept] = places[at]
            kept += 1
    return kept


@Kernel
def _mask(number):
    """Return the mask of the slots of a table that is at most half full."""
    slots = 1
    while slots < 2 * number:
        slots *= 2
    return slots - 1


@Kernel
def _sample(shingles, count, places, table, stamps, stamp):
    kept = _keep(shingles, count, np.uint32(BOUND - 1), places, table, stamps, stamp)
    if kept >= min(count, LEAST_KEPT):
        return kept
    return _keep(shingles, count, _bound_of_few(shingles, count), places, table, stamps, stamp + 1)


@Kernel
def _bound_of_few(shingles, count):
    """Return the largest of the LEAST_KEPT smallest distinct shingles; of fewer, the largest there is."""
    share = max(0.0, min(1.0, _ENTERED_FOR_LEAST / count) - 1 / SAMPLE)
    bound = np.uint32(BOUND + share * SAMPLE / (SAMPLE - 1) * (MOST - BOUND))
    smallest = np.unique(shingles[:count][shingles[:count] <= bound])
    if len(smallest) < LEAST_KEPT:
        smallest = np.unique(shingles[:count])
    return smallest[min(len(smallest), LEAST_KEPT) - 1]


@Kernel
def _collect_facts(words, is_fact, count, places, kept, said, facts, at, table, stamps, stamp):
    """Write the distinct names and numbers, each with the number of the kept shingle it comes after."""
    few = 0
    for word in range(count):
        said[few] = word
        few += is_fact[word]
    mask = _mask(few)
    place = 0
    for fact in range(few):
        word = said[fact]
        while place < kept and places[place] <= word:
            place += 1
        key = np.int64(words[word] >> _FACT_SHIFT)
        if _first_seen(key, table, stamps, stamp, mask):
            facts[at] = key << FACT_PLACE_BITS | min(max(place - 1, 0), FACT_PLACES)
            at += 1
    return at


@Kernel
def _grown(array, size):
    if len(array) >= size:
        return array
    larger = np.empty(max(size, 2 * len(array)), array.dtype)
    larger[: len(array)] = array
    return larger


@Kernel
def fingerprint_texts(data, offsets, points, letters):
    """Fingerprint texts given as UTF-8 bytes and offsets: return the fields of `arrays.Fingerprints`."""
    number = len(offsets) - 1
    longest = 1
    for text in range(number):
        longest = max(longest, offsets[text + 1] - offsets[text])
    longest = longest // 2 + 2  # no word is shorter than a byte and a separator, or than a sign of two bytes
    eights = data[: len(data) // PIECE * PIECE].view(np.uint64)
    words, is_fact = np.empty(longest, np.uint64), np.empty(longest, np.bool_)
    shingles = np.empty(longest, np.uint32)
    places, said = np.empty(longest, np.int64), np.empty(longest, np.int64)
    size = 4
    while size < 4 * longest:
        size *= 2
    table, stamps = np.empty(size, np.int64), np.zeros(size, np.int64)
    hashes, gaps, facts = np.empty(1024, np.uint32), np.empty(1024, np.uint8), np.empty(1024, np.int32)
    digests = np.empty((number, 2), np.uint64)
    counts = np.empty(number, np.int32)
    hash_ends, fact_ends = np.empty(number, np.int64), np.empty(number, np.int64)
    used, told = 0, 0
    for text in range(number):
        count = _scan(data, eights, offsets[text], offsets[text + 1], points, letters, words, is_fact)
        counts[text] = _hash_words(words, count, shingles, digests[text])
        kept = _sample(shingles, counts[text], places, table, stamps, 3 * text + 1)
        hashes, gaps = _grown(hashes, used + kept), _grown(gaps, used + kept)
        before = 0
        for at in range(kept):
            hashes[used + at] = shingles[places[at]]
            gaps[used + at] = min(places[at] - before, WIDEST_GAP)
            before = places[at]
        used += kept
        facts = _grown(facts, told + count)
        told = _collect_facts(words, is_fact, count, places, kept, said, facts, told, table, stamps, 3 * text + 3)
        hash_ends[text], fact_ends[text] = used, told
    # copies, so that what was grown too large is given back
    return digests, counts, hashes[:used].copy(), gaps[:used].copy(), hash_ends, facts[:told].copy(), fact_ends
