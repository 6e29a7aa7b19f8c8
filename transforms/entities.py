"""The stage `entities`: one row for each entity, under its best name."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pyarrow as pa

from transforms.gazetteer import country_of
from transforms.gazetteer.spelling import in_small_letters
from transforms.identity.aliases import Aliases, Applied, applied
from transforms.identity.name import make_name
from transforms.identity.places import located
from transforms.names import folded
from transforms.segments import clean_line
from warehouse import schema

_COLUMNS = ("entity_key", "label", "surface")
_NO_ACRONYMS = frozenset(("PERSON", "GPE", "LOC"))
_SHARE = 0.1


def entities(mentions: pa.Table, known_mentions: pa.Table, entity_map: pa.Table, *, aliases: Aliases = ()) -> pa.Table:
    """Name every entity.

    In: entity_key, label and surface of all mentions, and the map; `aliases` is the user's file. Out: rows of
    schema.ENTITIES, sorted by entity_id. The name is the user's, a country's usual one, or the most frequent of the
    fullest spellings; ties go to the first in code point order. Country and coordinates are null where in doubt.
    """
    ids = dict(zip(entity_map["entity_key"].to_pylist(), entity_map["entity_id"].to_pylist(), strict=True))
    seen: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for key, label, surface, count in _counted(mentions, known_mentions):
        seen[ids[key]][label, clean_line(surface).text] += count
    own = _by_entity(ids, applied(aliases, ids))
    return schema.ENTITIES.rows([_entity(entity_id, seen[entity_id], own) for entity_id in sorted(seen)])


def _counted(mentions: pa.Table, known_mentions: pa.Table) -> list[tuple[str, str, str, int]]:
    tables = [table.select(list(_COLUMNS)) for table in (known_mentions, mentions)]
    counted = pa.concat_tables(tables).group_by(list(_COLUMNS)).aggregate([([], "count_all")])
    return list(zip(*(counted[name].to_pylist() for name in (*_COLUMNS, "count_all")), strict=True))


def _by_entity(ids: dict[str, str], own: Applied) -> Applied:
    """Return what the user says of keys by the entities these mean; of two names the first by key holds."""
    names = {ids[key]: own.names[key] for key in sorted(own.names, reverse=True)}
    return own._replace(names=names, stopped=frozenset(ids[key] for key in own.stopped))


def _entity(entity_id: str, seen: Counter[tuple[str, str]], own: Applied) -> dict[str, Any]:
    labels: Counter[str] = Counter()
    for (label, _), count in seen.items():
        labels[label] += count
    label = _most(labels)
    place = located(label, {surface for seen_label, surface in seen if seen_label == label})
    usual = country_of(place.country) if place and place.country and place.is_country else None
    return {
        "entity_id": entity_id,
        "name": own.names.get(entity_id) or (usual.name if usual else best_name(_bare(seen), label)),
        "type": label,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "is_stopped": entity_id in own.stopped,
    }


def _bare(seen: Counter[tuple[str, str]]) -> Counter[str]:
    """Return the spellings without titles and descriptions, if there are such."""
    bare: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for (label, surface), count in seen.items():
        every[surface] += count
        if label != "PERSON" or list(make_name("", label, surface).words) == folded(surface).split():
            bare[surface] += count
    return bare or every


def best_name(spellings: Counter[str], label: str) -> str:
    """Return the most frequent spelling; for an acronym its long form, for a family name the full name, if one is seen.

    A long form must be a tenth as frequent as the acronym. Ties go to more words, then to what is not all capitals,
    then to the first in code point order. People and places in capitals ("OSTRAND") are written in small letters.

    >>> best_name(Counter({"Costa": 9, "Ana Costa": 2, "ANA COSTA": 1}), "PERSON")
    'Ana Costa'
    """
    best = _fullest(spellings, label)
    return in_small_letters(best) if label in _NO_ACRONYMS else best


def _fullest(spellings: Counter[str], label: str) -> str:
    best = _best(spellings)
    full = Counter({name: count for name, count in spellings.items() if len(folded(name).split()) > 1})
    if len(folded(best).split()) > 1 or not full:
        return best
    needed = 1 if label == "PERSON" else _SHARE * spellings[best]
    is_short = label == "PERSON" or best.isupper()
    return _best(full) if is_short and full[_best(full)] >= needed else best


def _best(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], -len(folded(name).split()), name.isupper(), name))


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
