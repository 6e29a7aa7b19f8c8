"""Which of many texts share enough to be related, and how."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel
from transforms.fingerprinting.parameters import FACT_HASH_BITS
from transforms.relating import relation as of_pair
from transforms.relating.overlap import (
    OURS,
    THEIRS,
    add_facts,
    count_facts,
    count_inside,
    cover,
    drop_facts,
    enter,
    match,
    sampled_up_to,
    share_missing,
)
from transforms.relating.postings import postings
from transforms.relating.relation import LEAST_SHARED, PASSAGE_CONTAINMENT, UNRELATED

COMPILED_FROM = 1 << 18
"""Kept shingles from which it pays to load compiled code: some 4,000 texts, for which Python takes 2.5 s."""
LEAST_MET = 2
"""Common listed shingles from which two texts are worth a look: about half of all common ones are listed."""
MET_SHARE = 0.25
"""Share of a common passage's shingles that are met in the lists, at the least."""
MEASURES = len(of_pair.Measures._fields)

_relation_code = Kernel(of_pair.relation_code)


@Kernel
def _grown(columns, size):
    if columns.shape[1] >= size:
        return columns
    larger = np.empty((len(columns), 2 * size), columns.dtype)
    larger[:, : columns.shape[1]] = columns
    return larger


_BEGIN, _END, _FACT_BEGIN, _FACT_END, _BOUND, _SHINGLES, _HAS_FRAME, _WIDTH = range(8)


@Kernel
def relate_all(hashes, begins, ends, gaps, facts, fact_begins, fact_ends, shingles, has_frame, is_new, every):
    """Relate texts, one of each pair new: return columns of the two and their relation, and those of `Measures`.

    Texts come ordered by content, with where their hashes and facts begin and end. With `every`, those
    that share anything are measured, whatever comes of it.
    """
    number = len(ends)
    offsets, firsts, lengths, owners = postings(hashes, begins, ends, every)
    counts = np.zeros(number, np.int32)
    # all that is asked of a text side by side: it comes from far away in memory
    about = np.empty((number, _WIDTH), np.int64)
    most, most_listed = 1, 0
    for text in range(number):
        about[text, _BEGIN], about[text, _END] = begins[text], ends[text]
        about[text, _FACT_BEGIN], about[text, _FACT_END] = fact_begins[text], fact_ends[text]
        about[text, _BOUND] = sampled_up_to(hashes[begins[text] : ends[text]])
        about[text, _SHINGLES], about[text, _HAS_FRAME] = shingles[text], has_frame[text]
        most = max(most, ends[text] - begins[text], fact_ends[text] - fact_begins[text])
        listed = 0
        for entry in range(offsets[text], offsets[text + 1]):
            listed += np.int64(lengths[entry])  # else a byte overflows uncompiled
        most_listed = max(most_listed, listed)
    touched = np.empty(min(number, most_listed) + 1, np.int32)
    size = 4
    while size < 8 * most:
        size *= 2
    table, place_of = np.empty(size, hashes.dtype), np.empty(size, np.int32)
    has_fact = np.zeros(1 << FACT_HASH_BITS, np.uint8)
    marks, covered = np.empty((2, most), np.uint8), np.empty((2, most), np.bool_)
    is_hit, is_near = np.empty(most + 2, np.bool_), np.empty(most + 1, np.bool_)
    at_shingle = np.empty(most + 2, np.int64)
    pairs, measures, found = np.empty((3, 1024), np.int32), np.empty((MEASURES, 1024)), 0
    for text in range(number):
        many = 0
        for entry in range(offsets[text], offsets[text + 1]):
            for at in range(firsts[entry], firsts[entry] + lengths[entry]):
                other = owners[at]
                is_wanted = is_new[text] or is_new[other]
                # no branches: which text it is comes late
                touched[many] = other
                many += is_wanted & (counts[other] == 0)
                counts[other] += is_wanted
        begin, end, fact_begin, fact_end, our_bound, our_shingles, our_frame = about[text]
        is_entered, mask = False, 0
        for at in range(many):
            other = np.int64(touched[at])
            met = counts[other]
            counts[other] = 0
            if met < LEAST_MET and not every:
                continue
            other_begin, other_end, other_fact_begin, other_fact_end, bound, other_shingles, other_frame = about[other]
            if met < MET_SHARE * PASSAGE_CONTAINMENT * min(end - begin, other_end - other_begin) and not every:
                continue
            if not is_entered:
                mask = enter(hashes, begin, end, table, place_of)
                add_facts(facts, fact_begin, fact_end, OURS, has_fact)
                is_entered = True
            bound = min(our_bound, bound)
            hits = match(hashes, begin, end, other_begin, other_end, bound, table, place_of, mask, marks)
            if not every and (
                hits < LEAST_SHARED
                or (
                    hits < PASSAGE_CONTAINMENT * count_inside(marks[0], end - begin)
                    and hits < PASSAGE_CONTAINMENT * count_inside(marks[1], other_end - other_begin)
                )
            ):
                continue
            kept, shared, unmatched, inner, piece = cover(
                marks[0], gaps, begin, end, our_shingles, our_frame, is_hit, is_near, at_shingle, covered[0]
            )
            kept_other, _, unmatched_other, inner_other, piece_other = cover(
                marks[1],
                gaps,
                other_begin,
                other_end,
                other_shingles,
                other_frame,
                is_hit,
                is_near,
                at_shingle,
                covered[1],
            )
            add_facts(facts, other_fact_begin, other_fact_end, THEIRS, has_fact)
            facts_here, missing = count_facts(
                facts, fact_begin, fact_end, end - begin - 1, covered[0], THEIRS, has_fact
            )
            facts_there, missing_there = count_facts(
                facts, other_fact_begin, other_fact_end, other_end - other_begin - 1, covered[1], OURS, has_fact
            )
            facts_missing = share_missing(
                facts,
                fact_begin,
                fact_end,
                other_fact_begin,
                other_fact_end,
                facts_here + facts_there,
                missing + missing_there,
                has_fact,
            )
            drop_facts(facts, other_fact_begin, other_fact_end, OURS, has_fact)
            containment, containment_other = shared / max(kept, 1), shared / max(kept_other, 1)
            jaccard = shared / max(kept + kept_other - shared, 1)
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
                our_shingles,
                other_shingles,
                our_frame or other_frame,
            )
            if relation == UNRELATED and not every:
                continue
            pairs, measures = _grown(pairs, found + 1), _grown(measures, found + 1)
            pairs[0, found], pairs[1, found], pairs[2, found] = text, other, relation
            measures[0, found], measures[1, found], measures[2, found] = containment, containment_other, jaccard
            measures[3, found], measures[4, found] = unmatched, unmatched_other
            measures[5, found], measures[6, found] = facts_missing, max(inner, inner_other)
            measures[7, found], measures[8, found] = min(piece, piece_other), shared
            found += 1
        if is_entered:
            drop_facts(facts, fact_begin, fact_end, 0, has_fact)
    return pairs[:, :found], measures[:, :found]
