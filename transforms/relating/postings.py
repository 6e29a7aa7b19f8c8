"""Which texts have the same kept shingle: posting lists, made a part of the hashes at a time."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel

PART = 1 << 22
"""Hashes held at once beside those given."""
BUCKET = 1 << 12
"""Hashes told apart in one small table, about."""
ALONE = -1


@Kernel
def _group_bucket(keys, entries, begin, end, slots, seen, groups, count):
    """Number the hashes of a bucket that are there more than once; return the number after the last."""
    size = 2
    while size < 2 * (end - begin):
        size *= 2
    mask = size - 1
    for slot in range(size):
        seen[slot] = -1
    for at in range(begin, end):
        slot = (keys[at] >> 20) & mask
        while seen[slot] >= 0 and slots[slot] != keys[at]:
            slot = (slot + 1) & mask
        if seen[slot] < 0:
            slots[slot], seen[slot] = keys[at], entries[at]
            continue
        first = seen[slot]
        if groups[first] == ALONE:
            groups[first] = count
            count += 1
        groups[entries[at]] = groups[first]
    return count


@Kernel
def _group_part(hashes, begins, ends_of, part, parts, keys, entries, groups, count):
    """Number the repeated hashes of one part, bucket by bucket."""
    chosen = 0
    for text in range(len(begins)):
        for entry in range(begins[text], ends_of[text]):
            chosen += (hashes[entry] & (parts - 1)) == part
    shift, buckets = 0, 1
    while parts >> shift > 1:
        shift += 1
    while buckets * BUCKET < chosen:
        buckets *= 2
    ends = np.zeros(buckets + 1, np.int64)
    for text in range(len(begins)):
        for entry in range(begins[text], ends_of[text]):
            if (hashes[entry] & (parts - 1)) == part:
                ends[((hashes[entry] >> shift) & (buckets - 1)) + 1] += 1
    for bucket in range(buckets):
        ends[bucket + 1] += ends[bucket]
    largest = 0
    for bucket in range(buckets):
        largest = max(largest, ends[bucket + 1] - ends[bucket])
    if len(keys) < chosen:
        keys, entries = np.empty(chosen, np.int64), np.empty(chosen, np.int64)
    places = ends[:-1].copy()
    for text in range(len(begins)):
        for entry in range(begins[text], ends_of[text]):
            if (hashes[entry] & (parts - 1)) == part:
                bucket = (hashes[entry] >> shift) & (buckets - 1)
                keys[places[bucket]], entries[places[bucket]] = hashes[entry], entry
                places[bucket] += 1
    slots, seen = np.empty(4 * largest + 2, np.int64), np.empty(4 * largest + 2, np.int64)
    for bucket in range(buckets):
        count = _group_bucket(keys, entries, ends[bucket], ends[bucket + 1], slots, seen, groups, count)
    return count


@Kernel
def postings(hashes, begins, ends):
    """Return the group of each hash (ALONE if no other text has it), where groups start, and their texts in order."""
    parts = 1
    while parts * PART < len(hashes):
        parts *= 2
    groups = np.full(len(hashes), ALONE, np.int32)
    most = min(len(hashes), PART + PART // 8)
    keys, entries = np.empty(most, np.int64), np.empty(most, np.int64)
    count = 0
    for part in range(parts):
        count = _group_part(hashes, begins, ends, part, parts, keys, entries, groups, count)
    starts = np.zeros(count + 2, np.int64)
    for group in groups:
        if group >= 0:
            starts[group + 2] += 1
    for group in range(count):
        starts[group + 2] += starts[group + 1]
    owners = np.empty(starts[count + 1], np.int32)
    for text in range(len(begins)):
        for entry in range(begins[text], ends[text]):
            group = groups[entry]
            if group >= 0:
                owners[starts[group + 1]] = text
                starts[group + 1] += 1
    return groups, starts, owners


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
            place = (hashes[entry] >> 8) & mask
            bits[place >> 6] |= np.uint64(1) << np.uint64(place & 63)
    hits = np.zeros(len(known_begins), np.int32)
    for text in range(len(known_begins)):
        for entry in range(known_begins[text], known_ends[text]):
            place = (known_hashes[entry] >> 8) & mask
            hits[text] += np.int32((bits[place >> 6] >> np.uint64(place & 63)) & np.uint64(1))
    return hits
