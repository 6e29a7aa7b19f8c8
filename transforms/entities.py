"""The stage `entities`: one row for each entity, under its best name."""

from __future__ import annotations

from collections import Counter, defaultdict

import pyarrow as pa

from transforms.names import folded
from transforms.segments import clean_line
from warehouse import schema


def entities(mentions: pa.Table, known_mentions: pa.Table, entity_map: pa.Table) -> pa.Table:
    """Name every entity.

    In: entity_key, label and surface of all mentions, and the map. Out: rows of schema.ENTITIES, sorted by entity_id.
    The name is the most frequent of the fullest spellings; ties go to the first in code point order.
    """
    ids = dict(zip(entity_map["entity_key"].to_pylist(), entity_map["entity_id"].to_pylist(), strict=True))
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    columns = ("entity_key", "label", "surface")
    for table in (known_mentions, mentions):
        for key, label, surface in zip(*(table[name].to_pylist() for name in columns), strict=True):
            spellings[ids[key]][clean_line(surface).text] += 1
            labels[ids[key]][label] += 1
    return schema.ENTITIES.rows(
        [
            {"entity_id": entity_id, "name": best_name(spellings[entity_id]), "type": _most(labels[entity_id])}
            for entity_id in sorted(spellings)
        ]
    )


def best_name(spellings: Counter[str]) -> str:
    """Return the most frequent spelling among those with the most words.

    >>> best_name(Counter({"Costa": 9, "Ana Costa": 2, "ANA COSTA": 1}))
    'Ana Costa'
    """
    words = max(len(folded(name).split()) for name in spellings)
    fullest = Counter({name: n for name, n in spellings.items() if len(folded(name).split()) == words})
    return _most(fullest)


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
