"""Which of many texts share enough to be related, and how."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import FACT_PLACE_BITS
from transforms.relating import relation as of_pair
from transforms.relating.overlap import (
    HIT,
    MISSED,
    OUTSIDE,
    count_facts,
    cover,
    sampled_up_to,
)
from transforms.relating.postings import postings
from transforms.relating.relation import LEAST_SHARED, PASSAGE_CONTAINMENT, UNRELATED

COMPILED_FROM = 1 << 18
"""Kept shingles from which it pays to load compiled code: some 4,000 texts, for which Python takes 2.5 s."""
LEAST_MET = 2
"""Common listed shingles from which two texts are worth a look: about half of all common ones are listed."""
MET_SHARE = 0.25
"""Share of a common passage's shingles that are met in the lists, at the least."""
COLUMNS = 12

_relation_code = Kernel(of_pair.relation_code)


@Kernel
def _grown(rows, size):
    if len(rows) >= size:
        return rows
    larger = np.empty((2 * size, COLUMNS))
    larger[: len(rows)] = rows
    return larger


@Kernel
def relate_all(hashes, begins, ends, facts, fact_begins, fact_ends, shingles, has_frame, is_new, every):
    """Relate texts, one of each pair new: return rows of the two, the relation, and the fields of `Measures`.

    Texts come ordered by content, with where their hashes and facts begin and end. With `every`, those
    that share anything are measured, whatever comes of it.
    """
    number = len(ends)
    offsets, firsts, lengths, owners = postings(hashes, begins, ends, every)
    counts = np.zeros(number, np.int32)
    bounds = np.empty(number, np.int64)
    most, most_listed = 1, 0
    for text in range(number):
        bounds[text] = sampled_up_to(hashes[begins[text] : ends[text]])
        most = max(most, ends[text] - begins[text], fact_ends[text] - fact_begins[text])
        listed = 0
        for entry in range(offsets[text], offsets[text + 1]):
            listed += np.int64(lengths[entry])  # else a byte overflows uncompiled
        most_listed = max(most_listed, listed)
    touched = np.empty(min(number, most_listed) + 1, np.int64)
    size = 4
    while size < 2 * most:
        size *= 2
    # where a hash or a fact stands in the text in hand; what another text left there does not fit
    table, place_of = np.empty(size, np.int64), np.full(size, -1, np.int32)
    place_of_fact = np.full(size, -1, np.int32)
    marks, covered = np.empty((2, most), np.int8), np.empty((2, most), np.bool_)
    is_shared, hit_places = np.empty((2, most), np.bool_), np.empty(most, np.int64)
    rows, found = np.empty((1024, COLUMNS)), 0
    for text in range(number):
        many = 0
        for entry in range(offsets[text], offsets[text + 1]):
            for at in range(firsts[entry], firsts[entry] + lengths[entry]):
                other = owners[at]
                # no branches: which text it is comes from far away in memory
                is_wanted = is_new[text] | is_new[other]
                touched[many] = other
                many += is_wanted & (counts[other] == 0)
                counts[other] += is_wanted
        is_entered, mask, fact_mask = False, 1, 1
        for at in range(many):
            other = touched[at]
            fewer = min(ends[text] - begins[text], ends[other] - begins[other])
            least = 1.0 if every else max(LEAST_MET, MET_SHARE * PASSAGE_CONTAINMENT * fewer)
            is_met = counts[other] >= least
            counts[other] = 0
            if not is_met:
                continue
            ours, theirs = hashes[begins[text] : ends[text]], hashes[begins[other] : ends[other]]
            our_facts = facts[fact_begins[text] : fact_ends[text]]
            their_facts = facts[fact_begins[other] : fact_ends[other]]
            if not is_entered:
                while mask < 2 * len(ours):
                    mask *= 2
                mask -= 1
                place_of[: mask + 1] = -1
                for place in range(len(ours)):
                    slot = ours[place] & mask
                    while place_of[slot] >= 0:
                        slot = (slot + 1) & mask
                    table[slot], place_of[slot] = ours[place], place
                fact_mask = 1
                while fact_mask < 2 * len(our_facts):
                    fact_mask *= 2
                fact_mask -= 1
                place_of_fact[: fact_mask + 1] = -1
                for place in range(len(our_facts)):
                    slot = (our_facts[place] >> FACT_PLACE_BITS) & fact_mask
                    while place_of_fact[slot] >= 0:
                        slot = (slot + 1) & fact_mask
                    place_of_fact[slot] = place
                is_entered = True
            bound = min(bounds[text], bounds[other])
            hits = 0
            for place in range(len(theirs)):
                marks[1, place] = OUTSIDE
                if theirs[place] <= bound:
                    slot = theirs[place] & mask
                    while place_of[slot] >= 0 and table[slot] != theirs[place]:
                        slot = (slot + 1) & mask
                    marks[1, place] = HIT if place_of[slot] >= 0 else MISSED
                    if place_of[slot] >= 0:
                        hit_places[hits] = place_of[slot]
                        hits += 1
            if hits < LEAST_SHARED and not every:
                continue
            for place in range(len(ours)):
                marks[0, place] = MISSED if ours[place] <= bound else OUTSIDE
            for hit in range(hits):
                marks[0, hit_places[hit]] = HIT
            kept, shared, unmatched, inner, piece = cover(
                marks[0], len(ours), shingles[text], has_frame[text], covered[0]
            )
            kept_other, _, unmatched_other, inner_other, piece_other = cover(
                marks[1], len(theirs), shingles[other], has_frame[other], covered[1]
            )
            for place in range(len(our_facts)):
                is_shared[0, place] = False
            for place in range(len(their_facts)):
                key = their_facts[place] >> FACT_PLACE_BITS
                slot = key & fact_mask
                while place_of_fact[slot] >= 0 and our_facts[place_of_fact[slot]] >> FACT_PLACE_BITS != key:
                    slot = (slot + 1) & fact_mask
                is_shared[1, place] = place_of_fact[slot] >= 0
                if is_shared[1, place]:
                    is_shared[0, place_of_fact[slot]] = True
            facts_here, missing = count_facts(our_facts, len(ours) - 1, covered[0], is_shared[0])
            facts_there, missing_there = count_facts(their_facts, len(theirs) - 1, covered[1], is_shared[1])
            containment, containment_other = shared / max(kept, 1), shared / max(kept_other, 1)
            jaccard = shared / max(kept + kept_other - shared, 1)
            facts_missing = (missing + missing_there) / max(facts_here + facts_there, 1)
            relation = _relation_code(
                containment,
                containment_other,
                jaccard,
                unmatched,
                unmatched_other,
                facts_missing,
                max(inner, inner_other),
                min(piece, piece_other),
                shared,
                shingles[text],
                shingles[other],
                has_frame[text] or has_frame[other],
            )
            if relation == UNRELATED and not every:
                continue
            rows = _grown(rows, found + 1)
            row = rows[found]
            row[0], row[1], row[2] = text, other, relation
            row[3], row[4], row[5] = containment, containment_other, jaccard
            row[6], row[7], row[8] = unmatched, unmatched_other, facts_missing
            row[9], row[10], row[11] = max(inner, inner_other), min(piece, piece_other), shared
            found += 1
    return rows[:found]
