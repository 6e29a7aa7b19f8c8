"""Which texts stand together: groups of copies that do not chain, and what is joined to what."""

from __future__ import annotations

import numpy as np

from transforms.fingerprinting.jit import Kernel

COMPILED_FROM = 500_000
"""Texts and edges from which it pays to load compiled code."""
COUNTED = 8
"""Members of a cluster that are counted at most when a text must be a copy of more than half of them."""

DOUBT = 2
"""Members a text may be a version of for each that it is a copy of."""


@Kernel
def joined(number, ones, others):
    """Return for each of so many things the smallest one that pairs join it to."""
    parent = np.arange(number)
    for pair in range(len(ones)):
        one, other = ones[pair], others[pair]
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        while parent[other] != other:
            parent[other] = parent[parent[other]]
            other = parent[other]
        parent[max(one, other)] = min(one, other)
    for thing in range(number):
        parent[thing] = parent[parent[thing]]
    return parent


@Kernel
def neighbours(number, ones, others):
    """Return where the neighbours of each thing begin, and the pair and neighbour of each."""
    begins = np.zeros(number + 1, np.int64)
    for pair in range(len(ones)):
        begins[ones[pair] + 1] += 1
        begins[others[pair] + 1] += 1
    for thing in range(number):
        begins[thing + 1] += begins[thing]
    at = begins[:-1].copy()
    beside, of_pair = np.empty(2 * len(ones), np.int64), np.empty(2 * len(ones), np.int64)
    for pair in range(len(ones)):
        for one, other in ((ones[pair], others[pair]), (others[pair], ones[pair])):
            beside[at[one]], of_pair[at[one]] = other, pair
            at[one] += 1
    return begins, beside, of_pair


@Kernel
def _count_votes(text, first, begins, beside, of_pair, are_copies, is_close):
    copies, others = 0, 0
    for at in range(begins[text], begins[text + 1]):
        if beside[at] == first or is_close[beside[at]]:
            if are_copies[of_pair[at]]:
                copies += 1
            else:
                others += 1
    return copies, others


@Kernel
def _begin(first, begins, beside, of_pair, are_copies, is_close, founder, members):
    """Place the founder and its copies, but for those that more of these are related to otherwise; return how many."""
    founder[first], members[0] = first, first
    for at in range(begins[first], begins[first + 1]):
        if are_copies[of_pair[at]] and founder[beside[at]] < 0:
            is_close[beside[at]] = True
    count = 1
    for at in range(begins[first], begins[first + 1]):
        if is_close[beside[at]]:
            copies, others = _count_votes(beside[at], first, begins, beside, of_pair, are_copies, is_close)
            if DOUBT * copies >= others:
                members[count] = beside[at]
                count += 1
    for at in range(begins[first], begins[first + 1]):
        is_close[beside[at]] = False
    for at in range(1, count):
        founder[members[at]] = first
    return count


@Kernel
def gather(number, ones, others, are_copies):
    """Return for each text the canonical one it stands with: texts come in canonical order, pairs are distinct.

    The first text that has no place yet founds a cluster with its copies. Another text joins when it is a copy of more
    than half of the members, or of half of a few; nobody joins of whom far more members are versions.
    """
    begins, beside, of_pair = neighbours(number, ones, others)
    founder, members = np.full(number, -1, np.int64), np.empty(number, np.int64)
    copies, against = np.zeros(number, np.int64), np.zeros(number, np.int64)
    met, is_met, is_close = np.empty(number, np.int64), np.zeros(number, np.bool_), np.zeros(number, np.bool_)
    for first in range(number):
        if founder[first] >= 0:
            continue
        count = _begin(first, begins, beside, of_pair, are_copies, is_close, founder, members)
        heard, met_count = 0, 0
        while heard < count:
            while heard < count:
                for at in range(begins[members[heard]], begins[members[heard] + 1]):
                    other = beside[at]
                    if founder[other] >= 0:
                        continue
                    copies[other] += are_copies[of_pair[at]]
                    against[other] += not are_copies[of_pair[at]]
                    if not is_met[other]:
                        is_met[other] = True
                        met[met_count] = other
                        met_count += 1
                heard += 1
            size = count
            for at in range(met_count):
                other = met[at]
                if (
                    founder[other] < 0
                    and 2 * copies[other] > min(size, COUNTED)
                    and DOUBT * copies[other] >= against[other]
                ):
                    founder[other] = first
                    members[count] = other
                    count += 1
        for at in range(met_count):
            copies[met[at]], against[met[at]], is_met[met[at]] = 0, 0, False
    return founder
