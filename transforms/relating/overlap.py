"""How two texts overlap, by where in them the kept shingles of the other stand.

A kept shingle counts as covered when it or a direct neighbour is found in the other text: a word changed here and
there breaks no passage, a new paragraph does.
"""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import (
    BOUND,
    FACT_PLACE_BITS,
    FACT_PLACES,
    LEAST_KEPT,
    MOST,
)
from transforms.relating.relation import HEAD_SHARE, HEAD_WORDS, LEAST_FACTS, TAIL_SHARE, TAIL_WORDS

OUTSIDE, MISSED, HIT = 0, 1, 2
"""Marks of a kept shingle: not sampled in the other text, not found there, found there."""
OURS, THEIRS = 1, 2
"""Bits that tell which of two texts has a name or number."""


@Kernel
def sampled_up_to(hashes):
    """Return the hash up to which all shingles of a text were kept."""
    if len(hashes) < LEAST_KEPT:
        return np.int64(MOST)
    if len(hashes) == LEAST_KEPT:
        return max(np.int64(hashes.max()), np.int64(BOUND - 1))
    return np.int64(BOUND - 1)


@Kernel
def enter(hashes, begin, end, table, place_of):
    """Enter the hashes of a text with their places into a table; return the mask of its slots."""
    mask = 1
    while mask < 8 * (end - begin):
        mask *= 2
    mask -= 1
    place_of[: mask + 1] = -1
    for place in range(end - begin):
        slot = np.int64(hashes[begin + place]) & mask
        while place_of[slot] >= 0:
            slot = (slot + 1) & mask
        table[slot], place_of[slot] = hashes[begin + place], place
    return mask


@Kernel
def match(hashes, begin, end, other_begin, other_end, bound, table, place_of, mask, marks):
    """Mark the hashes of a text, which are in the table, and of another, up to a bound; return how many they share."""
    count, hits, follows = end - begin, 0, 0
    for place in range(count):
        marks[0, place] = hashes[begin + place] <= bound
    for place in range(other_end - other_begin):
        wanted = hashes[other_begin + place]
        marks[1, place] = wanted <= bound
        if wanted > bound:
            continue
        # after a shingle that both have mostly comes the next that both have
        if follows < count and hashes[begin + follows] == wanted:
            found = follows
        else:
            slot = np.int64(wanted) & mask
            while place_of[slot] >= 0 and table[slot] != wanted:
                slot = (slot + 1) & mask
            found = place_of[slot]
        if found >= 0:
            marks[0, found], marks[1, place] = HIT, HIT
            follows = found + 1
            hits += 1
    return hits


@Kernel
def count_inside(marks, count):
    """Return how many of the marked were sampled in both texts."""
    inside = 0
    for place in range(count):
        inside += marks[place] != OUTSIDE
    return inside


@Kernel
def cover(marks, gaps, begin, end, shingles, has_frame, is_hit, is_near, place_of, is_covered):
    """Measure one side by its marks, and tell which places are covered.

    Each kept shingle stands for the text around it, half way to its neighbours on both sides. Return the kept
    shingles, those found in the other text, the share of text of its own, the share of the other's text in it where
    neither heading nor ending stands, and the share of what is covered that stands in one piece.
    """
    kept, hits, at = 0, 0, 0
    is_hit[0] = False
    for number in range(end - begin):
        at += np.int64(gaps[begin + number])  # else a byte overflows uncompiled
        is_hit[kept + 1], place_of[kept + 1] = marks[number] == HIT, at
        hits += marks[number] == HIT
        kept += marks[number] != OUTSIDE
    is_hit[kept + 1] = False
    if hits == 0:
        return kept, 0, 1.0, 0.0, 1.0
    # all lengths are doubled, so that halves are whole numbers
    length = 2 * max(np.int64(shingles), place_of[kept] + 1)
    place_of[0], place_of[kept + 1] = -place_of[1], length - place_of[kept]
    most_head = min(2.0 * HEAD_WORDS, HEAD_SHARE * length)
    most_tail = min(2.0 * TAIL_WORDS, TAIL_SHARE * length)
    covered, inner, longest, run, first, last = 0, 0, 0, 0, 0, 0
    for number in range(1, kept + 1):
        around = place_of[number + 1] - place_of[number - 1]
        is_near[number - 1] = is_hit[number - 1] | is_hit[number] | is_hit[number + 1]
        covered += around * is_near[number - 1]
        run = (run + around) * is_near[number - 1]
        longest = max(longest, run)
        is_inner = most_head <= 2 * place_of[number] < length - most_tail
        inner += around * (is_hit[number] & is_inner)
        last = number if is_hit[number] else last
        first = number if first == 0 and is_hit[number] else first
    inside = 0
    for number in range(end - begin):
        is_covered[number] = (marks[number] != OUTSIDE) & is_near[inside]
        inside += marks[number] != OUTSIDE
    head = place_of[first] + place_of[first - 1]
    tail = length - place_of[last] - place_of[last + 1]
    framed = min(head, most_head) + min(tail, most_tail) if has_frame else 0.0
    own = max(0.0, length - covered - framed) / max(1.0, length - framed)
    return kept, hits, own, min(1.0, inner / max(1.0, length - most_head - most_tail)), longest / covered


@Kernel
def add_facts(facts, begin, end, whose, has_fact):
    """Note whose the names and numbers of a text are."""
    for at in range(begin, end):
        has_fact[facts[at] >> FACT_PLACE_BITS] |= whose


@Kernel
def drop_facts(facts, begin, end, left, has_fact):
    """Note that the names and numbers of a text are only those of the ones that are left."""
    for at in range(begin, end):
        has_fact[facts[at] >> FACT_PLACE_BITS] &= left


@Kernel
def count_facts(facts, begin, end, last_place, is_covered, other, has_fact):
    """Return how many names and numbers stand in covered text, and how many of them the other text lacks."""
    said, missing = 0, 0
    for at in range(begin, end):
        is_said = is_covered[min(facts[at] & FACT_PLACES, last_place)]
        said += is_said
        missing += is_said & ((has_fact[facts[at] >> FACT_PLACE_BITS] & other) == 0)
    return said, missing


@Kernel
def count_lacking(facts, begin, end, other, has_fact):
    """Return how many names and numbers of a text the other lacks."""
    lacking = 0
    for at in range(begin, end):
        lacking += (has_fact[facts[at] >> FACT_PLACE_BITS] & other) == 0
    return lacking


@Kernel
def share_missing(facts, begin, end, other_begin, other_end, said, missing, has_fact):
    """Return the share of names and numbers that only one of two texts has.

    Meant are those in covered text; where these are few, those of the whole text that lacks fewer of its own in the
    other. Too few to tell are none.
    """
    if said >= 2 * LEAST_FACTS:
        return missing / said
    if min(end - begin, other_end - other_begin) < LEAST_FACTS:
        return 0.0
    ours = count_lacking(facts, begin, end, THEIRS, has_fact) / (end - begin)
    theirs = count_lacking(facts, other_begin, other_end, OURS, has_fact) / (other_end - other_begin)
    return min(ours, theirs)
