"""Which of many texts share enough to be related, and how."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import FACT_HASH_BITS, FACT_PLACE_BITS, LEAST_KEPT
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
CROWD = 80
"""Texts with one shingle above which each of them is paired with a few only."""
FEW = 8
"""How many of a crowd all the others are paired with: the first by content."""
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
    groups, starts, owners = postings(hashes, begins, ends)
    counts, touched = np.zeros(number, np.int32), np.empty(number, np.int64)
    most = 1
    for text in range(number):
        most = max(most, ends[text] - begins[text], fact_ends[text] - fact_begins[text])
    # where a group or a fact stands in the text in hand; what another text left there does not fit
    place_of, place_of_fact = np.zeros(len(starts), np.int32), np.zeros(1 << FACT_HASH_BITS, np.int32)
    marks, covered = np.empty((2, most), np.int8), np.empty((2, most), np.bool_)
    is_shared = np.empty((2, most), np.bool_)
    rows, found = np.empty((1024, COLUMNS)), 0
    for text in range(number):
        many = 0
        for entry in range(begins[text], ends[text]):
            group = groups[entry]
            if group < 0:
                continue
            end = starts[group + 1]
            if end - starts[group] > CROWD:
                end = starts[group] + FEW
            for at in range(starts[group], end):
                other = owners[at]
                if other >= text:
                    break
                if not (is_new[text] or is_new[other]):
                    continue
                if counts[other] == 0:
                    touched[many] = other
                    many += 1
                counts[other] += 1
        is_entered = False
        for at in range(many):
            other = touched[at]
            fewer = min(ends[text] - begins[text], ends[other] - begins[other])
            least = LEAST_SHARED if fewer <= LEAST_KEPT else max(LEAST_SHARED, PASSAGE_CONTAINMENT * fewer)
            enough = every or counts[other] >= least
            counts[other] = 0
            if not enough:
                continue
            ours, theirs = hashes[begins[text] : ends[text]], hashes[begins[other] : ends[other]]
            our_groups, their_groups = groups[begins[text] : ends[text]], groups[begins[other] : ends[other]]
            our_facts = facts[fact_begins[text] : fact_ends[text]]
            their_facts = facts[fact_begins[other] : fact_ends[other]]
            if not is_entered:
                for place in range(len(ours)):
                    if our_groups[place] >= 0:
                        place_of[our_groups[place]] = place
                for place in range(len(our_facts)):
                    place_of_fact[our_facts[place] >> FACT_PLACE_BITS] = place
                is_entered = True
            bound = min(sampled_up_to(ours), sampled_up_to(theirs))
            for place in range(len(ours)):
                marks[0, place] = MISSED if ours[place] <= bound else OUTSIDE
            for place in range(len(theirs)):
                marks[1, place] = MISSED if theirs[place] <= bound else OUTSIDE
                group = their_groups[place]
                if group >= 0 and marks[1, place] == MISSED:
                    here = place_of[group]
                    if here < len(ours) and our_groups[here] == group:
                        marks[0, here], marks[1, place] = HIT, HIT
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
                here = place_of_fact[key]
                is_shared[1, place] = here < len(our_facts) and our_facts[here] >> FACT_PLACE_BITS == key
                if is_shared[1, place]:
                    is_shared[0, here] = True
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
