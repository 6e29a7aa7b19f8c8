"""Which texts have the same kept shingle: posting lists, made a part of the hashes at a time."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import BOUND, LEAST_KEPT, MOST

PART = 1 << 23
"""Hashes held at once beside those given."""
BUCKET_BITS = 13
BUCKET = 1 << BUCKET_BITS
"""Hashes told apart in one small table, about."""
CROWD = 80
"""Texts with one shingle above which each of them is paired with a few only."""
FEW = 8
"""How many of a crowd all the others are paired with: the first by content."""


@Kernel
def listed_up_to(hashes):
    """Return the hash up to which those of a text are listed: the smaller half, which finds what is worth a look."""
    if len(hashes) > LEAST_KEPT:
        return np.int64(BOUND // 2)
    if len(hashes) <= LEAST_KEPT // 2:
        return np.int64(MOST)
    return np.int64(np.sort(hashes)[LEAST_KEPT // 2 - 1])


@Kernel
def _number_bucket(keys, begin, end, slots, numbers, of_key, sizes):
    """Number the hashes of a bucket, and count the texts of each; return how many there are."""
    size = 2
    while size < 2 * (end - begin):
        size *= 2
    mask, count = size - 1, 0
    for slot in range(size):
        numbers[slot] = -1
    for at in range(begin, end):
        slot = (np.int64(keys[at]) >> BUCKET_BITS) & mask
        while numbers[slot] >= 0 and slots[slot] != keys[at]:
            slot = (slot + 1) & mask
        if numbers[slot] < 0:
            slots[slot], numbers[slot] = keys[at], count
            sizes[count] = 0
            count += 1
        of_key[at - begin] = numbers[slot]
        sizes[numbers[slot]] += 1
    return count


@Kernel
def _list_bucket(entries, texts, begin, end, of_key, count, sizes, places, firsts, lengths, owners, used):
    """List the texts of the hashes that several have; tell each entry which of the list come before it."""
    for number in range(count):
        places[number] = used
        if sizes[number] > 1:
            used += sizes[number]
    if len(owners) < used:
        larger = np.empty(max(used, 2 * len(owners)), np.int32)
        larger[: len(owners)] = owners
        owners = larger
    listed = np.zeros(count, np.int32)
    for at in range(begin, end):
        number = of_key[at - begin]
        if sizes[number] > 1:
            before = listed[number]
            owners[places[number] + before] = texts[at]
            listed[number] += 1
            firsts[entries[at]] = places[number]
            lengths[entries[at]] = min(before, FEW) if sizes[number] > CROWD else before
    return owners, used


@Kernel
def postings(hashes, begins, ends, every):
    """List the texts of each listed hash; with `every`, all hashes are.

    Return where the listed hashes of each text begin, the place in the list of texts where those with the hash stand,
    how many of them come before the text and are to be paired with it, and the list of texts.
    """
    number = len(begins)
    bounds, offsets = np.empty(number, np.int64), np.zeros(number + 1, np.int64)
    total = 0
    for text in range(number):
        bound = np.int64(MOST) if every else listed_up_to(hashes[begins[text] : ends[text]])
        bounds[text] = bound
        for at in range(begins[text], ends[text]):
            total += hashes[at] <= bound
        offsets[text + 1] = total
    buckets, per_part = 1, 1
    while buckets * BUCKET < total:
        buckets *= 2
    while per_part < buckets and 2 * per_part * BUCKET <= PART:
        per_part *= 2
    bucket_ends = np.zeros(buckets + 1, np.int64)
    for text in range(number):
        for at in range(begins[text], ends[text]):
            bucket_ends[(np.int64(hashes[at]) & (buckets - 1)) + 1] += hashes[at] <= bounds[text]
    largest, largest_part = 0, 0
    for bucket in range(buckets):
        largest = max(largest, bucket_ends[bucket + 1])
        bucket_ends[bucket + 1] += bucket_ends[bucket]
    for bucket in range(0, buckets, per_part):
        largest_part = max(largest_part, bucket_ends[bucket + per_part] - bucket_ends[bucket])
    largest_part += per_part
    keys, entries = np.empty(largest_part, hashes.dtype), np.empty(largest_part, np.int32)
    texts = np.empty(largest_part, np.int32)
    slots, numbers = np.empty(4 * largest + 2, hashes.dtype), np.empty(4 * largest + 2, np.int32)
    of_key, sizes = np.empty(largest, np.int32), np.empty(largest, np.int32)
    list_places = np.empty(largest, np.int64)
    firsts, lengths = np.zeros(total, np.int32), np.zeros(total, np.uint8)
    owners, used = np.empty(total // 2 + 1, np.int32), 0
    for first in range(0, buckets, per_part):
        base = bucket_ends[first]
        # a place behind each bucket takes what is written and not counted: branches would be guessed wrongly
        places = bucket_ends[first : first + per_part] - base + np.arange(per_part)
        for text in range(number):
            entry = offsets[text]
            for at in range(begins[text], ends[text]):
                bucket = np.int64(hashes[at]) & (buckets - 1)
                local = bucket & (per_part - 1)
                is_listed = hashes[at] <= bounds[text]
                place = places[local]
                keys[place], entries[place], texts[place] = hashes[at], entry, text
                places[local] += is_listed & (bucket - local == first)
                entry += is_listed
        for bucket in range(per_part):
            begin = bucket_ends[first + bucket] - base + bucket
            end = bucket_ends[first + bucket + 1] - base + bucket
            count = _number_bucket(keys, begin, end, slots, numbers, of_key, sizes)
            owners, used = _list_bucket(
                entries, texts, begin, end, of_key, count, sizes, list_places, firsts, lengths, owners, used
            )
    return offsets, firsts, lengths, owners


@Kernel
def packed(values, begins, ends):
    """Return the lists that begin and end there, one after the other."""
    into = np.empty(np.sum(ends - begins), values.dtype)
    at = 0
    for number in range(len(begins)):
        size = ends[number] - begins[number]
        into[at : at + size] = values[begins[number] : ends[number]]
        at += size
    return into


@Kernel
def count_hits(hashes, begins, ends, known_hashes, known_begins, known_ends):
    """Return for each known text how many of its hashes are among those given, or seem to be; never too few."""
    size = 64
    while size < 256 * len(hashes) and size < 1 << 28:
        size *= 2
    bits = np.zeros(size // 64, np.uint64)
    mask = size - 1
    for text in range(len(begins)):
        for entry in range(begins[text], ends[text]):
            place = np.int64(hashes[entry]) & mask
            bits[place >> 6] |= np.uint64(1) << np.uint64(place & 63)
    hits = np.zeros(len(known_begins), np.int32)
    for text in range(len(known_begins)):
        for entry in range(known_begins[text], known_ends[text]):
            place = np.int64(known_hashes[entry]) & mask
            hits[text] += np.int32((bits[place >> 6] >> np.uint64(place & 63)) & np.uint64(1))
    return hits
