"""Ids of entities: each is the id a key founds, and stays with the entity that holds this key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from transforms.identity.merging import Groups


def new_entity_id(entity_key: str) -> str:
    """Return the id of the entity that a key founds.

    >>> len(new_entity_id("GPE:lisbon"))
    16
    """
    return hashlib.blake2b(entity_key.encode(), digest_size=8).hexdigest()


def founders(
    groups: Groups, counts: Mapping[str, int], first_runs: Mapping[str, str], known_ids: Collection[str]
) -> dict[str, str]:
    """Return the key that founds each entity, by the key that stands for its set.

    It is one whose id is known already, that of the oldest run where there are several; else the key with the most
    mentions. Ties go to the first in code point order.
    """
    last = max(first_runs.values(), default="") + "~"

    def rank(key: str) -> tuple[bool, str, int, str]:
        is_known = new_entity_id(key) in known_ids
        return (not is_known, first_runs.get(key, last) if is_known else "", -counts[key], key)

    return {root: min(groups.members(root), key=rank) for root in groups.roots()}
