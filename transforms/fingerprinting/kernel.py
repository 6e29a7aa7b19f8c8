"""Fingerprints of many texts in one pass over their UTF-8 bytes, compiled."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import (
    BOUND,
    FACT_HASH_BITS,
    FACT_PLACE_BITS,
    FACT_PLACES,
    HASH_BITS,
    LEAST_KEPT,
    LETTER_MULTIPLIER,
    LONGEST_WORD,
    MIX_FIRST,
    MIX_SECOND,
    MIX_SHIFT,
    SHINGLE,
    TEXT_MULTIPLIERS,
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

_ONE = np.uint64(1)
_ZERO = np.uint64(0)
_FIRST, _SECOND = TEXT_MULTIPLIERS
_MOST = 2**HASH_BITS - 1
_FACT_SHIFT = np.uint64(64 - FACT_HASH_BITS)


@Kernel
def _mixed(value):
    value = (value ^ (value >> MIX_SHIFT)) * MIX_FIRST
    value = (value ^ (value >> MIX_SHIFT)) * MIX_SECOND
    return value ^ (value >> MIX_SHIFT)


@Kernel
def _ascii_codes(points):
    """Return the code of each byte that is a letter or digit by itself, else 0."""
    codes = np.zeros(256, np.uint64)
    for byte in range(128):
        if points[byte] >> KIND_SHIFT == LETTER or points[byte] >> KIND_SHIFT == DIGIT:
            codes[byte] = points[byte] & CODE
    return codes


@Kernel
def _scan(data, at, end, points, ascii_codes, letters, words, is_fact):
    """Write the hash of each word, and whether it is a name or number; return how many there are."""
    count, length, newlines = 0, 0, 0
    hashed = _ZERO
    starts, named, last_digit = True, False, False
    while at < end:
        byte = data[at]
        at += 1
        point = np.int64(byte)
        code = ascii_codes[byte]
        if length == 0 and code != 0:
            named = byte <= 0x39 or (byte <= 0x5A and not starts)
            hashed = code
            last = min(end, at + LONGEST_WORD - 1)
            begin = at
            while at < last:
                code = ascii_codes[data[at]]
                if code == 0:
                    break
                hashed = hashed * LETTER_MULTIPLIER + code
                at += 1
            if at < end and data[at] == 0x20:  # what ends nearly all words
                words[count] = _mixed(hashed)
                is_fact[count] = named
                count += 1
                at += 1
                hashed, newlines = _ZERO, 0
                starts = False
                continue
            length = at - begin + 1
            last_digit = 0x30 <= data[at - 1] <= 0x39
            continue
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
                    words[count] = _mixed(hashed)
                    is_fact[count] = named
                    count += 1
                    hashed, length, newlines = _ZERO, 0, 0
                    starts = False
                if length == 0:
                    named = kind == DIGIT or ((entry & CAPITAL) != 0 and not starts)
                code = np.uint64(entry & CODE)
                if kind == SEVERAL:
                    code = np.uint64(letters[entry & CODE, number + 1])
                hashed = hashed * LETTER_MULTIPLIER + code
                length += 1
            last_digit = kind == DIGIT
            continue
        if kind == SKIPPED:
            continue
        if length:
            if (byte == 0x2C or byte == 0x2E) and last_digit and at < end and 0x30 <= data[at] <= 0x39:
                continue
            words[count] = _mixed(hashed)
            is_fact[count] = named
            count += 1
            hashed, length, newlines = _ZERO, 0, 0
            starts = False
        if kind == SIGN:
            words[count] = _mixed(np.uint64(entry & CODE))
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
        words[count] = _mixed(hashed)
        is_fact[count] = named
        count += 1
    return count


@Kernel
def _hash_shingles(words, count, shingles):
    """Write the hash of each run of words, one for a text that is too short; return how many there are."""
    size = min(count, SHINGLE)
    number = count - size + 1 if count else 0
    for at in range(number):
        rolled = _ZERO
        for word in range(at, at + size):
            rolled = rolled * WORD_MULTIPLIER + words[word]
        shingles[at] = np.int64(_mixed(rolled) >> _ONE)
    return number


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
    for at in range(count):
        few += shingles[at] <= bound
    mask = 1
    while mask < 2 * few:
        mask *= 2
    kept = 0
    for at in range(count):
        if shingles[at] <= bound and _first_seen(shingles[at], table, stamps, stamp, mask - 1):
            places[kept] = at
            kept += 1
    return kept


@Kernel
def _sample(shingles, count, places, table, stamps, stamp):
    kept = _keep(shingles, count, np.int64(BOUND - 1), places, table, stamps, stamp)
    if kept >= min(count, LEAST_KEPT):
        return kept
    return _keep(shingles, count, _bound_of_few(shingles, count), places, table, stamps, stamp + 1)


@Kernel
def _bound_of_few(shingles, count):
    """Return the largest of the LEAST_KEPT smallest distinct shingles; of fewer, the largest there is."""
    bound = np.int64(BOUND)
    while bound < _MOST // 2:
        smallest = np.unique(shingles[:count][shingles[:count] <= bound])
        if len(smallest) >= LEAST_KEPT:
            return smallest[LEAST_KEPT - 1]
        bound *= 2
    smallest = np.unique(shingles[:count])
    return smallest[min(len(smallest), LEAST_KEPT) - 1]


@Kernel
def _collect_facts(words, is_fact, count, places, kept, facts, at, table, stamps, stamp):
    """Write the distinct names and numbers, each with the number of the kept shingle it comes after."""
    few = 0
    for word in range(count):
        few += is_fact[word]
    mask = 1
    while mask < 2 * few:
        mask *= 2
    place = 0
    for word in range(count):
        if is_fact[word]:
            while place < kept and places[place] <= word:
                place += 1
            key = np.int64(words[word] >> _FACT_SHIFT)
            if _first_seen(key, table, stamps, stamp, mask - 1):
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
    ascii_codes = _ascii_codes(points)
    words, is_fact = np.empty(longest, np.uint64), np.empty(longest, np.bool_)
    shingles, places = np.empty(longest, np.int64), np.empty(longest, np.int64)
    size = 4
    while size < 4 * longest:
        size *= 2
    table, stamps = np.empty(size, np.int64), np.zeros(size, np.int64)
    hashes, facts = np.empty(1024, np.int64), np.empty(1024, np.int32)
    digests = np.empty((number, 2), np.uint64)
    counts = np.empty(number, np.int32)
    hash_ends, fact_ends = np.empty(number, np.int64), np.empty(number, np.int64)
    used, said = 0, 0
    for text in range(number):
        count = _scan(data, offsets[text], offsets[text + 1], points, ascii_codes, letters, words, is_fact)
        first, second = _ZERO, _ZERO
        for word in range(count):
            first = first * _FIRST + words[word]
            second = second * _SECOND + words[word]
        digests[text, 0], digests[text, 1] = _mixed(first), _mixed(second)
        counts[text] = _hash_shingles(words, count, shingles)
        kept = _sample(shingles, counts[text], places, table, stamps, 3 * text + 1)
        hashes = _grown(hashes, used + kept)
        for at in range(kept):
            hashes[used + at] = shingles[places[at]]
        used += kept
        facts = _grown(facts, said + count)
        said = _collect_facts(words, is_fact, count, places, kept, facts, said, table, stamps, 3 * text + 3)
        hash_ends[text], fact_ends[text] = used, said
    return digests, counts, hashes[:used], hash_ends, facts[:said], fact_ends
