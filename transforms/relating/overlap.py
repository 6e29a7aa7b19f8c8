"""How two texts overlap, by where in them the kept shingles of the other stand.

A kept shingle counts as covered when it or a direct neighbour is found in the other text: a word changed here and
there breaks no passage, a new paragraph does.
"""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import BOUND, FACT_PLACES, HASH_BITS, LEAST_KEPT, SAMPLE
from transforms.relating.relation import HEAD_SHARE, HEAD_WORDS, TAIL_SHARE, TAIL_WORDS

_ALL = 2**HASH_BITS - 1
OUTSIDE, MISSED, HIT = 0, 1, 2


@Kernel
def sampled_up_to(hashes):
    """Return the hash up to which all shingles of a text were kept."""
    if len(hashes) < LEAST_KEPT:
        return np.int64(_ALL)
    if len(hashes) == LEAST_KEPT:
        return max(np.int64(hashes.max()), np.int64(BOUND - 1))
    return np.int64(BOUND - 1)


@Kernel
def cover(marks, count, shingles, has_frame, is_covered):
    """Measure one side by its marks, and mark what is covered.

    Return its kept shingles, those found in the other text, the share of text of its own, the share of the other's
    text in it where neither heading nor ending stands, and the share of what is covered that stands in one piece.
    """
    kept, hits, covered, head, tail = 0, 0, 0, 0, 0
    before, last = -1, OUTSIDE
    for at in range(count):
        is_covered[at] = False
        if marks[at] == OUTSIDE:
            continue
        if marks[at] == HIT:
            hits += 1
            is_covered[at] = True
            tail = 0
            if before >= 0:
                is_covered[before] = True
        else:
            is_covered[at] = last == HIT
            tail += 1
            head += hits == 0
        kept += 1
        before, last = at, marks[at]
    if hits == 0:
        return kept, 0, 1.0, 0.0, 1.0
    spacing = min(max(shingles / kept, 1.0), float(SAMPLE))
    most_head = min(HEAD_WORDS / spacing, HEAD_SHARE * kept)
    most_tail = min(TAIL_WORDS / spacing, TAIL_SHARE * kept)
    inner, place, longest, run = 0, 0, 0, 0
    for at in range(count):
        covered += is_covered[at]
        if marks[at] != OUTSIDE:
            run = run + 1 if is_covered[at] else 0
            longest = max(longest, run)
        inner += marks[at] == HIT and most_head <= place < kept - most_tail
        place += marks[at] != OUTSIDE
    around = min(head, most_head) + min(tail, most_tail) if has_frame else 0.0
    own = max(0.0, kept - covered - around) / max(1.0, kept - around)
    return kept, hits, own, min(1.0, inner / max(1.0, kept - most_head - most_tail)), longest / covered


@Kernel
def count_facts(facts, last_place, is_covered, is_shared):
    """Return how many names and numbers stand in covered text, and how many of them only one side has."""
    said, missing = 0, 0
    for at in range(len(facts)):
        if is_covered[min(facts[at] & FACT_PLACES, last_place)]:
            said += 1
            missing += not is_shared[at]
    return said, missing
