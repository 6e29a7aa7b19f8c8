"""The stage `entity_map`: which entity each key means, and by which rule."""

from __future__ import annotations

import hashlib
from collections import Counter

import pyarrow as pa

from warehouse import schema


def entity_map(mentions: pa.Table, known_mentions: pa.Table, known_entity_map: pa.Table) -> pa.Table:
    """Map every key that mentions carry.

    In: entity_key of all mentions, and the map of earlier runs, whose ids stay. Out: rows of schema.ENTITY_MAP,
    sorted by entity_key.
    """
    counts = Counter(known_mentions["entity_key"].to_pylist())
    counts.update(mentions["entity_key"].to_pylist())
    columns = (known_entity_map[name].to_pylist() for name in ("entity_key", "entity_id", "rule"))
    settled = {key: (entity_id, rule) for key, entity_id, rule in zip(*columns, strict=True)}
    return schema.ENTITY_MAP.rows(
        [
            {"entity_key": key, "entity_id": entity_id, "rule": rule, "evidence_count": counts[key]}
            for key in sorted(counts)
            for entity_id, rule in [settled.get(key, (new_entity_id(key), "own_name"))]
        ]
    )


def new_entity_id(entity_key: str) -> str:
    """Return the id of the entity that a key founds.

    >>> len(new_entity_id("GPE:lisbon"))
    16
    """
    return hashlib.blake2b(entity_key.encode(), digest_size=8).hexdigest()
